package dev.memoir.testkit;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Unprivileged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL on a free port of 127.0.0.1, without fsync: the one that Memoir brings, or that in the folder which
 * {@code MEMOIR_TEST_POSTGRES} names. {@link #shared()} is one per JVM; a test takes a
 * {@link #newDatabase()} of it. Roles belong to the whole server, so tests of one JVM share them.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String SUPERUSER = "postgres";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final int port;
    private final String password = UUID.randomUUID().toString();
    private Server server;

    /**
     * @param url for JDBC, without user and password
     * @param user a superuser
     */
    public record Database(String url, String name, int port, String user, String password) {
        public Connection connect() throws SQLException {
            return connect(user, password);
        }

        public Connection connect(String asUser, String withPassword) throws SQLException {
            return DriverManager.getConnection(url, asUser, withPassword);
        }

        @Override
        public String toString() {
            return url;
        }
    }

    private static final class Shared {
        private static final TestPostgres INSTANCE = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(INSTANCE::close, "stop PostgreSQL"));
        }
    }

    private TestPostgres() {
        this.folder = Scratch.folder("postgres");
        this.port = FreePort.next();
    }

    /** The one server of this JVM, started at the first call (about a second) and stopped when the JVM ends. */
    public static TestPostgres shared() {
        return Shared.INSTANCE;
    }

    /** A server of its own, for tests that stop or kill it. */
    public static TestPostgres start() {
        TestPostgres postgres = new TestPostgres();
        postgres.initialise();
        postgres.serve();
        return postgres;
    }

    /** An empty database; takes some 50 ms. */
    public Database newDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = database("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name + " template template0");
        } catch (SQLException e) {
            throw new IllegalStateException("the database " + name + " could not be made", e);
        }
        return database(name);
    }

    /** As {@code kill -9}: the database recovers at {@link #restart}. */
    public void kill() {
        server.kill();
    }

    /** Stops in good order; {@link #restart} continues with the same port and databases. */
    public void stop() {
        server.stop();
    }

    public void restart() {
        serve();
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop();
        Scratch.delete(folder);
    }

    private Database database(String name) {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, name, port, SUPERUSER, password);
    }

    private void initialise() {
        try {
            Path passwordFile = Files.writeString(folder.resolve("password"), password);
            List<String> command = program("initdb");
            command.addAll(List.of("-D", data(), "-U", SUPERUSER, "--pwfile=" + passwordFile, "--auth=scram-sha-256"));
            command.addAll(List.of("--no-locale", "--encoding=UTF8", "--no-sync"));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new IllegalStateException("initdb failed. It said:\n" + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("initdb could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void serve() {
        List<String> command = program("postgres");
        command.addAll(List.of("-D", data(), "-p", Integer.toString(port)));
        for (String setting : List.of(
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "fsync=off",
                "synchronous_commit=off",
                "full_page_writes=off",
                "wal_level=minimal",
                "max_wal_senders=0",
                "shared_buffers=32MB",
                "max_connections=100")) {
            command.addAll(List.of("-c", setting));
        }
        // INT: a fast shutdown, which doesn't wait for clients.
        server = Server.start("postgres", "INT", port, folder, Map.of(), command);
        Await.until("PostgreSQL takes connections", () -> {
            database("postgres").connect().close();
            return true;
        });
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static Path binaries() {
        return Optional.ofNullable(System.getenv("MEMOIR_TEST_POSTGRES"))
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> Parts.open().file(Part.POSTGRESQL, ""));
    }

    private static List<String> program(String name) {
        List<String> command = new ArrayList<>(Unprivileged.prefix());
        command.add(binaries().resolve("bin").resolve(name).toString());
        return command;
    }
}
