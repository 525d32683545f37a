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
import dev.memoir.events.ProcessAge;
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
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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
    private volatile int readiness = 200;
    private volatile int workEnds = 200;
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
        // as a process that has just been started for this
        exchange.getResponseHeaders().set(ProcessAge.HEADER, "0");
        byte[] answer = exchange.getRequestURI().getPath().equals("/graphql") ? "{}".getBytes() : new byte[0];
        String path = exchange.getRequestURI().getPath();
        int status = path.equals("/ready") ? readiness : path.equals("/") ? workEnds : 200;
        exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
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
    void pagesAreToldWhereToLogInAndMayLoadFromTheStoreAndAskTheIssuerAlone() throws Exception {
        gateway = Gateway.start(environment);
        assertEquals("{\"kind\":\"token\"}", get("/login/config.json").body());
        assertTrue(policy().contains("connect-src 'self';"), policy());
        gateway.stop();

        environment.put("MEMOIR_CLIENT_ID", "memoir-pages");
        environment.put("MEMOIR_SCOPE", "offline_access");
        environment.put("MEMOIR_S3_PUBLIC_ENDPOINT", "https://store.example.org");
        gateway = Gateway.start(environment);

        assertEquals(
                "{\"kind\":\"oidc\",\"issuer\":\"https://login.example.org\",\"clientId\":\"memoir-pages\","
                        + "\"scope\":\"offline_access\"}",
                get("/login/config.json").body());
        assertTrue(policy().contains("img-src 'self' data: blob: https://store.example.org;"), policy());
        assertTrue(
                policy().contains("connect-src 'self' https://store.example.org https://login.example.org;"), policy());
    }

    private String policy() throws Exception {
        return get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(gateway.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoeverTheNetworkLetsThroughSeesWhatIsCountedAndNothingElse() throws Exception {
        streams();
        gateway = Gateway.start(environment);
        ask(Optional.empty());
        HttpResponse<String> answer = ask(Optional.of(token("https://login.example.org")));
        assertTrue(answer.headers().firstValue(ProcessAge.HEADER).isEmpty());
        publish("anna/one.jpg");
        Await.until(
                "the event is delivered",
                () -> measured().contains("memoir_deliveries_total{function=\"postprocessor\",outcome=\"done\"} 1"));

        List<String> samples = measured();
        for (String sample : List.of(
                "memoir_requests_total{function=\"edge\",status=\"4xx\"} 1",
                "memoir_requests_total{function=\"api\",status=\"2xx\"} 1",
                "memoir_requests_total{function=\"postprocessor\",status=\"2xx\"} 1",
                "memoir_cold_start_seconds_count{function=\"api\"} 1",
                "memoir_cold_start_seconds_count{function=\"postprocessor\"} 1",
                "memoir_cold_start_seconds_count{function=\"ai\"} 0",
                "memoir_queue_waiting{function=\"ai\",lane=\"backfill\"} 0",
                "memoir_store_notifications_waiting 0",
                "memoir_dead_letters_kept 0")) {
            assertTrue(samples.contains(sample), sample + " in " + samples);
        }
        assertEquals(401, adminWithoutToken("/queue").statusCode());
        String docs = Files.readString(Path.of("../../docs/kubernetes.md"));
        samples.stream()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .forEach(name -> assertTrue(docs.contains("`" + name + "`"), name));

        queue.stop();
        List<String> without = measured();
        assertTrue(without.contains("memoir_requests_total{function=\"api\",status=\"2xx\"} 1"), without.toString());
        assertTrue(without.stream().noneMatch(line -> line.startsWith("memoir_queue_waiting{")), without.toString());
    }

    private HttpResponse<String> adminWithoutToken(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + environment.get("MEMOIR_ADMIN_PORT") + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Empty until the admin API listens. */
    private List<String> measured() throws Exception {
        try {
            HttpResponse<String> answer = adminWithoutToken("/metrics");
            assertEquals(200, answer.statusCode());
            return answer.body().lines().toList();
        } catch (ConnectException notYet) {
            return List.of();
        }
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
    void whileNoFunctionIsReadyAnEventWaitsAndHasNotFailed() throws Exception {
        streams();
        readiness = 503;
        workEnds = 502;
        gateway = Gateway.start(environment, "--set", "retry.attempts=2", "--set", "retry.delays=100ms");
        publish("anna/patient.jpg");
        Await.until(
                "it was asked again whether it is ready",
                () -> seen.stream()
                                .filter(request -> request.contains("/ready"))
                                .count()
                        > 2);
        assertEquals(0, admin("/queue").path("dead").asInt());
        assertTrue(seen.stream().noneMatch(request -> request.endsWith("patient.jpg")), seen::toString);

        readiness = 200;
        Await.until(
                "who accepts it and dies of it has failed",
                () -> admin("/queue").path("dead").asInt() == 1);
        assertEquals(
                2,
                seen.stream().filter(request -> request.endsWith("patient.jpg")).count());
    }

    @Test
    void aPausedFunctionGetsNothingUntilThePauseEnds() throws Exception {
        streams();
        gateway = Gateway.start(environment);
        Await.until("events are delivered", () -> admin("/queue").path("dead").isInt());
        assertEquals(
                60,
                post("/pause?function=postprocessor&seconds=60").path("seconds").asInt());
        publish("anna/held.jpg");
        Thread.sleep(1500);
        assertTrue(seen.stream().noneMatch(request -> request.endsWith("held.jpg")), seen::toString);
        post("/pause?function=postprocessor&seconds=0");
        Await.until("it goes on", () -> seen.stream().anyMatch(request -> request.endsWith("held.jpg")));

        post("/pause?function=postprocessor&seconds=1");
        publish("anna/forgotten.jpg");
        Await.until(
                "a pause ends by itself", () -> seen.stream().anyMatch(request -> request.endsWith("forgotten.jpg")));
        assertTrue(post("/pause?function=api&seconds=1").path("error").asText().contains("ai, postprocessor"));
        assertTrue(
                post("/pause?function=ai&seconds=9999").path("error").asText().contains("3600"));
    }

    @Test
    void aTokenOfAnotherIssuerIsNotBelieved() throws Exception {
        gateway = Gateway.start(environment);
        assertEquals(
                401, ask(Optional.of(token("https://elsewhere.example.org"))).statusCode());
        assertEquals(List.of(), seen);
    }

    @Test
    void nobodyAdministersByAnEdgeThatRunsNoFunctions() throws Exception {
        gateway = Gateway.start(environment);
        String token = new TokenIssuer(keys, "https://login.example.org", "photos")
                .issue(new Claims("anna", Set.of("admin"), Map.of()), Duration.ofMinutes(5));
        HttpRequest status = HttpRequest.newBuilder(URI.create(gateway.address() + "/administration/status"))
                .header("Authorization", "Bearer " + token)
                .build();
        assertEquals(
                404, http.send(status, HttpResponse.BodyHandlers.ofString()).statusCode());
        assertEquals(List.of(), seen);
    }

    @Test
    void whoAsksIsWhomTheMappedClaimNames() throws Exception {
        environment.put("MEMOIR_CLAIM_SUBJECT", "memoir_attributes.https://photos\\.example\\.org/who");
        gateway = Gateway.start(environment);
        String issuer = "https://login.example.org";
        assertEquals(401, ask(Optional.of(token(issuer))).statusCode());
        String mapped = token(issuer, Map.of("https://photos.example.org/who", "anna"));
        assertEquals(200, ask(Optional.of(mapped)).statusCode());
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
        environment.put("MEMOIR_CLAIM_GROUPS", "realm_access..roles");
        assertTrue(mistake().contains("MEMOIR_CLAIM_GROUPS: a claim is written as in realm_access.roles"), mistake());
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
        return token(issuer, Map.of());
    }

    private String token(String issuer, Map<String, String> attributes) {
        return new TokenIssuer(keys, issuer, "photos")
                .issue(new Claims("anna", Set.of(), attributes), Duration.ofMinutes(5));
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
        return admin(HttpRequest.newBuilder().GET(), path);
    }

    private JsonNode post(String path) throws Exception {
        return admin(HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()), path);
    }

    private JsonNode admin(HttpRequest.Builder request, String path) throws Exception {
        request.uri(URI.create("http://127.0.0.1:" + environment.get("MEMOIR_ADMIN_PORT") + path))
                .header("Authorization", "Bearer " + TOKEN);
        return json(
                http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
