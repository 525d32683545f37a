package dev.memoir.testkit;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real S3 server on a free port of 127.0.0.1: versitygw with versioning, or MinIO. It starts without buckets. */
public final class TestStore implements AutoCloseable {
    public static final String REGION = "us-east-1";
    /** Where {@link #startNotifying} has the store publish: as in production. */
    public static final String SUBJECT = "memoir.store";

    /** The name of the key that {@link #minioWithKey} has. */
    public static final String ENCRYPTION_KEY = "memoir";

    private static final String ACCESS_KEY = "memoirtest";
    private static final String SECRET_KEY = "only-in-tests-0123456789";
    private static final String UPLOADER_KEY = "phone";
    private static final String UPLOADER_SECRET = "phone-secret-of-tests";

    private enum Kind {
        VERSITYGW,
        VERSITYGW_WITH_SIDECAR,
        MINIO,
        MINIO_WITH_KEY
    }

    private final Kind kind;
    private final Optional<TestQueue> queue;
    private final Optional<TestCertificate> certificate;
    private final Path folder;
    private final int port;
    private Server server;

    private TestStore(Kind kind, Optional<TestQueue> queue, Optional<TestCertificate> certificate) {
        this.kind = kind;
        this.queue = queue;
        this.certificate = certificate;
        this.folder = Scratch.folder("store");
        this.port = FreePort.next();
    }

    /** versitygw, the default store. */
    public static TestStore start() {
        return start(Kind.VERSITYGW, Optional.empty());
    }

    /** versitygw with TLS alone. */
    public static TestStore start(TestCertificate certificate) {
        return serving(new TestStore(Kind.VERSITYGW, Optional.empty(), Optional.of(certificate)));
    }

    /** versitygw that publishes every change to {@link #SUBJECT} of the queue (core NATS). */
    public static TestStore startNotifying(TestQueue queue) {
        return start(Kind.VERSITYGW, Optional.of(queue));
    }

    /** versitygw as it runs where files can't carry attributes. */
    static TestStore startWithSidecar() {
        return start(Kind.VERSITYGW_WITH_SIDECAR, Optional.empty());
    }

    /** MinIO, the other store. */
    public static TestStore minio() {
        return start(Kind.MINIO, Optional.empty());
    }

    /** MinIO with the key {@link #ENCRYPTION_KEY} in a key service of its own. */
    public static TestStore minioWithKey() {
        return start(Kind.MINIO_WITH_KEY, Optional.empty());
    }

    /**
     * MinIO with the NATS target {@code arn:minio:sqs::MEMOIR:nats} on {@link #SUBJECT}; each bucket must still be told to
     * notify it.
     */
    public static TestStore minioNotifying(TestQueue queue) {
        return start(Kind.MINIO, Optional.of(queue));
    }

    private static TestStore start(Kind kind, Optional<TestQueue> queue) {
        return serving(new TestStore(kind, queue, Optional.empty()));
    }

    private static TestStore serving(TestStore store) {
        store.serve();
        return store;
    }

    /** With TLS it is {@code localhost}, the name in the certificate. */
    public URI endpoint() {
        return URI.create((certificate.isPresent() ? "https://localhost:" : "http://127.0.0.1:") + port);
    }

    public String accessKey() {
        return ACCESS_KEY;
    }

    public String secretKey() {
        return SECRET_KEY;
    }

    /** Of an account besides root, which may do nothing unless a bucket's policy says so; versitygw alone has one. */
    public String uploaderKey() {
        return UPLOADER_KEY;
    }

    public String uploaderSecret() {
        return UPLOADER_SECRET;
    }

    public String region() {
        return REGION;
    }

    /** The folder whose folders are the buckets (versitygw: objects are plain files there). */
    public Path root() {
        return Scratch.folder(folder, "objects");
    }

    /** Makes an empty bucket, not versioned, as both servers take it: a folder in their root. */
    public void makeBucket(String name) {
        Scratch.folder(root(), name);
    }

    /** As {@code kill -9}; {@link #restart} continues with the same port and objects. */
    public void kill() {
        server.kill();
    }

    public void stop() {
        server.stop();
    }

    public void restart() {
        serve();
    }

    @Override
    public void close() {
        server.stop();
        Scratch.delete(folder);
    }

    private void serve() {
        server = switch (kind) {
            case VERSITYGW, VERSITYGW_WITH_SIDECAR -> versitygw();
            case MINIO, MINIO_WITH_KEY -> minioServer();
        };
    }

    private Path accounts() {
        Path accounts = Scratch.folder(folder, "accounts");
        try {
            Files.writeString(
                    accounts.resolve("users.json"), """
                    {"accessAccounts":{"%s":{"access":"%s","secret":"%s","role":"user","userID":0,"groupID":0,"projectID":0}}}
                    """.formatted(UPLOADER_KEY, UPLOADER_KEY, UPLOADER_SECRET));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return accounts;
    }

    private Server versitygw() {
        List<String> command = new ArrayList<>();
        command.addAll(List.of(Parts.open().path(Part.VERSITYGW).toString(), "--port", "127.0.0.1:" + port));
        command.addAll(List.of("--region", REGION, "--quiet"));
        certificate.ifPresent(own -> command.addAll(List.of(
                "--cert",
                own.certificateFile().toString(),
                "--key",
                own.keyFile().toString())));
        queue.ifPresent(to -> command.addAll(List.of("--event-nats-url", to.url(), "--event-nats-topic", SUBJECT)));
        command.addAll(List.of(
                "posix", "--versioning-dir", Scratch.folder(folder, "versions").toString()));
        if (kind == Kind.VERSITYGW_WITH_SIDECAR || !Scratch.keepsAttributes(folder)) {
            command.addAll(
                    List.of("--sidecar", Scratch.folder(folder, "attributes").toString()));
        }
        command.add(root().toString());
        return Server.start(
                "versitygw",
                "TERM",
                port,
                folder,
                Map.of(
                        "ROOT_ACCESS_KEY",
                        ACCESS_KEY,
                        "ROOT_SECRET_KEY",
                        SECRET_KEY,
                        "VGW_IAM_DIR",
                        accounts().toString()),
                command);
    }

    private Server minioServer() {
        Map<String, String> environment = new HashMap<>();
        environment.put("MINIO_ROOT_USER", ACCESS_KEY);
        environment.put("MINIO_ROOT_PASSWORD", SECRET_KEY);
        if (kind == Kind.MINIO_WITH_KEY) {
            String key = Base64.getEncoder().encodeToString(new byte[32]);
            environment.put("MINIO_KMS_SECRET_KEY", ENCRYPTION_KEY + ":" + key);
        }
        queue.ifPresent(to -> {
            environment.put("MINIO_NOTIFY_NATS_ENABLE_MEMOIR", "on");
            environment.put("MINIO_NOTIFY_NATS_ADDRESS_MEMOIR", "127.0.0.1:" + to.port());
            environment.put("MINIO_NOTIFY_NATS_USERNAME_MEMOIR", to.user());
            environment.put("MINIO_NOTIFY_NATS_PASSWORD_MEMOIR", to.password());
            environment.put("MINIO_NOTIFY_NATS_SUBJECT_MEMOIR", SUBJECT);
            environment.put(
                    "MINIO_NOTIFY_NATS_QUEUE_DIR_MEMOIR",
                    Scratch.folder(folder, "events").toString());
        });
        Server minio = Server.start(
                "minio",
                "TERM",
                port,
                folder,
                environment,
                List.of(
                        Parts.open().path(Part.MINIO).toString(),
                        "server",
                        "--quiet",
                        "--address",
                        "127.0.0.1:" + port,
                        "--console-address",
                        "127.0.0.1:" + FreePort.next(),
                        root().toString()));
        Await.until("minio is past its start", () -> anonymously() != HttpURLConnection.HTTP_UNAVAILABLE);
        return minio;
    }

    /** It listens before it has begun, and answers 503 until then; whoever does not say who they are gets 403 after. */
    private int anonymously() {
        try {
            HttpURLConnection asked = (HttpURLConnection) endpoint().toURL().openConnection();
            int status = asked.getResponseCode();
            asked.disconnect();
            return status;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
