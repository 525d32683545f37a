package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.KeyTokens;
import dev.memoir.identity.LinkTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.runner.fake.House;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real edge in front of a function that only says what it was asked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyDoorTest {
    private static final String QUESTION = "{\"query\":\"{a}\"}";

    private final HttpClient http = HttpClient.newHttpClient();
    private House house;
    private String secret;
    private KeyTokens keys;
    private Path worth;
    private int before;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        house = House.in(folder)
                .start(
                        "--idle",
                        "60",
                        "--set",
                        "edge.addressRate=1000000",
                        "--set",
                        "edge.addressBurst=1000000",
                        "--set",
                        "edge.rate=1",
                        "--set",
                        "edge.burst=20");
        secret = new ObjectMapper()
                .readTree(house.data().resolve("secrets/delivery.json").toFile())
                .path("token")
                .asText();
        keys = new KeyTokens(secret);
        worth = house.data().resolve("run/token-of-keys");
    }

    @BeforeEach
    void nothingIsGood() throws Exception {
        Files.deleteIfExists(worth);
        before = house.journal("api").size();
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @Test
    void aThousandGuessesWakeNothing() throws Exception {
        String others = new KeyTokens("another secret").fresh().key();
        String link = "mk_" + new LinkTokens(secret).fresh().token();
        for (int i = 0; i < 250; i++) {
            assertEquals(401, ask(new KeyTokens("guess " + i).fresh().key()).statusCode());
            assertEquals(401, ask("mk_" + "A".repeat(i)).statusCode());
            assertEquals(401, ask(link).statusCode());
            assertEquals(404, administration("status", others).statusCode());
        }
        assertEquals(
                404,
                http.send(
                                request("/login/key", keys.fresh().key(), "{\"key\":\"x\"}"),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode(),
                "whoever is outside can't exchange it");
        assertEquals(List.of(), asked());
    }

    @Test
    void aKeyIsExchangedEachTimeSoThatOneThatIsRevokedEndsAtOnce() throws Exception {
        String key = keys.fresh().key();
        Files.writeString(worth, "what it is worth");

        assertEquals(200, ask(key).statusCode());
        assertEquals(200, ask(key).statusCode());
        Files.delete(worth);
        HttpResponse<String> revoked = ask(key);

        assertEquals(401, revoked.statusCode());
        assertTrue(revoked.body().contains("it was revoked"), revoked.body());
        String question = "graphql " + QUESTION.length() + " [Bearer what it is worth]";
        assertEquals(
                List.of("key true null", question, "key true null", question, "key true null"),
                asked().stream().filter(line -> !line.equals("start")).toList());
    }

    @Test
    void onlyAKeyThatAdministersOpensTheAdministration() throws Exception {
        String key = keys.fresh().key();
        for (Scope scope : Scope.values()) {
            Files.writeString(worth, bearer(scope));
            int expected = scope == Scope.ADMIN ? 200 : 404;
            assertEquals(expected, administration("status", key).statusCode(), scope.token());
            assertEquals(expected, administration("people", key).statusCode(), scope.token());
            assertEquals(
                    scope == Scope.ADMIN ? 202 : 405,
                    http.send(request("/administration/sweep", key, "{}"), HttpResponse.BodyHandlers.ofString())
                            .statusCode(),
                    scope.token());
        }
        assertTrue(house.journal("api").contains("GET /administration/people true [" + Files.readString(worth) + "]"));
    }

    @Test
    void requestsAreCountedByTheKey() throws Exception {
        Files.writeString(worth, "good");
        String key = keys.fresh().key();
        long began = System.nanoTime();
        int passed = 0;
        for (int i = 0; i < 60; i++) {
            int status = ask(key).statusCode();
            assertTrue(status == 200 || status == 429, "status " + status);
            passed += status == 200 ? 1 : 0;
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        assertTrue(passed >= 20 && passed <= 21 + seconds, passed + " passed on in " + seconds + " s");
        assertEquals(200, ask(keys.fresh().key()).statusCode(), "another one is not held up");
    }

    /** What the API was asked in this test, and whether it was started for it. */
    private List<String> asked() throws Exception {
        List<String> all = house.journal("api");
        return all.subList(before, all.size());
    }

    private String bearer(Scope scope) throws Exception {
        return new HouseTokens(TokenKeys.in(house.data().resolve("secrets")))
                .bearer(new Claims("anna", Set.of(Claims.ADMINISTRATORS), Map.of(), scope), Duration.ofMinutes(1));
    }

    private HttpResponse<String> ask(String key) throws Exception {
        return house.graphql(Optional.of(key), QUESTION);
    }

    private HttpResponse<String> administration(String path, String key) throws Exception {
        return house.get("/administration/" + path, "Authorization", "Bearer " + key);
    }

    private HttpRequest request(String path, String key, String body) {
        return HttpRequest.newBuilder(URI.create(house.memoir().address() + path))
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
