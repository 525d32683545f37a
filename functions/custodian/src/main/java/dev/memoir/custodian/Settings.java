package dev.memoir.custodian;

import dev.memoir.catalog.Schema;
import dev.memoir.events.QueueAddress;
import dev.memoir.models.VisionProvider;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.store.Tier;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where everything is, from the environment; and the connections to it. */
record Settings(Map<String, String> environment) {
    private static final int CONNECT_SECONDS = 10;

    /** What goes wrong is thrown where it matters; the client's own log lines would hide that one line. */
    private static final ErrorListener SILENT = new ErrorListener() {};

    String required(String name) {
        return optional(name)
                .orElseThrow(() -> new Mistake(name
                        + " is not set. The runner sets it; by hand, see docs/configuration.md for what it means."));
    }

    Optional<String> optional(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    String originals() {
        return optional("MEMOIR_S3_ORIGINALS").orElse("originals");
    }

    String derived() {
        return optional("MEMOIR_S3_DERIVED").orElse("derived");
    }

    /** Whose what lies in nobody's folder is. */
    String defaultOwner() {
        return optional("MEMOIR_DEFAULT_OWNER").orElse("home");
    }

    /** Where what a sweep has found is left for who started it. */
    Optional<Path> resultFile() {
        return optional("MEMOIR_RESULT_FILE").map(Path::of);
    }

    Optional<Path> modelsFolder() {
        return optional("MEMOIR_MODELS_DIR").map(Path::of);
    }

    /** Who looks at pictures: what photos lack depends on it. */
    VisionProvider vision() {
        try {
            return VisionProvider.named(optional("MEMOIR_VISION").orElse("local"));
        } catch (IllegalArgumentException e) {
            throw new Mistake(e.getMessage());
        }
    }

    /** The model that finds objects, where it was fetched. */
    Optional<Path> objectModelsFolder() {
        return optional("MEMOIR_OBJECT_MODELS_DIR").map(Path::of);
    }

    /** What words.py made of a model that compares pictures with words. */
    Optional<Path> wordModelsFolder() {
        return optional("MEMOIR_WORD_MODELS_DIR").map(Path::of);
    }

    /** The models that find faces, where they were fetched. */
    Optional<Path> faceModelsFolder() {
        return optional("MEMOIR_FACE_MODELS_DIR").map(Path::of);
    }

    /** Whether the configuration wishes that faces are found; it need not say. */
    Optional<Faces.Choice> faces() {
        return optional("MEMOIR_FACES").map(wish -> switch (wish.strip()) {
            case "on" -> Faces.Choice.ON;
            case "off" -> Faces.Choice.OFF;
            default -> throw new Mistake("MEMOIR_FACES is on or off, not " + wish);
        });
    }

    /** Where the store is asked to publish events, for stores that are asked by bucket. */
    String queueTarget() {
        return optional("MEMOIR_S3_QUEUE").orElse("arn:minio:sqs::PRIMARY:nats");
    }

    /** The account that phones upload with. MinIO gives accounts their rights otherwise than by a bucket's policy. */
    Optional<String> uploader() {
        boolean byPolicy = !optional("MEMOIR_STORE_KIND").orElse("versitygw").equals("minio");
        return byPolicy ? optional("MEMOIR_S3_UPLOADER") : Optional.empty();
    }

    /** Colder classes for originals that get older. */
    List<Tier> tiers() {
        try {
            return Tier.list(optional("MEMOIR_S3_TIERS").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new Mistake("MEMOIR_S3_TIERS: " + e.getMessage());
        }
    }

    /** With which key of its key service the store is to encrypt. */
    Optional<String> encryptionKey() {
        return optional("MEMOIR_S3_ENCRYPTION_KEY");
    }

    /** Web pages elsewhere that may use signed addresses. */
    List<String> origins() {
        return optional("MEMOIR_WEB_ORIGINS")
                .map(list -> List.of(list.split("[, ]+")))
                .orElse(List.of());
    }

    MediaStore store() {
        URI endpoint = address("MEMOIR_S3_ENDPOINT");
        return MediaStore.open(new StoreConfig(
                endpoint,
                optional("MEMOIR_S3_PUBLIC_ENDPOINT").isPresent() ? address("MEMOIR_S3_PUBLIC_ENDPOINT") : endpoint,
                optional("MEMOIR_S3_REGION").orElse("us-east-1"),
                required("MEMOIR_S3_ACCESS_KEY"),
                required("MEMOIR_S3_SECRET_KEY"),
                originals(),
                derived(),
                optional("MEMOIR_S3_CA")));
    }

    private URI address(String name) {
        try {
            return URI.create(required(name));
        } catch (IllegalArgumentException e) {
            throw new Mistake(name + " is no address such as http://127.0.0.1:7701");
        }
    }

    /** As the role that sees every owner's rows and owns none of the tables. */
    DataSource database() {
        return database(required("MEMOIR_DB_USER"), required("MEMOIR_DB_PASSWORD"));
    }

    /** The same, also where only the owner's login is named, as for the setup on Kubernetes. */
    DataSource asIngest() {
        return optional("MEMOIR_DB_USER").isPresent()
                ? database()
                : database(Schema.INGEST, required("MEMOIR_DB_INGEST_PASSWORD"));
    }

    /** As a role that may create roles and tables. */
    DataSource databaseAsOwner() {
        return database(required("MEMOIR_DB_OWNER_USER"), required("MEMOIR_DB_OWNER_PASSWORD"));
    }

    private DataSource database(String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        try {
            database.setUrl(required("MEMOIR_DB_URL"));
        } catch (IllegalArgumentException e) {
            throw new Mistake("MEMOIR_DB_URL is no address such as jdbc:postgresql://127.0.0.1:5432/memoir");
        }
        database.setUser(user);
        database.setPassword(password);
        database.setConnectTimeout(CONNECT_SECONDS);
        database.setApplicationName("memoir-custodian");
        return database;
    }

    /** The address carries a password, so it is never part of a message. */
    Connection queue() throws IOException, InterruptedException {
        URI address = address("MEMOIR_NATS_URL");
        Options options = new QueueAddress(address.toString(), optional("MEMOIR_NATS_CA"))
                .options()
                .connectionName("memoir-custodian")
                .connectionTimeout(Duration.ofSeconds(CONNECT_SECONDS))
                .maxReconnects(10)
                .errorListener(SILENT)
                .build();
        try {
            return Nats.connect(options);
        } catch (IOException e) {
            throw new IOException("no connection to the queue at " + address.getHost() + ":" + address.getPort(), e);
        }
    }

    @Override
    public String toString() {
        return "Settings";
    }
}
