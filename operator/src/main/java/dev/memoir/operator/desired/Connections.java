package dev.memoir.operator.desired;

import dev.memoir.operator.api.Database;
import dev.memoir.operator.api.Events;
import dev.memoir.operator.api.Identity;
import dev.memoir.operator.api.MemoirInstanceSpec;
import dev.memoir.operator.api.Storage;
import java.util.Optional;

/** How an instance's programs reach store, queue, database and issuer: variables of their environment. */
final class Connections {
    static final int STORE_PORT = 7070;
    static final int QUEUE_PORT = 4222;
    static final int DATABASE_PORT = 5432;
    static final String DATABASE = "memoir";
    static final String OWNER = "postgres";
    static final String UPLOADER = "phone";

    /** A factory's name follows. */
    private static final String VERIFIED = "?sslmode=verify-full&sslfactory=org.postgresql.ssl.";

    private final Names names;
    private final MemoirInstanceSpec spec;

    Connections(Names names) {
        this.names = names;
        this.spec = names.instance().getSpec();
    }

    Environment store(Environment environment) {
        Storage storage = spec.storage();
        Storage.External external = storage.external();
        if (external == null) {
            String scheme = "http://";
            if (isEncrypted(storage)) {
                scheme = "https://";
                environment.secret("MEMOIR_S3_CA", names.authority(), Certificates.CERTIFICATE);
            }
            environment
                    .value("MEMOIR_S3_ENDPOINT", scheme + names.host(Component.STORE) + ":" + STORE_PORT)
                    .value("MEMOIR_S3_PUBLIC_ENDPOINT", publicStore())
                    .secret("MEMOIR_S3_ACCESS_KEY", names.secrets(), Credentials.STORE_ACCESS_KEY)
                    .secret("MEMOIR_S3_SECRET_KEY", names.secrets(), Credentials.STORE_SECRET_KEY);
        } else {
            environment
                    .value("MEMOIR_S3_ENDPOINT", external.endpoint())
                    .value("MEMOIR_S3_PUBLIC_ENDPOINT", Optional.ofNullable(external.publicEndpoint()))
                    .value("MEMOIR_S3_REGION", external.region())
                    .secret("MEMOIR_S3_ACCESS_KEY", external.secret(), "accessKey")
                    .secret("MEMOIR_S3_SECRET_KEY", external.secret(), "secretKey");
        }
        return environment
                .value("MEMOIR_S3_ORIGINALS", storage.buckets().originals())
                .value("MEMOIR_S3_DERIVED", storage.buckets().derived());
    }

    /** Ingresses have no common way to say that what is behind them has TLS; so a store behind one has none. */
    static boolean isEncrypted(Storage storage) {
        return storage.managed() != null && storage.managed().host() == null;
    }

    /** The store's address for browsers and phones, where it has one; else they can't reach it. */
    Optional<String> storeForBrowsers() {
        Storage.External external = spec.storage().external();
        if (external == null) {
            return publicStore();
        }
        return Optional.ofNullable(external.publicEndpoint()).or(() -> Optional.of(external.endpoint()));
    }

    /** The managed store's address for browsers and phones, where it has one. */
    private Optional<String> publicStore() {
        return Optional.ofNullable(spec.storage().managed().host())
                .map(host -> (spec.edge().tls() == null ? "http://" : "https://") + host);
    }

    Environment queue(Environment environment) {
        Events.External external = spec.events().external();
        if (external == null) {
            return environment
                    .secret("MEMOIR_NATS_CA", names.authority(), Certificates.CERTIFICATE)
                    .secret("QUEUE_PASSWORD", names.secrets(), Credentials.QUEUE_PASSWORD)
                    .value(
                            "MEMOIR_NATS_URL",
                            "tls://" + Credentials.QUEUE_USER + ":$(QUEUE_PASSWORD)@" + names.host(Component.QUEUE)
                                    + ":" + QUEUE_PORT);
        }
        if (external.secret() == null) {
            return environment.value("MEMOIR_NATS_URL", external.url());
        }
        return environment
                .secret("QUEUE_USER", external.secret(), "user")
                .secret("QUEUE_PASSWORD", external.secret(), "password")
                .value("MEMOIR_NATS_URL", external.url().replace("://", "://$(QUEUE_USER):$(QUEUE_PASSWORD)@"));
    }

    /** As MinIO asks for it, piece by piece. */
    Environment queueForMinio(Environment environment) {
        Events.External external = spec.events().external();
        if (external == null) {
            return environment
                    .value("MINIO_NOTIFY_NATS_ADDRESS_PRIMARY", names.host(Component.QUEUE) + ":" + QUEUE_PORT)
                    .value("MINIO_NOTIFY_NATS_USERNAME_PRIMARY", Credentials.QUEUE_USER)
                    .secret("MINIO_NOTIFY_NATS_PASSWORD_PRIMARY", names.secrets(), Credentials.QUEUE_PASSWORD)
                    .value("MINIO_NOTIFY_NATS_TLS_PRIMARY", "on")
                    .value("MINIO_NOTIFY_NATS_CERT_AUTHORITY_PRIMARY", "/tls/CAs/" + Certificates.AUTHORITY);
        }
        String[] url = external.url().split("://", 2);
        environment
                .value("MINIO_NOTIFY_NATS_ADDRESS_PRIMARY", url[1])
                .value("MINIO_NOTIFY_NATS_TLS_PRIMARY", url[0].equals("tls") ? "on" : "off");
        if (external.secret() != null) {
            environment
                    .secret("MINIO_NOTIFY_NATS_USERNAME_PRIMARY", external.secret(), "user")
                    .secret("MINIO_NOTIFY_NATS_PASSWORD_PRIMARY", external.secret(), "password");
        }
        return environment;
    }

    /** As one of the two roles that own nothing. */
    Environment database(Environment environment, Role role) {
        return address(environment)
                .value("MEMOIR_DB_USER", role.user)
                .secret("MEMOIR_DB_PASSWORD", names.secrets(), role.key);
    }

    /** As the role that makes the others. */
    Environment databaseOwner(Environment environment) {
        Database.External external = spec.database().external();
        if (external == null) {
            environment
                    .value("MEMOIR_DB_OWNER_USER", OWNER)
                    .secret("MEMOIR_DB_OWNER_PASSWORD", names.secrets(), Credentials.DATABASE_OWNER);
        } else {
            environment
                    .secret("MEMOIR_DB_OWNER_USER", external.secret(), "user")
                    .secret("MEMOIR_DB_OWNER_PASSWORD", external.secret(), "password");
        }
        return environment
                .secret("MEMOIR_DB_API_PASSWORD", names.secrets(), Role.API.key)
                .secret("MEMOIR_DB_INGEST_PASSWORD", names.secrets(), Role.INGEST.key);
    }

    /** Roles that {@code custodian setup} makes. */
    enum Role {
        API("memoir_api", Credentials.DATABASE_API),
        INGEST("memoir_ingest", Credentials.DATABASE_INGEST);

        private final String user;
        private final String key;

        Role(String user, String key) {
            this.user = user;
            this.key = key;
        }
    }

    private Environment address(Environment environment) {
        Database.External external = spec.database().external();
        if (external == null) {
            String url = "jdbc:postgresql://" + names.host(Component.DATABASE) + ":" + DATABASE_PORT + "/" + DATABASE;
            return trusted(environment, url + VERIFIED, names.authority(), Certificates.CERTIFICATE);
        }
        String url = "jdbc:postgresql://" + external.address() + "/" + external.name();
        return switch (external.tls()) {
            case Disable -> environment.value("MEMOIR_DB_URL", url + "?sslmode=disable");
            case Require -> environment.value("MEMOIR_DB_URL", url + "?sslmode=require");
            case VerifyFull ->
                external.caSecret() == null
                        ? environment.value("MEMOIR_DB_URL", url + VERIFIED + "DefaultJavaSSLFactory")
                        : trusted(environment, url + VERIFIED, external.caSecret(), "ca.crt");
        };
    }

    /** The authority comes by a variable: a file would need a volume, and that costs 0.3 s of a cold start. */
    private static Environment trusted(Environment environment, String url, String secret, String key) {
        return environment
                .secret("MEMOIR_DB_CA", secret, key)
                .value("MEMOIR_DB_URL", url + "SingleCertValidatingFactory&sslfactoryarg=env:MEMOIR_DB_CA");
    }

    Environment identity(Environment environment) {
        Identity.Claims claims = spec.identity().claims();
        return environment
                .configuration("MEMOIR_JWKS", names.identity(), Trust.KEYS)
                .value("MEMOIR_ISSUER", spec.identity().issuer())
                .value("MEMOIR_AUDIENCE", spec.identity().audience())
                .value("MEMOIR_CLIENT_ID", Optional.ofNullable(spec.identity().clientId()))
                .value("MEMOIR_CLAIM_SUBJECT", changed(claims.subject(), Identity.Claims.SUBJECT))
                .value("MEMOIR_CLAIM_GROUPS", changed(claims.groups(), Identity.Claims.GROUPS))
                .value(
                        "MEMOIR_CLAIM_ATTRIBUTES",
                        Optional.ofNullable(claims.attributes())
                                .filter(attributes -> !attributes.isEmpty())
                                .map(attributes -> String.join(",", attributes)));
    }

    private static Optional<String> changed(String value, String usual) {
        return Optional.of(value).filter(given -> !given.equals(usual));
    }

    Environment delivery(Environment environment) {
        return environment.secret("MEMOIR_DELIVERY_TOKEN", names.secrets(), Credentials.DELIVERY_TOKEN);
    }
}
