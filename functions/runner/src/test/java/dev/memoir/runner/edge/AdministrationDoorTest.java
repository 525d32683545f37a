package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.runner.fake.House;
import dev.memoir.testkit.Await;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real edge and a real queue; the functions only say what they were asked. */
class AdministrationDoorTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Set<String> ADMINISTRATORS = Set.of("admin", "family");
    private static final List<String> LOOKS = List.of("status", "dead", "models");
    private static final List<String> DOES =
            List.of("sweep", "grouping", "faces", "phone", "dead/replay", "dead/drop", "people/remove");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private House house;

    @BeforeEach
    void start() throws Exception {
        house = House.in(folder)
                .start(
                        "--idle",
                        "60",
                        "--set",
                        "edge.addressRate=1000000",
                        "--set",
                        "edge.addressBurst=1000000",
                        "--set",
                        "retry.attempts=2");
        Await.until(
                "the sweep of the start is over",
                () -> house.admin("GET", "/status").has("lastSweep"));
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void forEverybodyElseThereIsNothing() throws Exception {
        List<String> jobs = house.journal("custodian");
        for (String token : strangers()) {
            for (String path : LOOKS) {
                same(send("GET", "/nothing/there", token, ""), send("GET", "/administration/" + path, token, ""));
            }
            same(send("GET", "/nothing/there", token, ""), send("GET", "/administration/people", token, ""));
            for (String path : DOES) {
                same(
                        send("POST", "/nothing/there", token, "{}"),
                        send("POST", "/administration/" + path, token, "{\"wanted\":false,\"all\":true}"));
            }
        }
        assertEquals(0, house.starts("api"));
        assertEquals(jobs, house.journal("custodian"));
    }

    private List<String> strangers() throws Exception {
        TokenKeys others = TokenKeys.in(Files.createDirectories(folder.resolve("others")));
        HouseTokens own = new HouseTokens(TokenKeys.in(house.data().resolve("secrets")));
        Claims anna = new Claims("anna", ADMINISTRATORS, Map.of());
        return List.of(
                "",
                "a.b.c",
                new HouseTokens(others).bearer(anna, HOUR),
                new TokenIssuer(TokenKeys.in(house.data().resolve("secrets")), HouseTokens.ISSUER, "another audience")
                        .issue(anna, HOUR),
                signed("EXPIRED", Instant.now().minus(HOUR)),
                unsigned(),
                own.session("anna", "s1", HOUR),
                own.bearer(new Claims("guest", Set.of(), Map.of()), HOUR),
                own.bearer(new Claims("bob", Set.of("family", "administrators"), Map.of("adult", "true")), HOUR),
                own.bearer(new Claims("admin", Set.of("family"), Map.of("admin", "true")), HOUR));
    }

    /** An administrator's, by the house's own key, good until then. */
    private String signed(String id, Instant end) throws Exception {
        JwtClaims claims = claims(id, end);
        var key = (EllipticCurveJsonWebKey)
                JsonWebKey.Factory.newJwk(Files.readString(house.data().resolve("secrets/identity.jwk")));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue(key.getKeyId());
        signature.setAlgorithmHeaderValue("ES256");
        return signature.getCompactSerialization();
    }

    private String unsigned() throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims("NONE", Instant.now().plus(HOUR)).toJson());
        signature.setAlgorithmConstraints(org.jose4j.jwa.AlgorithmConstraints.NO_CONSTRAINTS);
        signature.setAlgorithmHeaderValue("none");
        return signature.getCompactSerialization();
    }

    private static JwtClaims claims(String id, Instant end) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(HouseTokens.ISSUER);
        claims.setAudience(HouseTokens.BEARERS);
        claims.setSubject("anna");
        claims.setJwtId(id);
        claims.setExpirationTime(NumericDate.fromMilliseconds(end.toEpochMilli()));
        claims.setStringListClaim("groups", List.copyOf(ADMINISTRATORS));
        return claims;
    }

    private static void same(HttpResponse<String> nothing, HttpResponse<String> answer) {
        assertEquals(nothing.statusCode(), answer.statusCode(), answer.uri() + ": " + answer.body());
        assertTrue(answer.statusCode() == 404 || answer.statusCode() == 405, "status " + answer.statusCode());
        assertEquals(nothing.body(), answer.body());
        for (String header : List.of("Content-Type", "Allow", "Cache-Control", "WWW-Authenticate")) {
            assertEquals(nothing.headers().firstValue(header), answer.headers().firstValue(header));
        }
    }

    @Test
    void theSignedTokenOfTheseTestsIsBelievedWhileItIsGood() throws Exception {
        String good = signed("GOOD", Instant.now().plus(HOUR));
        assertEquals(200, send("GET", "/administration/status", good, "").statusCode());
    }

    @Test
    void aThousandStrangersWakeNothing() throws Exception {
        List<String> jobs = house.journal("custodian");
        List<String> paths = new ArrayList<>(DOES);
        paths.add("people");
        paths.add("people/invite");
        for (int i = 0; i < 1000; i++) {
            send(i % 2 == 0 ? "GET" : "POST", "/administration/" + paths.get(i % paths.size()), "", "{}");
        }
        assertEquals(0, house.starts("api"));
        assertEquals(jobs, house.journal("custodian"));
        assertEquals("asleep", house.state("api"));
    }

    @Test
    void lookingTellsHowEverythingIsAndWakesNothing() throws Exception {
        JsonNode status = json(send("GET", "/administration/status", administrator(), ""));

        assertEquals("asleep", status.at("/functions/api/state").asText());
        assertTrue(status.at("/parts/runner/pssBytes").asLong() > 0, status.toString());
        assertTrue(status.at("/disk/freeBytes").asLong() > 0, status.toString());
        assertEquals("sweep", status.at("/jobs/0/command").asText());
        assertEquals(3, status.at("/jobs/0/result/objects").asInt());
        assertTrue(status.path("store").isMissingNode(), status.toString());
        JsonNode models = json(send("GET", "/administration/models", administrator(), ""));
        assertTrue(
                models.path("models")
                        .valueStream()
                        .anyMatch(model -> model.path("task").asText().equals("labels")
                                && model.path("licence").asText().equals("Apache-2.0")),
                models.toString());
        HttpResponse<String> dead = send("GET", "/administration/dead", administrator(), "");
        assertEquals("{\"letters\":[]}", dead.body());
        assertEquals("no-store", dead.headers().firstValue("Cache-Control").orElse(""));
        for (String function : List.of("api", "postprocessor", "ai")) {
            assertEquals(0, house.starts(function));
        }
        assertEquals(
                404, send("GET", "/administration/other", administrator(), "").statusCode());
        assertEquals(
                404,
                send("GET", "/administration/jobs/none", administrator(), "").statusCode());
    }

    @Test
    void aPageFromElsewhereAndAHugeBodyAreTurnedAway() throws Exception {
        String token = administrator();
        String sweep = "/administration/sweep";
        List<String> jobs = house.journal("custodian");
        for (String origin : List.of("https://evil.example", "null", "http://127.0.0.1:1")) {
            assertEquals(403, send("POST", sweep, token, "{}", "Origin", origin).statusCode());
            assertEquals(
                    403,
                    send("GET", "/administration/status", token, "", "Origin", origin)
                            .statusCode());
        }
        assertEquals(
                415,
                send("POST", sweep, token, "{}", "Content-Type", "text/plain").statusCode());
        assertEquals(413, send("POST", sweep, token, "x".repeat(5000)).statusCode());
        assertEquals(400, send("POST", sweep, token, "[]").statusCode());
        assertEquals(405, send("DELETE", sweep, token, "").statusCode());
        URI edge = URI.create(house.memoir().address());
        try (Socket socket = new Socket(edge.getHost(), edge.getPort())) {
            socket.getOutputStream()
                    .write(("POST " + sweep + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type:"
                                    + " application/json\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertEquals("HTTP/1.1 411", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
        }
        assertEquals(jobs, house.journal("custodian"));
        String own = house.memoir().address();
        assertEquals(202, send("POST", sweep, token, "{}", "Origin", own).statusCode());
    }

    @Test
    void whoAsksTooOftenIsAskedToWait() throws Exception {
        house.close();
        house = House.in(folder.resolve("slow")).start("--set", "edge.rate=1", "--set", "edge.burst=3");
        String token = administrator();
        HttpResponse<String> answer = send("GET", "/administration/none", token, "");
        for (int i = 0; i < 1000 && answer.statusCode() == 404; i++) {
            answer = send("GET", "/administration/none", token, "");
        }
        assertEquals(429, answer.statusCode());
        assertTrue(answer.headers().firstValue("Retry-After").isPresent());
    }

    @Test
    void aDeadLetterIsSeenWithItsReasonAndSentAgainOrThrownAway() throws Exception {
        house.storeSays("ObjectCreated:Put", "originals", "fail-1.jpg");
        house.storeSays("ObjectCreated:Put", "originals", "fail-2.jpg");
        Await.until("both were given up", () -> letters().size() == 2);
        JsonNode first = letters().get(0);
        assertTrue(first.path("reason").asText().contains("the disk of postprocessor is full"), first.toString());
        assertEquals("postprocessor", first.path("function").asText());

        assertEquals(400, act("dead/replay", "{}").statusCode());
        assertEquals(400, act("dead/drop", "{\"id\":\"1\"}").statusCode());
        assertEquals(2, letters().size());
        assertEquals(
                1,
                json(act("dead/drop", "{\"id\":" + letters().get(1).path("id") + "}"))
                        .path("count")
                        .asInt());
        house.flag("mended", true);
        assertEquals(
                1,
                json(act("dead/replay", "{\"id\":" + first.path("id") + "}"))
                        .path("count")
                        .asInt());
        String subject = first.path("subject").asText();
        Await.until(
                "it went through",
                () -> house.journal("postprocessor").stream()
                        .anyMatch(line -> line.startsWith("done ") && line.contains(subject)));
        assertEquals(0, letters().size());
    }

    private JsonNode letters() throws Exception {
        return json(send("GET", "/administration/dead", administrator(), "")).path("letters");
    }

    @Test
    void aSweepIsBegunAndFollowedToItsEnd() throws Exception {
        HttpResponse<String> begun = act("sweep", "{}");
        assertEquals(202, begun.statusCode());
        String job = "/administration/jobs/" + json(begun).path("id").asText();
        Await.until(
                "it is done",
                () -> json(send("GET", job, administrator(), ""))
                        .path("state")
                        .asText()
                        .equals("done"));
        assertEquals(
                3,
                json(send("GET", job, administrator(), ""))
                        .at("/result/objects")
                        .asInt());
    }

    @Test
    void facesAreTurnedOffAndOnWhereTheirModelsAreAndThenOldPicturesAreLookedAt() throws Exception {
        assertEquals(400, act("faces", "{\"wanted\":\"on\"}").statusCode());
        assertEquals(202, act("faces", "{\"wanted\":false}").statusCode());
        Await.until("it is off", () -> house.status().path("faces").asText().equals("off"));
        JsonNode status = json(send("GET", "/administration/status", administrator(), ""));
        HttpResponse<String> on = act("faces", "{\"wanted\":true}");
        if (status.path("faceModels").asBoolean()) {
            assertEquals(202, on.statusCode());
            Await.until("a sweep follows", () -> {
                List<String> jobs = house.journal("custodian");
                int faces = jobs.indexOf("faces --on");
                return faces >= 0 && jobs.subList(faces, jobs.size()).contains("sweep");
            });
        } else {
            assertEquals(409, on.statusCode());
            assertFalse(house.journal("custodian").contains("faces --on"));
        }
    }

    @Test
    void peopleAreTheApisWhichIsToldWhoAsks() throws Exception {
        String token = administrator();
        HttpResponse<String> people =
                send("GET", "/administration/people", token, "", "X-Memoir-Administrator", "somebody else");
        assertEquals("{\"people\":[]}", people.body());
        assertEquals(
                200, send("POST", "/administration/people/invite", token, "{}").statusCode());
        assertTrue(
                house.journal("api").contains("GET /administration/people true [" + token + "]"),
                house.journal("api").toString());
        assertTrue(house.journal("api").contains("POST /administration/people/invite true [" + token + "]"));
    }

    @Test
    void thePhonesSecretIsInTheAnswerAndNeitherItNorATokenInAnyLog() throws Exception {
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler every = new Handler() {
            @Override
            public void publish(LogRecord line) {
                logged.add(new SimpleFormatter().format(line));
            }

            @Override
            public void flush() {
                // nothing is kept back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger root = Logger.getLogger("dev.memoir");
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        root.addHandler(every);
        try {
            String token = administrator();
            HttpResponse<String> phone = act("phone", "{}");
            JsonNode settings = json(phone);
            assertEquals("originals", settings.path("bucket").asText());
            assertEquals(
                    house.memoir().machine().storeForBrowsers(),
                    settings.path("endpoint").asText());
            assertEquals("no-store", phone.headers().firstValue("Cache-Control").orElse(""));
            String secret = settings.path("secretKey").asText();
            assertEquals(48, secret.length());
            act("faces", "{\"wanted\":\"" + secret + "\"}");
            act(secret, "{}");
            send("POST", "/administration/sweep", token + "x", "{}");
            String job = json(act("sweep", "{}")).path("id").asText();
            Await.until("the sweep is told of", () -> logged.toString().contains("sweep is done"));
            assertTrue(house.memoir().machine().custodian().job(job).isPresent());
            try (var logs = Files.list(house.data().resolve("logs"))) {
                for (Path log : logs.toList()) {
                    logged.add(Files.readString(log));
                }
            }
            assertFalse(logged.toString().contains(secret));
            assertFalse(logged.toString().contains(token));
        } finally {
            root.removeHandler(every);
            root.setLevel(before);
        }
    }

    private String administrator() throws Exception {
        return new HouseTokens(TokenKeys.in(house.data().resolve("secrets")))
                .bearer(new Claims("anna", ADMINISTRATORS, Map.of()), HOUR);
    }

    private HttpResponse<String> act(String path, String body) throws Exception {
        return send("POST", "/administration/" + path, administrator(), body);
    }

    private HttpResponse<String> send(String method, String path, String token, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(house.memoir().address() + path))
                .setHeader("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }
}
