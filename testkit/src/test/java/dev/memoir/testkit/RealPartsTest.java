package dev.memoir.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.nats.client.Connection;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The parts that other modules' tests stand on. */
class RealPartsTest {
    @Test
    void aNewDatabaseIsPostgres18AndEmpty() throws Exception {
        TestPostgres.Database database = TestPostgres.shared().newDatabase();
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            ResultSet version = statement.executeQuery("show server_version_num");
            version.next();
            assertEquals(18, version.getInt(1) / 10_000);
            ResultSet tables = statement.executeQuery(
                    "select count(*) from information_schema.tables where table_schema = 'public'");
            tables.next();
            assertEquals(0, tables.getInt(1));
        }
    }

    @Test
    void whatWasCommittedSurvivesAKilledDatabase() throws Exception {
        try (TestPostgres postgres = TestPostgres.start()) {
            TestPostgres.Database database = postgres.newDatabase();
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                statement.execute("create table kept (n int)");
                statement.execute("insert into kept values (7)");
                statement.execute("checkpoint");
            }
            postgres.kill();
            postgres.restart();
            try (var connection = database.connect();
                    var statement = connection.createStatement()) {
                ResultSet kept = statement.executeQuery("select n from kept");
                kept.next();
                assertEquals(7, kept.getInt(1));
            }
        }
    }

    @Test
    @SuppressWarnings("try") // the connection's close may be interrupted
    void aStreamSurvivesAKilledQueue() throws Exception {
        try (TestQueue queue = TestQueue.start()) {
            try (Connection connection = queue.connect()) {
                connection.jetStreamManagement().addStream(stream());
                connection.jetStream().publish("kept", "hello".getBytes(StandardCharsets.UTF_8));
            }
            queue.kill();
            queue.restart();
            try (Connection connection = queue.connect()) {
                assertEquals(
                        1,
                        connection
                                .jetStreamManagement()
                                .getStreamInfo("KEPT")
                                .getStreamState()
                                .getMsgCount());
            }
        }
    }

    @Test
    void theStoreAnswersAndRefusesStrangers() throws Exception {
        try (TestStore store = TestStore.start()) {
            assertEquals(403, get(store.endpoint()).statusCode());
        }
    }

    @Test
    void aStoppedStoreIsGone() {
        TestStore store = TestStore.start();
        Path root = store.root();
        store.close();
        assertThrows(IOException.class, () -> get(store.endpoint()));
        assertTrue(Files.notExists(root));
    }

    @Test
    void awaitNamesWhatDidNotHappen() {
        AssertionError error =
                assertThrows(AssertionError.class, () -> Await.until("pigs fly", Duration.ofMillis(30), () -> false));
        assertTrue(error.getMessage().contains("pigs fly"));
    }

    private static StreamConfiguration stream() {
        return StreamConfiguration.builder().name("KEPT").subjects("kept").build();
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
