package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.events.QueueAddress;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.tls.Authority;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;

/**
 * Asks each part of an instance as its clients do, with the right key or password: it must serve whoever believes the
 * instance's authority, nobody without TLS, and nobody who believes another authority would take it for the right one.
 */
final class PartsOverTls {
    private final Cluster cluster;
    private final String authority;
    private final String another;
    private final Path folder;

    /**
     * @param another authority, in PEM format
     * @param folder for files
     */
    PartsOverTls(Cluster cluster, String another, Path folder) {
        this.cluster = cluster;
        this.authority = cluster.authority();
        this.another = another;
        this.folder = folder;
    }

    void check() throws Exception {
        store();
        queue();
        database();
        runner();
    }

    private void store() {
        String host = "localhost:" + cluster.forwardedPort("store", 7070);
        try (MediaStore store = cluster.store(URI.create("https://" + host), Optional.of(authority))) {
            assertEquals(Optional.empty(), store.stat("originals", "not-there.jpg"));
        }
        try (MediaStore store = cluster.store(URI.create("https://" + host), Optional.of(another))) {
            refusedForItsCertificate(
                    assertThrows(StoreException.class, () -> store.stat("originals", "not-there.jpg")));
        }
        try (MediaStore store = cluster.store(URI.create("http://" + host), Optional.empty())) {
            assertThrows(StoreException.class, () -> store.stat("originals", "not-there.jpg"));
        }
    }

    private void queue() throws Exception {
        String rest =
                "memoir:" + cluster.secret("queue-password") + "@localhost:" + cluster.forwardedPort("queue", 4222);
        Connection connection = connect("tls://" + rest, authority);
        assertEquals(Connection.Status.CONNECTED, connection.getStatus());
        connection.close();
        assertThrows(IOException.class, () -> connect("tls://" + rest, another));
        assertThrows(IOException.class, () -> connect("nats://" + rest, another));
    }

    private static Connection connect(String address, String authority) throws IOException, InterruptedException {
        return Nats.connect(new QueueAddress(address, Optional.of(authority))
                .options()
                .noReconnect()
                .build());
    }

    private void database() throws Exception {
        String address = "jdbc:postgresql://localhost:" + cluster.forwardedPort("database", 5432) + "/memoir?sslmode=";
        Path right = Files.writeString(folder.resolve("authority.pem"), authority);
        Path wrong = Files.writeString(folder.resolve("another.pem"), another);
        ask(address + "verify-full&sslrootcert=" + right);
        refusedForItsCertificate(
                assertThrows(SQLException.class, () -> ask(address + "verify-full&sslrootcert=" + wrong)));
        SQLException plain = assertThrows(SQLException.class, () -> ask(address + "disable"));
        assertTrue(plain.getMessage().contains("no encryption"), plain.getMessage());
    }

    private void ask(String address) throws SQLException {
        try (var connection = DriverManager.getConnection(address, "memoir_api", cluster.secret("database-api"));
                var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    private void runner() throws Exception {
        String rest = "localhost:" + cluster.forwardedPort("runner", 7702) + "/queue";
        assertEquals(200, ask("https://" + rest, authority));
        assertThrows(SSLHandshakeException.class, () -> ask("https://" + rest, another));
        assertThrows(IOException.class, () -> ask("http://" + rest, another));
    }

    private int ask(String address, String believed) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Authority.of(believed).context())
                .build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("Authorization", "Bearer " + cluster.secret("delivery-token"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static void refusedForItsCertificate(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof SSLHandshakeException)) {
            root = root.getCause();
        }
        assertTrue(root instanceof SSLHandshakeException, () -> "not for its certificate: " + failure);
    }
}
