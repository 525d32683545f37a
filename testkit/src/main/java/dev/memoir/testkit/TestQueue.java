package dev.memoir.testkit;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A real NATS server with JetStream on a free port of 127.0.0.1. */
public final class TestQueue implements AutoCloseable {
    private static final String USER = "memoir";
    private static final String PASSWORD = "only-in-tests";

    private final Optional<TestCertificate> certificate;
    private final Path folder;
    private final int port;
    private Server server;

    private TestQueue(Optional<TestCertificate> certificate) {
        this.certificate = certificate;
        this.folder = Scratch.folder("queue");
        this.port = FreePort.next();
    }

    public static TestQueue start() {
        return start(Optional.empty());
    }

    /** With TLS alone. */
    public static TestQueue start(TestCertificate certificate) {
        return start(Optional.of(certificate));
    }

    private static TestQueue start(Optional<TestCertificate> certificate) {
        TestQueue queue = new TestQueue(certificate);
        queue.serve();
        return queue;
    }

    /** With user and password. */
    public String url() {
        return "nats://" + USER + ":" + PASSWORD + "@127.0.0.1:" + port;
    }

    long pid() {
        return server.pid();
    }

    String user() {
        return USER;
    }

    String password() {
        return PASSWORD;
    }

    public int port() {
        return port;
    }

    public Connection connect() {
        try {
            return Nats.connect(new Options.Builder().server(url()).build());
        } catch (IOException e) {
            throw new IllegalStateException("no connection to " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As {@code kill -9}; {@link #restart} continues with the same port and streams. */
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
        List<String> command = new ArrayList<>(List.of(
                Parts.open().path(Part.NATS_SERVER).toString(),
                "--addr=127.0.0.1",
                "--port=" + port,
                "--user=" + USER,
                "--pass=" + PASSWORD,
                "--jetstream",
                "--store_dir=" + folder));
        certificate.ifPresent(own ->
                command.addAll(List.of("--tls", "--tlscert=" + own.certificateFile(), "--tlskey=" + own.keyFile())));
        server = Server.start("nats-server", "TERM", port, folder, Map.of(), command);
    }
}
