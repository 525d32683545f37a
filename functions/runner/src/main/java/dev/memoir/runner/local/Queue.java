package dev.memoir.runner.local;

import dev.memoir.runner.processes.Launch;
import dev.memoir.runner.processes.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * nats-server with JetStream on files, for this machine only.
 *
 * @param program the server
 * @param port on 127.0.0.1
 */
record Queue(Path program, DataFolder folder, int port, Secrets.Key key) {
    static final Duration START = Duration.ofSeconds(20);

    /** With the password in it: for environments, never for messages. */
    String url() {
        return "nats://" + key.access() + ":" + key.secret() + "@127.0.0.1:" + port;
    }

    /**
     * The password is in a file that only its owner reads. Each message is on the disk before it is acknowledged; syncing now
     * and then instead would wake the disk for good.
     */
    Launch launch() throws IOException {
        Path config = folder.run().resolve("queue.conf");
        Secrets.writePrivately(config, """
                server_name: memoir
                listen: "127.0.0.1:%d"
                authorization { user: "%s", password: "%s" }
                jetstream { store_dir: "%s", max_memory_store: 8MB, max_file_store: 4GB, sync_interval: "always" }
                max_payload: 1MB
                max_connections: 64
                """.formatted(
                        port,
                        key.access(),
                        key.secret(),
                        folder.queue().toString().replace("\\", "\\\\").replace("\"", "\\\"")));
        return new Launch(
                "queue",
                List.of(program.toString(), "-c", config.toString()),
                Map.of("GOMEMLIMIT", "48MiB", "GOGC", "40", "GOMAXPROCS", "2"),
                folder.root());
    }

    /** Its port opens before JetStream is restored from disk; clients wait for that themselves. */
    void awaitReady(dev.memoir.runner.processes.Child child) throws IOException, InterruptedException {
        Readiness.port(child, port, START);
    }
}
