package dev.memoir.runner.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.events.Subjects;
import dev.memoir.runner.processes.Child;
import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Readiness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The S3 server of one machine. It serves its port itself: signatures forbid anything in between that changes a path. */
sealed interface ObjectStore {
    Duration START = Duration.ofSeconds(30);
    String REGION = "us-east-1";

    Launch launch() throws IOException;

    void awaitReady(Child child) throws IOException, InterruptedException;

    /**
     * versitygw: objects are ordinary files. Keys and passwords go by the environment, since everybody sees arguments.
     *
     * @param address host:port to listen on
     */
    record Versitygw(Path program, DataFolder folder, String host, int port, Secrets secrets, String queueUrl)
            implements ObjectStore {
        @Override
        public Launch launch() throws IOException {
            writeAccounts();
            List<String> command = new ArrayList<>(List.of(
                    program.toString(),
                    "posix",
                    "--versioning-dir",
                    folder.versions().toString()));
            if (!hasAttributes(folder.store())) {
                Files.createDirectories(folder.sidecar());
                command.addAll(List.of("--sidecar", folder.sidecar().toString()));
            }
            command.add(folder.store().toString());
            Map<String, String> environment = new HashMap<>();
            environment.put("VGW_PORT", host + ":" + port);
            environment.put("VGW_REGION", REGION);
            environment.put("VGW_QUIET", "true");
            environment.put("VGW_HEALTH", "/health");
            environment.put("VGW_IAM_DIR", folder.accounts().toString());
            environment.put("VGW_EVENT_NATS_URL", queueUrl);
            environment.put("VGW_EVENT_NATS_TOPIC", Subjects.STORE);
            environment.put("ROOT_ACCESS_KEY", secrets.store().access());
            environment.put("ROOT_SECRET_KEY", secrets.store().secret());
            environment.put("GOMAXPROCS", "2");
            // It stays for good: collected sooner, its garbage does not become resident memory.
            environment.put("GOGC", "40");
            // it prints the address of the queue with the password in it
            return new Launch("store", command, environment, folder.root()).printed(Launch.Printed.DROPPED);
        }

        /** One account besides root: phones may add and read originals, and nothing else, by the bucket's policy. */
        private void writeAccounts() throws IOException {
            ObjectMapper json = new ObjectMapper();
            Files.createDirectories(folder.accounts());
            ObjectNode all = json.createObjectNode();
            all.putObject("accessAccounts")
                    .putObject(secrets.phone().access())
                    .put("access", secrets.phone().access())
                    .put("secret", secrets.phone().secret())
                    .put("role", "user")
                    .put("userID", 0)
                    .put("groupID", 0)
                    .put("projectID", 0);
            Secrets.writePrivately(folder.accounts().resolve("users.json"), json.writeValueAsString(all));
        }

        @Override
        public void awaitReady(Child child) throws IOException, InterruptedException {
            Readiness.http(child, port, "/health", START);
        }

        /** Tried out, since file systems that claim extended attributes may refuse them. */
        private static boolean hasAttributes(Path directory) throws IOException {
            Path probe = Files.createTempFile(directory.getParent(), "attributes", ".probe");
            try {
                UserDefinedFileAttributeView view =
                        Files.getFileAttributeView(probe, UserDefinedFileAttributeView.class);
                if (view == null) {
                    return false;
                }
                view.write("memoir", StandardCharsets.UTF_8.encode("x".repeat(1000)));
                return true;
            } catch (IOException refused) {
                return false;
            } finally {
                Files.deleteIfExists(probe);
            }
        }
    }

    /** MinIO. Events that the queue can't take are kept in a folder until it can. */
    record Minio(Path program, DataFolder folder, String host, int port, Secrets secrets, int queuePort)
            implements ObjectStore {
        @Override
        public Launch launch() throws IOException {
            Path unsent = folder.root().resolve("unsent-events");
            Files.createDirectories(unsent);
            Map<String, String> environment = new HashMap<>();
            environment.put("MINIO_ROOT_USER", secrets.store().access());
            environment.put("MINIO_ROOT_PASSWORD", secrets.store().secret());
            environment.put("MINIO_BROWSER", "off");
            environment.put("MINIO_UPDATE", "off");
            environment.put("MINIO_NOTIFY_NATS_ENABLE_PRIMARY", "on");
            environment.put("MINIO_NOTIFY_NATS_ADDRESS_PRIMARY", "127.0.0.1:" + queuePort);
            environment.put("MINIO_NOTIFY_NATS_SUBJECT_PRIMARY", Subjects.STORE);
            environment.put(
                    "MINIO_NOTIFY_NATS_USERNAME_PRIMARY", secrets.queue().access());
            environment.put(
                    "MINIO_NOTIFY_NATS_PASSWORD_PRIMARY", secrets.queue().secret());
            environment.put("MINIO_NOTIFY_NATS_QUEUE_DIR_PRIMARY", unsent.toString());
            return new Launch(
                    "store",
                    List.of(
                            program.toString(),
                            "server",
                            "--quiet",
                            "--address",
                            host + ":" + port,
                            folder.root().resolve("minio").toString()),
                    environment,
                    folder.root());
        }

        @Override
        public void awaitReady(Child child) throws IOException, InterruptedException {
            Readiness.http(child, port, "/minio/health/ready", START);
        }
    }
}
