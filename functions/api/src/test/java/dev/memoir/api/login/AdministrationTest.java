package dev.memoir.api.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.api.ApiParts;
import dev.memoir.house.Household;
import dev.memoir.house.Rights;
import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.KeyTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People and accounts, as the edge asks for them. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class AdministrationTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String PASSWORD = "correct horse battery";
    private static final Rights CHILD = new Rights(new TreeSet<>(List.of("family")), new TreeMap<>());

    @Inject
    MediaStore store;

    @ConfigProperty(name = "quarkus.http.test-port")
    int port;

    @ConfigProperty(name = "memoir.house.keys")
    String keys;

    private Household household;

    @BeforeEach
    void open() {
        household = new Household(store.documents(), Set.of("home"), "console", Clock.systemUTC());
    }

    @Test
    void anAdministratorInvitesGivesRightsAndRemovesAndIsNamedInTheNotes() throws Exception {
        household.add("olga", Rights.ofFirst(), PASSWORD);
        String olga = bearer("olga", "admin");

        JsonNode link = json(
                ask(olga, "/invite", Map.of("name", "paul", "family", true, "adult", false, "administrator", false)));
        HttpResponse<String> in = post(
                "/login/invitation",
                Map.of("ticket", link.path("ticket").asText(), "name", "paul", "password", PASSWORD));
        assertEquals(200, in.statusCode(), in.body());

        JsonNode paul = json(
                ask(olga, "/rights", Map.of("name", "paul", "family", false, "adult", true, "administrator", false)));
        assertEquals(
                "{\"name\":\"paul\",\"family\":false,\"adult\":true,\"administrator\":false,\"sessions\":1}",
                without(paul, "createdAt"));
        JsonNode people = json(look(olga, ""));
        assertTrue(
                people.path("people")
                        .valueStream()
                        .anyMatch(person -> person.path("name").asText().equals("olga")
                                && person.path("administrator").asBoolean()),
                people.toString());
        assertFalse(people.toString().contains("Hash") || people.toString().contains("$2a$"), people.toString());

        JsonNode reset = json(ask(olga, "/reset", Map.of("name", "paul")));
        assertEquals(
                200,
                post(
                                "/login/invitation",
                                Map.of(
                                        "ticket",
                                        reset.path("ticket").asText(),
                                        "name",
                                        "paul",
                                        "password",
                                        PASSWORD + "!"))
                        .statusCode());
        assertEquals(200, ask(olga, "/remove", Map.of("name", "paul")).statusCode());
        assertEquals(
                401,
                post("/login/password", Map.of("name", "paul", "password", PASSWORD + "!"))
                        .statusCode());
        JsonNode notes = json(look(olga, "/changes")).path("changes");
        assertEquals("user.removed", notes.at("/0/what").asText());
        assertEquals("olga", notes.at("/0/by").asText());
        assertEquals("paul", notes.at("/0/whom").asText());
    }

    @Test
    void whoDoesNotAdministerAnyMoreOrNeverDidFindsNothing() throws Exception {
        household.add("rita", Rights.ofFirst(), PASSWORD);
        household.add("sven", Rights.ofFirst(), PASSWORD);
        household.add("tara", CHILD, PASSWORD);
        String sven = bearer("sven", "admin");
        assertEquals(200, look(sven, "").statusCode());
        household.give("sven", CHILD);

        for (String token : List.of(sven, bearer("tara", "family"), bearer("nobody", "admin"), "a.b.c", "")) {
            assertEquals(404, look(token, "").statusCode());
            assertEquals(404, ask(token, "/remove", Map.of("name", "tara")).statusCode());
        }
        assertEquals("tara", household.user("tara").name());
    }

    @Test
    void anAdministratorSaysHowMuchSomebodyMayKeep() throws Exception {
        household.add("urs", Rights.ofFirst(), PASSWORD);
        household.add("ueli", CHILD, PASSWORD);
        String urs = bearer("urs", "admin");
        assertEquals(
                200L << 30,
                json(ask(urs, "/quota", Map.of("name", "ueli", "quota", "200G")))
                        .path("quota")
                        .asLong());
        assertEquals(
                400, ask(urs, "/quota", Map.of("name", "ueli", "quota", "lots")).statusCode());
        ask(urs, "/rights", Map.of("name", "ueli", "family", false, "adult", true, "administrator", false));
        JsonNode ueli = json(look(urs, ""))
                .path("people")
                .valueStream()
                .filter(person -> person.path("name").asText().equals("ueli"))
                .findFirst()
                .orElseThrow();
        assertEquals(200L << 30, ueli.path("quota").asLong(), "it stays when rights are given");
        assertTrue(ueli.path("bytes").isNumber(), ueli.toString());
        assertEquals(
                "214748364800", household.user("ueli").rights().attributes().get("quota"));
        assertFalse(
                json(ask(urs, "/quota", Map.of("name", "ueli", "quota", ""))).has("quota"));
    }

    @Test
    void whatCannotBeIsSaidAndChangesNothing() throws Exception {
        household.add("vera", Rights.ofFirst(), PASSWORD);
        String vera = bearer("vera", "admin");
        assertEquals(400, ask(vera, "/rights", Map.of("name", "vera")).statusCode());
        assertEquals(400, ask(vera, "/remove", Map.of()).statusCode());
        assertEquals(400, ask(vera, "/remove", Map.of("name", "not there")).statusCode());
        assertEquals(
                409,
                ask(vera, "/invite", Map.of("name", "vera", "family", true, "adult", true, "administrator", false))
                        .statusCode());
        assertTrue(household.user("vera").rights().administers());
    }

    @Test
    void peopleSeeAndEndTheirOwnSessionsAndGetNewCodesByTheirPassword() throws Exception {
        household.add("walt", CHILD, PASSWORD);
        household.add("xena", CHILD, PASSWORD);
        String here =
                cookie(post("/login/password", Map.of("name", "walt", "password", PASSWORD), "User-Agent", "here"));
        String there =
                cookie(post("/login/password", Map.of("name", "walt", "password", PASSWORD), "User-Agent", "there"));
        String other = cookie(post("/login/password", Map.of("name", "xena", "password", PASSWORD)));

        JsonNode account = json(post("/login/sessions", Map.of(), "Cookie", here));
        assertEquals("walt", account.path("name").asText());
        assertEquals(0, account.path("recoveryCodes").asInt());
        List<JsonNode> sessions = account.path("sessions").valueStream().toList();
        assertEquals(2, sessions.size());
        JsonNode away = sessions.stream()
                .filter(session -> !session.path("current").asBoolean())
                .findFirst()
                .orElseThrow();
        assertEquals("there", away.path("device").asText());

        Map<String, Object> end = Map.of("id", away.path("id").asText());
        assertEquals(204, post("/login/sessions/end", end, "Cookie", other).statusCode());
        assertEquals(200, post("/login/token", Map.of(), "Cookie", there).statusCode());
        assertEquals(204, post("/login/sessions/end", end, "Cookie", here).statusCode());
        assertEquals(401, post("/login/token", Map.of(), "Cookie", there).statusCode());
        assertEquals(401, post("/login/sessions", Map.of(), "Cookie", there).statusCode());

        assertEquals(
                401,
                post("/login/codes", Map.of("password", "wrong password"), "Cookie", here)
                        .statusCode());
        JsonNode codes = json(post("/login/codes", Map.of("password", PASSWORD), "Cookie", here))
                .path("codes");
        assertEquals(8, codes.size());
        assertEquals(
                200,
                post(
                                "/login/password",
                                Map.of("name", "walt", "password", codes.get(0).asText()))
                        .statusCode());
    }

    @Test
    void aPersonMakesAKeyThatAsksAsThemUntilItIsRevoked() throws Exception {
        household.add("yara", Rights.ofFirst(), PASSWORD);
        household.add("zoe", CHILD, PASSWORD);
        String yara = cookie(post("/login/password", Map.of("name", "yara", "password", PASSWORD)));
        String zoe = cookie(post("/login/password", Map.of("name", "zoe", "password", PASSWORD)));

        JsonNode made =
                json(post("/login/keys/add", Map.of("name", "frame", "scope", "read", "days", 30), "Cookie", yara));
        String key = made.path("key").asText();
        assertTrue(made.at("/keys/0/usedAt").isNull(), made.toString());
        String id = made.at("/keys/0/id").asText();

        String token =
                json(post("/login/key", Map.of("key", key))).path("token").asText();
        Claims claims = BearerVerifier.of(
                        TokenKeys.in(Path.of(keys)).publicJwks(), HouseTokens.ISSUER, HouseTokens.BEARERS)
                .verify(token);
        assertEquals(new Claims("yara", Set.of("family"), Map.of("adult", "true"), Scope.READ), claims);
        assertEquals(404, look(token, "").statusCode(), "it does not administer");
        JsonNode listed = json(post("/login/keys", Map.of(), "Cookie", yara));
        assertTrue(listed.at("/keys/0/usedAt").isTextual(), listed.toString());
        assertFalse(listed.toString().contains(key), "it is told once");
        for (String document : store.documents().list(".memoir/").toList()) {
            String text =
                    new String(store.documents().read(document).orElseThrow().content(), StandardCharsets.UTF_8);
            assertFalse(text.contains(key.substring(3)), document);
        }

        String forged = new KeyTokens("another secret").fresh().key();
        String never = new KeyTokens(ApiParts.DELIVERY_TOKEN).fresh().key();
        for (String wrong : List.of(forged, never, "", key.substring(3), id)) {
            assertEquals(401, post("/login/key", Map.of("key", wrong)).statusCode());
        }
        assertEquals(401, post("/login/keys", Map.of()).statusCode());
        assertEquals(
                400, post("/login/keys/revoke", Map.of("id", id), "Cookie", zoe).statusCode());
        assertEquals(200, post("/login/key", Map.of("key", key)).statusCode());
        assertEquals(
                400,
                post("/login/keys/add", Map.of("name", "root", "scope", "admin", "days", 1), "Cookie", zoe)
                        .statusCode());
        assertEquals(
                400,
                post("/login/keys/add", Map.of("name", "x", "scope", "all", "days", 1), "Cookie", zoe)
                        .statusCode());
        assertEquals(
                200,
                post("/login/keys/revoke", Map.of("id", id), "Cookie", yara).statusCode());
        assertEquals(401, post("/login/key", Map.of("key", key)).statusCode());
    }

    private static String without(JsonNode json, String field) {
        return ((ObjectNode) json).without(field).toString();
    }

    private static String cookie(HttpResponse<String> answer) {
        return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
    }

    private String bearer(String name, String group) throws Exception {
        return new HouseTokens(TokenKeys.in(Path.of(keys)))
                .bearer(new Claims(name, Set.of(group), Map.of()), Duration.ofHours(1));
    }

    private HttpResponse<String> look(String bearer, String path) throws Exception {
        return HTTP.send(
                request("/administration/people" + path, HouseTokens.ADMINISTRATOR, bearer)
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> ask(String bearer, String path, Map<String, Object> body) throws Exception {
        return post("/administration/people" + path, body, HouseTokens.ADMINISTRATOR, bearer);
    }

    private HttpResponse<String> post(String path, Map<String, ?> body, String... headers) throws Exception {
        return HTTP.send(
                request(path, headers)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + ApiParts.DELIVERY_TOKEN);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }
}
