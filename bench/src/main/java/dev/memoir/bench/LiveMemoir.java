package dev.memoir.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.Schema;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A Memoir started by the real command in a folder of its own, and stopped and removed at the end. */
final class LiveMemoir implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path data;
    private final JsonNode runner;
    private final String token;

    private LiveMemoir(Path data) throws IOException, InterruptedException {
        this.data = data;
        this.runner = JSON.readTree(data.resolve("run/runner.json").toFile());
        this.token = admin("POST", "/token?user=home&hours=6").path("token").asText();
    }

    /**
     * @param idleSeconds after which a function without work is stopped
     * @param more options of the command
     */
    static LiveMemoir start(int idleSeconds, String... more) throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("memoir-bench");
        List<String> words = new ArrayList<>(List.of("up", "--detach", "--port", freePort(), "--store-port"));
        words.addAll(List.of(freePort(), "--idle", Integer.toString(idleSeconds)));
        words.addAll(List.of(more));
        command(data, words.toArray(String[]::new));
        return new LiveMemoir(data);
    }

    private static void command(Path data, String... words) throws IOException {
        var line = Stream.concat(
                        Stream.of(checkout().resolve("memoir").toString()),
                        Stream.concat(Stream.of(words), Stream.of("--data", data.toString())))
                .toList();
        Process process = new ProcessBuilder(line)
                .redirectOutput(
                        ProcessBuilder.Redirect.to(data.resolve("bench.out").toFile()))
                .redirectErrorStream(true)
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", line) + " failed:\n" + Files.readString(data.resolve("bench.out")));
        }
    }

    static Path checkout() {
        String checkout = System.getenv("MEMOIR_CHECKOUT");
        if (checkout == null) {
            throw new IllegalStateException("run this by ./memoir bench");
        }
        return Path.of(checkout);
    }

    private static String freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    /** The functions' AOT caches are trained in the background after the first start; figures are taken after that. */
    void awaitRehearsed() throws InterruptedException {
        await("the rehearsal", Duration.ofMinutes(5), () -> {
            var functions = status().path("functions");
            return functions.size() > 0
                    && Stream.of("api", "postprocessor", "ai")
                            .allMatch(f -> functions.path(f).path("rehearsed").asBoolean());
        });
    }

    /** Waits until no function and no database runs. */
    void awaitAsleep() throws InterruptedException {
        await("sleep", Duration.ofMinutes(5), () -> {
            var status = status();
            for (var function : status.path("functions")) {
                if (!function.path("state").asText().equals("asleep")) {
                    return false;
                }
            }
            return status.path("database").path("state").asText().equals("asleep");
        });
    }

    /** Waits until the database serves. */
    void awaitDatabase() throws InterruptedException {
        await("the database", Duration.ofMinutes(1), () -> {
            try (var connection = database(Schema.INGEST, "ingest").getConnection()) {
                return connection.isValid(1);
            } catch (SQLException | IOException e) {
                return false;
            }
        });
    }

    /**
     * Its database, as long as that is awake.
     *
     * @param role of the database
     * @param secret the name of its password
     */
    DataSource database(String role, String secret) throws IOException {
        var passwords = JSON.readTree(data.resolve("secrets/database.json").toFile());
        try (var files = Files.find(data.resolve("database"), 3, (file, is) -> file.endsWith("postmaster.pid"))) {
            Path postmaster = files.findFirst().orElseThrow(() -> new IOException("the database sleeps"));
            var source = new PGSimpleDataSource();
            source.setServerNames(new String[] {"127.0.0.1"});
            // Its fourth line is the port.
            source.setPortNumbers(
                    new int[] {Integer.parseInt(Files.readAllLines(postmaster).get(3))});
            source.setDatabaseName("memoir");
            source.setUser(role);
            source.setPassword(passwords.path(secret).asText());
            return source;
        }
    }

    /** What a program that drives a browser needs to know. */
    Map<String, String> forBrowsers() {
        return Map.of(
                "ADDRESS", runner.path("address").asText(),
                "TOKEN", token,
                "ADMIN", runner.path("admin").asText(),
                "ADMIN_TOKEN", runner.path("adminToken").asText());
    }

    /** Waits until nothing is queued or in work. */
    void awaitQueueEmpty(Duration atMost) throws InterruptedException {
        await("an empty queue", atMost, () -> sum(status().path("queue")) == 0);
    }

    private static long sum(JsonNode node) {
        if (node.isNumber()) {
            return node.asLong();
        }
        long total = 0;
        for (var child : node) {
            total += sum(child);
        }
        return total;
    }

    static void await(String what, Duration atMost, BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(atMost);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("waited " + atMost.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(100);
        }
    }

    JsonNode status() {
        try {
            return admin("GET", "/status");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the runner does not answer", e);
        }
    }

    /** The runner and every process below it, at this moment. */
    List<ProcessHandle> processes() {
        var top = ProcessHandle.of(runner.path("pid").asLong()).orElseThrow();
        return Stream.concat(Stream.of(top), top.descendants()).toList();
    }

    private JsonNode admin(String method, String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(runner.path("admin").asText() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + runner.path("adminToken").asText()));
    }

    /** The {@code data} of the answer. */
    JsonNode graphql(String query) throws IOException, InterruptedException {
        var answer =
                send(HttpRequest.newBuilder(URI.create(runner.path("address").asText() + "/graphql"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", query)))));
        if (answer.has("errors")) {
            throw new IOException("GraphQL: " + answer.path("errors"));
        }
        return answer.path("data");
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.timeout(Duration.ofMinutes(2)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(
                    response.request().uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The bucket, as a phone reaches it. */
    MediaStore store() throws IOException {
        var keys = JSON.readTree(data.resolve("secrets/store.json").toFile());
        URI endpoint = URI.create(runner.path("storeAddress").asText());
        return MediaStore.open(new StoreConfig(
                endpoint,
                endpoint,
                "us-east-1",
                keys.path("accessKey").asText(),
                keys.path("secretKey").asText(),
                "originals",
                "derived"));
    }

    @Override
    public void close() throws IOException {
        command(data, "down");
        try (var files = Files.walk(data)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
