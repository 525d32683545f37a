package dev.memoir.custodian;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.Schema;
import dev.memoir.events.EventCodec;
import dev.memoir.events.Streams;
import dev.memoir.imaging.Darkroom;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.store.StoredObject;
import dev.memoir.testkit.TestPostgres;
import dev.memoir.testkit.TestQueue;
import dev.memoir.testkit.TestStore;
import io.cloudevents.CloudEvent;
import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A real database, store and queue, and the custodian as the runner starts it (but in this JVM). */
final class World {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration NOTHING_MORE = Duration.ofMillis(1000);

    final TestPostgres.Database database = TestPostgres.shared().newDatabase();
    final TestStore storeServer = TestStore.start();
    final TestQueue queueServer = TestQueue.start();
    final Map<String, String> environment = new HashMap<>();
    final MediaStore store;
    final Connection queue;

    World() {
        environment.put("MEMOIR_DB_URL", database.url());
        environment.put("MEMOIR_DB_OWNER_USER", database.user());
        environment.put("MEMOIR_DB_OWNER_PASSWORD", database.password());
        environment.put("MEMOIR_DB_API_PASSWORD", "api-in-tests");
        environment.put("MEMOIR_DB_INGEST_PASSWORD", "ingest-in-tests");
        environment.put("MEMOIR_DB_USER", Schema.INGEST);
        environment.put("MEMOIR_DB_PASSWORD", "ingest-in-tests");
        environment.put("MEMOIR_S3_ENDPOINT", storeServer.endpoint().toString());
        environment.put("MEMOIR_S3_ACCESS_KEY", storeServer.accessKey());
        environment.put("MEMOIR_S3_SECRET_KEY", storeServer.secretKey());
        environment.put("MEMOIR_NATS_URL", queueServer.url());
        store = MediaStore.open(new StoreConfig(
                storeServer.endpoint(),
                storeServer.endpoint(),
                storeServer.region(),
                storeServer.accessKey(),
                storeServer.secretKey(),
                "originals",
                "derived"));
        queue = queueServer.connect();
    }

    /**
     * @param lines of JSON on stdout
     * @param said on stderr
     */
    record Ran(int exit, List<JsonNode> lines, String said) {
        JsonNode result() {
            return lines.getLast();
        }
    }

    Ran custodian(String... arguments) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Custodian.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), arguments);
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return new Ran(exit, lines, err.toString());
    }

    IngestCatalog catalog() {
        PGSimpleDataSource ingest = new PGSimpleDataSource();
        ingest.setUrl(database.url());
        ingest.setUser(Schema.INGEST);
        ingest.setPassword("ingest-in-tests");
        return IngestCatalog.over(ingest);
    }

    /** As people see them. */
    AlbumLibrary albums() {
        return AlbumLibrary.over(asApi(), "home");
    }

    DataSource asApi() {
        PGSimpleDataSource api = new PGSimpleDataSource();
        api.setUrl(database.url());
        api.setUser(Schema.API);
        api.setPassword(environment.get("MEMOIR_DB_API_PASSWORD"));
        return api;
    }

    StoredObject put(String key, String content) {
        return store.put("originals", key, content.getBytes(), "image/jpeg");
    }

    /** What the postprocessor would do with an object that was put: row and renditions. */
    Sha256 describe(StoredObject object, String content, int pipeline) throws Exception {
        return describe(object, content, pipeline, 0);
    }

    /** @param frames of a film */
    Sha256 describe(StoredObject object, String content, int pipeline, int frames) throws Exception {
        Sha256 sha256 = Sha256.of(MessageDigest.getInstance("SHA-256").digest(content.getBytes()));
        catalog()
                .record(new Arrival(
                        object.bucket(),
                        object.key(),
                        object.versionId(),
                        object.etag(),
                        object.size(),
                        object.lastModified(),
                        "home",
                        sha256,
                        Optional.of(new Description(
                                Facts.onlyType("image/jpeg"),
                                AssetState.READY,
                                Optional.empty(),
                                EnumSet.allOf(Rendition.class),
                                frames,
                                Optional.empty(),
                                pipeline))));
        for (int number = 1; number <= frames; number++) {
            store.put("derived", Keys.frame(sha256, number), new byte[] {1}, "image/jpeg");
        }
        for (Rendition rendition : Rendition.values()) {
            store.put("derived", Keys.rendition(sha256, rendition), new byte[] {1}, "image/jpeg");
        }
        return sha256;
    }

    Sha256 describe(StoredObject object, String content) throws Exception {
        return describe(object, content, Darkroom.PIPELINE);
    }

    /** Takes the events that wait for a function in the backfill lane. */
    List<CloudEvent> waitingFor(String function) throws Exception {
        ConsumerContext consumer = queue.getStreamContext(Streams.WORK).getConsumerContext(function + "-backfill");
        List<CloudEvent> events = new ArrayList<>();
        for (Message m = consumer.next(NOTHING_MORE); m != null; m = consumer.next(NOTHING_MORE)) {
            events.add(EventCodec.ofJson(m.getData()));
            m.ackSync(Duration.ofSeconds(5));
        }
        return events;
    }

    List<String> sweptKeys() throws Exception {
        return waitingFor("postprocessor").stream()
                .map(CloudEvent::getSubject)
                .sorted()
                .toList();
    }

    void close() throws Exception {
        queue.close();
        store.close();
        storeServer.close();
        queueServer.close();
    }
}
