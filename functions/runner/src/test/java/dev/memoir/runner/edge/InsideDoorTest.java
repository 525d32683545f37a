package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.memoir.runner.Loop;
import dev.memoir.runner.hosts.RemoteUrl;
import dev.memoir.runner.metrics.Metrics;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InsideDoorTest {
    private static final String TOKEN = "delivery secret";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer function;
    private Vertx vertx;
    private URI door;

    @BeforeEach
    void start() throws Exception {
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("X-Other") + " " + body);
            byte[] answer = "{\"places\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.contains("lacking") ? 409 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        function.start();
        vertx = Loop.open();
        URI address = URI.create("http://127.0.0.1:" + function.getAddress().getPort());
        door = Loop.await(new InsideDoor(
                        vertx,
                        Loop.client(vertx),
                        new RemoteUrl("ai", address),
                        TOKEN,
                        Duration.ofSeconds(5),
                        new Metrics())
                .listen());
    }

    @AfterEach
    void stop() throws Exception {
        Loop.await(vertx.close());
        function.stop(0);
    }

    private HttpResponse<String> post(String path, String token, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(door.resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .header("X-Other", "x")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void theApisQuestionIsHandedOnAndNothingBesides() throws Exception {
        HttpResponse<String> answer = post("/words", TOKEN, "{\"words\":\"red\"}");
        assertEquals(200, answer.statusCode());
        assertEquals("{\"places\":[]}", answer.body());
        assertEquals(List.of("/words Bearer delivery secret null {\"words\":\"red\"}"), asked);
        assertEquals(409, post("/words", TOKEN, "lacking").statusCode());
    }

    @Test
    void whoeverElseAsksReachesNobody() throws Exception {
        assertEquals(401, post("/words", "another", "{}").statusCode());
        assertEquals(401, post("/words", "", "{}").statusCode());
        for (String path : List.of("/", "/words/", "/words/../", "/other")) {
            assertEquals(404, post(path, TOKEN, "{}").statusCode(), path);
        }
        HttpResponse<String> get = http.send(
                HttpRequest.newBuilder(door.resolve("/words"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(404, get.statusCode());
        assertEquals(413, post("/words", TOKEN, "x".repeat(10_000)).statusCode());
        assertEquals(List.of(), asked);
    }

    @Test
    void aFunctionThatIsAwayIsADelay() throws Exception {
        function.stop(0);
        HttpResponse<String> answer = post("/words", TOKEN, "{}");
        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("reason"), answer.body());
    }
}
