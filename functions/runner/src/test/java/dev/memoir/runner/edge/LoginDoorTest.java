package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.runner.fake.House;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real edge in front of a function that only says what it was asked. */
class LoginDoorTest {
    private static final String RIGHT = "{\"name\":\"anna\",\"password\":\"right\"}";
    private static final String WRONG = "{\"name\":\"anna\",\"password\":\"wrong\"}";
    private static final Duration HOUR = Duration.ofHours(1);

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
                        "login.addressBurst=1000000",
                        "--set",
                        "login.rate=1",
                        "--set",
                        "login.burst=40",
                        "--set",
                        "edge.addressRate=1000000",
                        "--set",
                        "edge.addressBurst=1000000");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void howToLogInIsSaidWithoutWakingAnybody() throws Exception {
        HttpResponse<String> config = house.get("/login/config.json");
        assertEquals("{\"kind\":\"house\"}", config.body());
        assertEquals(
                "application/json", config.headers().firstValue("Content-Type").orElse(""));
        assertEquals(0, house.starts("api"));
    }

    @Test
    void tenThousandStrangersWakeNothingOutsideTheListAndTheListHasABudget() throws Exception {
        String forged = new HouseTokens(TokenKeys.in(Files.createDirectories(folder.resolve("other"))))
                .session("anna", "s1", HOUR);
        List<Attempt> strangers = List.of(
                new Attempt("/graphql", "{\"query\":\"{a}\"}", ""),
                new Attempt("/login/token", "{}", ""),
                new Attempt("/login/token", "{}", "memoir_session=" + forged),
                new Attempt("/login/change", RIGHT, "memoir_session=nonsense"),
                new Attempt("/login/logout", "{}", "memoir_session=" + forged),
                new Attempt("/login/first", "{\"ticket\":\"" + forged + "\",\"name\":\"a\",\"password\":\"b\"}", ""),
                new Attempt("/login/invitation", "{\"ticket\":1}", ""),
                new Attempt("/login/password", "{\"name\":\"anna\"}", ""),
                new Attempt("/login/password", "not json", ""),
                new Attempt("/login/passkey", "{\"ticket\":\"" + forged + "\",\"id\":\"a\"}", ""),
                new Attempt("/login/passkeys", "{}", ""),
                new Attempt("/login/passkeys/add", "{}", "memoir_session=" + forged),
                new Attempt("/login/other", RIGHT, ""));
        for (int i = 0; i < 900; i++) {
            for (Attempt stranger : strangers) {
                HttpResponse<String> answer = post(stranger.path(), stranger.body(), "Cookie", stranger.cookie());
                assertTrue(List.of(204, 400, 401, 404).contains(answer.statusCode()), stranger + ": " + answer.body());
            }
        }
        assertEquals(0, house.starts("api"));

        long began = System.nanoTime();
        for (int i = 0; i < 1000; i++) {
            int status = post("/login/password", "{\"name\":\"n" + i + "\",\"password\":\"wrong\"}")
                    .statusCode();
            assertTrue(status == 401 || status == 429, "status " + status);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        long passedOn = asked("/login/password");
        assertTrue(passedOn >= 40 && passedOn <= 41 + seconds, passedOn + " passed on in " + seconds + " s");
    }

    private record Attempt(String path, String body, String cookie) {}

    @Test
    void whoGuessesWaitsLongerEachTimeAndNobodyElseDoes() throws Exception {
        for (int guess = 0; guess < 5; guess++) {
            assertEquals(401, post("/login/password", WRONG).statusCode());
        }
        HttpResponse<String> locked = post("/login/password", RIGHT);
        assertEquals(429, locked.statusCode());
        assertTrue(locked.body().contains("\"code\":\"TOO_MANY\""), locked.body());
        int wait = Integer.parseInt(locked.headers().firstValue("Retry-After").orElseThrow());
        assertTrue(wait > 20 && wait <= 30, "wait " + wait);
        assertEquals(5, asked("/login/password"));
        assertEquals(200, post("/login/password", RIGHT.replace("anna", "bob")).statusCode());
    }

    @Test
    void theApisAnswerComesWithItsCookieAndNothingElseOfIt() throws Exception {
        HttpResponse<String> in = post("/login/password", RIGHT, "Origin", "https://" + host(), "X-Secret", "a");
        assertEquals(200, in.statusCode());
        assertEquals("{\"token\":\"t\"}", in.body());
        assertTrue(in.headers().firstValue("Set-Cookie").isPresent());
        assertEquals(Optional.empty(), in.headers().firstValue("X-Secret"));
        assertTrue(house.journal("api").contains("login /login/password true https null"));
    }

    @Test
    void aGoodCookieAndAGoodTicketComeThrough() throws Exception {
        HouseTokens tokens = new HouseTokens(TokenKeys.in(house.data().resolve("secrets")));
        String session = "memoir_session=" + tokens.session("anna", "s1", HOUR);
        assertEquals(200, post("/login/token", "{}", "Cookie", session).statusCode());
        String ticket = tokens.ticket("first", HOUR);
        Map<String, Integer> expected = Map.of(ticket, 200, ticket + "x", 401, session.substring(15), 401);
        for (var entry : expected.entrySet()) {
            String body = "{\"ticket\":\"" + entry.getKey() + "\",\"name\":\"a\",\"password\":\"right\"}";
            assertEquals((int) entry.getValue(), post("/login/first", body).statusCode());
        }
        String bearer = new HouseTokens(TokenKeys.in(house.data().resolve("secrets")))
                .bearer(new Claims("anna", Set.of(), Map.of("session", "s1")), HOUR);
        assertEquals(
                401,
                post("/login/token", "{}", "Cookie", "memoir_session=" + bearer).statusCode());
        assertEquals(
                401, house.graphql(Optional.of(session.substring(15)), "{}").statusCode());
    }

    @Test
    void aChallengeWakesNobodyAndOnlyWhoShowsOneOfThisHousesMayAnswer() throws Exception {
        JsonObject given = new JsonObject(post("/login/passkey/challenge", "{}").body());
        assertEquals(0, house.starts("api"));
        assertEquals(43, given.getString("challenge").length());
        String answer = new JsonObject()
                .put("ticket", given.getString("ticket"))
                .put("id", "wrong key")
                .encode();

        assertEquals(
                401,
                post("/login/passkey", answer, "Origin", "https://" + host()).statusCode());
        assertTrue(house.journal("api").stream().anyMatch(line -> line.startsWith("login /login/passkey ")));
        for (int attempt = 0; attempt < 4; attempt++) {
            assertEquals(401, post("/login/passkey", answer).statusCode());
        }
        assertEquals(429, post("/login/passkey", answer).statusCode());
        assertEquals(
                400, post("/login/passkey", answer.replace("wrong key", "")).statusCode());
        String adding = new HouseTokens(TokenKeys.in(house.data().resolve("secrets")))
                .challenge(Optional.of("s1"))
                .ticket();
        String forAdding = new JsonObject().put("ticket", adding).put("id", "a").encode();
        assertEquals(401, post("/login/passkey", forAdding).statusCode());
        assertEquals(5, asked("/login/passkey "));
    }

    @Test
    void aPageFromElsewhereIsTurnedAway() throws Exception {
        assertEquals(
                403,
                post("/login/password", RIGHT, "Origin", "https://evil.example").statusCode());
        assertEquals(403, post("/login/password", RIGHT, "Origin", "null").statusCode());
        assertEquals(415, send("/login/password", RIGHT, "text/plain").statusCode());
        assertEquals(413, post("/login/password", "x".repeat(5000)).statusCode());
        assertEquals(405, house.get("/login/password").statusCode());
        assertEquals(0, house.starts("api"));
    }

    private long asked(String path) throws Exception {
        return house.journal("api").stream()
                .filter(line -> line.startsWith("login " + path))
                .count();
    }

    private String host() {
        return URI.create(house.memoir().address()).getAuthority();
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(path, body, "application/json; charset=utf-8", headers);
    }

    private HttpResponse<String> send(String path, String body, String type, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(house.memoir().address() + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
