package dev.memoir.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.ObjectEvents;
import dev.memoir.events.ObjectHint;
import dev.memoir.events.Streams;
import dev.memoir.events.Subjects;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.testkit.Await;
import dev.memoir.testkit.FreePort;
import dev.memoir.testkit.TestCertificate;
import dev.memoir.testkit.TestQueue;
import dev.memoir.tls.Authority;
import io.nats.client.Connection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edge and delivery with a real queue, and functions that somebody else runs. */
class GatewayTest {
    private static final String TOKEN = "delivery";

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final TestQueue queue = TestQueue.start();
    private HttpServer function;
    private TokenKeys keys;
    private Map<String, String> environment;
    private Gateway gateway;

    @BeforeEach
    void functionThatNotesWhatItIsAsked() throws Exception {
        function = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        function.createContext("/", this::note);
        function.start();
        keys = TokenKeys.in(folder);
        String address = "http://localhost:" + function.getAddress().getPort();
        environment = new HashMap<>(Map.of(
                "PORT",
                Integer.toString(FreePort.next()),
                "MEMOIR_ADMIN_PORT",
                Integer.toString(FreePort.next()),
                "MEMOIR_FUNCTION_API",
                address,
                "MEMOIR_FUNCTION_POSTPROCESSOR",
                address,
                "MEMOIR_FUNCTION_AI",
                address,
                "MEMOIR_NATS_URL",
                queue.url(),
                "MEMOIR_DELIVERY_TOKEN",
                TOKEN,
                "MEMOIR_JWKS",
                keys.publicJwks(),
                "MEMOIR_ISSUER",
                "https://login.example.org",
                "MEMOIR_AUDIENCE",
                "photos"));
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.stop();
        }
        function.stop(0);
        queue.close();
    }

    private void note(HttpExchange exchange) throws IOException {
        seen.add(
                exchange.getRequestMethod() + " " + exchange.getRequestHeaders().getFirst("Host") + " "
                        + exchange.getRequestURI() + " "
                        + Optional.ofNullable(exchange.getRequestHeaders().getFirst("ce-subject"))
                                .orElse(""));
        byte[] answer = exchange.getRequestURI().getPath().equals("/graphql") ? "{}".getBytes() : new byte[0];
        exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void aQuestionReachesTheApiUnderTheApisOwnHostAndEventsReachTheirFunction() throws Exception {
        streams();
        gateway = Gateway.start(environment);

        assertEquals(401, ask(Optional.empty()).statusCode());
        HttpResponse<String> answer = ask(Optional.of(token("https://login.example.org")));
        assertEquals("{}", answer.body());
        String host = "localhost:" + function.getAddress().getPort();
        assertTrue(seen.contains("POST " + host + " /graphql "), seen.toString());

        publish("anna/one.jpg");
        Await.until("the event is delivered", () -> seen.contains("POST " + host + " / anna/one.jpg"));
        Await.until(
                "nothing waits any more",
                () -> admin("/queue")
                        .equals(json(
                                "{\"new\":{\"object\":0,\"previewed\":0},\"backfill\":{\"object\":0,\"previewed\":0},"
                                        + "\"store\":0,\"dead\":0}")));
    }

    @Test
    void peopleAreLetInWhileTheQueueIsAwayAndEventsAreDeliveredOnceItIsThere() throws Exception {
        queue.stop();
        gateway = Gateway.start(environment);
        assertEquals(200, ask(Optional.of(token("https://login.example.org"))).statusCode());

        queue.restart();
        streams();
        publish("anna/late.jpg");
        Await.until(
                "the event is delivered", () -> seen.stream().anyMatch(request -> request.endsWith(" anna/late.jpg")));
    }

    @Test
    void aTokenOfAnotherIssuerIsNotBelieved() throws Exception {
        gateway = Gateway.start(environment);
        assertEquals(
                401, ask(Optional.of(token("https://elsewhere.example.org"))).statusCode());
        assertEquals(List.of(), seen);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        environment.remove("MEMOIR_FUNCTION_AI");
        assertTrue(mistake().contains("MEMOIR_FUNCTION_AI is not set"));
        environment.put("MEMOIR_FUNCTION_AI", "ai:8080");
        assertTrue(mistake().contains("MEMOIR_FUNCTION_AI must be an address"));
        environment.put("MEMOIR_FUNCTION_AI", "http://ai");
        environment.put("MEMOIR_NATS_CA", "mine");
        assertTrue(mistake().contains("MEMOIR_NATS_CA: certificates in PEM format"));
        environment.remove("MEMOIR_NATS_CA");
        environment.put("MEMOIR_ADMIN_CERTIFICATE", "mine");
        assertTrue(mistake().contains("MEMOIR_ADMIN_KEY is not set"));
        environment.remove("MEMOIR_ADMIN_CERTIFICATE");
        environment.put("MEMOIR_JWKS", "{\"keys\":[]}");
        assertTrue(mistake().contains("MEMOIR_JWKS: "));
        assertTrue(mistake("--data", "/tmp").contains("only --set"));
        assertTrue(mistake("--set", "edge.rat=1").contains("Did you mean edge.rate?"));
    }

    @Test
    void withACertificateTheAdminApiAnswersOnlyThroughTls() throws Exception {
        try (TestCertificate own = TestCertificate.make()) {
            streams();
            environment.put("MEMOIR_ADMIN_CERTIFICATE", own.certificate());
            environment.put("MEMOIR_ADMIN_KEY", own.key());
            gateway = Gateway.start(environment);
            HttpClient believing = HttpClient.newBuilder()
                    .sslContext(Authority.of(own.certificate()).context())
                    .build();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + environment.get("MEMOIR_ADMIN_PORT") + "/queue"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            Await.until(
                    "it answers",
                    () -> believing
                                    .send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200);
            assertThrows(SSLHandshakeException.class, () -> http.send(request, HttpResponse.BodyHandlers.discarding()));
            assertThrows(IOException.class, () -> admin("/queue"));
        }
    }

    /** Netty would load it for any TLS, and on a read-only root it holds the event loop for half a minute. */
    @Test
    void noOtherProviderOfCryptographyIsThere() {
        assertThrows(
                ClassNotFoundException.class,
                () -> Class.forName("org.bouncycastle.jce.provider.BouncyCastleProvider"));
    }

    private String mistake(String... arguments) {
        return assertThrows(Settings.Mistake.class, () -> Gateway.start(environment, arguments))
                .getMessage();
    }

    private String token(String issuer) {
        return new TokenIssuer(keys, issuer, "photos")
                .issue(new Claims("anna", Set.of(), Map.of()), Duration.ofMinutes(5));
    }

    @SuppressWarnings("try") // closing may be interrupted
    private void streams() throws Exception {
        try (Connection connection = queue.connect()) {
            Streams.ensure(connection);
        }
    }

    @SuppressWarnings("try") // closing may be interrupted
    private void publish(String key) throws Exception {
        try (Connection connection = queue.connect()) {
            new EventPublisher(connection)
                    .publish(
                            Lane.NEW,
                            Subjects.OBJECT,
                            ObjectEvents.swept(new ObjectHint(
                                    "originals", key, Optional.empty(), Optional.empty(), Optional.empty())));
        }
    }

    private HttpResponse<String> ask(Optional<String> token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway.address() + "/graphql"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"query\":\"{ viewer }\"}"));
        token.ifPresent(t -> request.header("Authorization", "Bearer " + t));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode admin(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + environment.get("MEMOIR_ADMIN_PORT") + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return json(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
