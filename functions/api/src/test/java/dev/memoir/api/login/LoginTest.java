package dev.memoir.api.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.api.ApiParts;
import dev.memoir.house.Household;
import dev.memoir.house.Invitation;
import dev.memoir.house.Rights;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.TokenKeys;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The function as the edge asks it. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class LoginTest {
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
    void thePasswordGivesATokenThatOpensGraphQlAndACookieThatGivesTheNext() throws Exception {
        household.add("lena", CHILD, PASSWORD);

        HttpResponse<String> in = post("/login/password", Map.of("name", "lena", "password", PASSWORD));

        assertEquals(200, in.statusCode(), in.body());
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertTrue(cookie.contains("HTTPOnly") && cookie.contains("SameSite=Strict"), cookie);
        assertFalse(cookie.contains("Secure"), cookie);
        assertEquals("lena", subject(json(in).path("token").asText()));
        Instant end = Instant.parse(json(in).path("expiresAt").asText());
        assertTrue(end.isBefore(Instant.now().plus(Duration.ofMinutes(16))), end.toString());

        HttpResponse<String> next = post("/login/token", Map.of(), "Cookie", cookie.split(";")[0]);
        assertEquals("lena", subject(json(next).path("token").asText()));
        assertEquals(Optional.empty(), next.headers().firstValue("Set-Cookie"));

        HttpResponse<String> out = post("/login/logout", Map.of(), "Cookie", cookie.split(";")[0]);
        assertEquals(204, out.statusCode());
        assertTrue(out.headers().firstValue("Set-Cookie").orElseThrow().contains("Max-Age=0"));
        assertEquals(
                401,
                post("/login/token", Map.of(), "Cookie", cookie.split(";")[0]).statusCode());
    }

    @Test
    void behindHttpsTheCookieStaysThere() throws Exception {
        household.add("tim", CHILD, PASSWORD);
        HttpResponse<String> in =
                post("/login/password", Map.of("name", "tim", "password", PASSWORD), "X-Forwarded-Proto", "https");
        assertTrue(in.headers().firstValue("Set-Cookie").orElseThrow().contains("Secure"));
    }

    @Test
    void wrongNamesAndPasswordsAreToldAlike() throws Exception {
        household.add("mia", CHILD, PASSWORD);
        HttpResponse<String> name = post("/login/password", Map.of("name", "nobody", "password", PASSWORD));
        HttpResponse<String> password = post("/login/password", Map.of("name", "mia", "password", "wrong password"));
        assertEquals(401, name.statusCode());
        assertEquals(401, password.statusCode());
        assertEquals(name.body(), password.body());
        assertEquals("UNAUTHENTICATED", json(name).at("/error/code").asText());
    }

    @Test
    void aLinkIsGoodOnceAndForOnePerson() throws Exception {
        Invitation invitation = household.invite(Optional.empty(), CHILD);
        String ticket = new HouseTokens(TokenKeys.in(Path.of(keys))).ticket(invitation.id(), Duration.ofHours(1));

        assertEquals(
                "WEAK_PASSWORD",
                json(post("/login/invitation", Map.of("ticket", ticket, "name", "noah", "password", "short")))
                        .at("/error/code")
                        .asText());
        HttpResponse<String> in =
                post("/login/invitation", Map.of("ticket", ticket, "name", "noah", "password", PASSWORD));
        HttpResponse<String> again =
                post("/login/invitation", Map.of("ticket", ticket, "name", "finn", "password", PASSWORD));

        assertEquals("noah", subject(json(in).path("token").asText()));
        assertEquals(401, again.statusCode());
        assertEquals("BAD_TICKET", json(again).at("/error/code").asText());
        String made = new HouseTokens(TokenKeys.in(java.nio.file.Files.createTempDirectory("other")))
                .ticket(invitation.id(), Duration.ofHours(1));
        assertEquals(
                401,
                post("/login/first", Map.of("ticket", made, "name", "eve", "password", PASSWORD))
                        .statusCode());
    }

    @Test
    void aNewPasswordNeedsTheOldOne() throws Exception {
        household.add("emma", CHILD, PASSWORD);
        HttpResponse<String> in = post("/login/password", Map.of("name", "emma", "password", PASSWORD));
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        Map<String, String> wrong = Map.of("password", "wrong password", "newPassword", "another password");
        assertEquals(401, post("/login/change", wrong, "Cookie", cookie).statusCode());

        Map<String, String> right = Map.of("password", PASSWORD, "newPassword", "another password");
        assertEquals(200, post("/login/change", right, "Cookie", cookie).statusCode());

        assertEquals(401, post("/login/token", Map.of(), "Cookie", cookie).statusCode());
        assertEquals(
                200,
                post("/login/password", Map.of("name", "emma", "password", "another password"))
                        .statusCode());
    }

    @Test
    void passkeysAreForWhoIsInAndForPagesThatBrowsersGiveThemTo() throws Exception {
        household.add("paula", CHILD, PASSWORD);
        HttpResponse<String> in = post("/login/password", Map.of("name", "paula", "password", PASSWORD));
        String cookie = in.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        String page = "https://photos.example.org";

        assertEquals(401, post("/login/passkeys", Map.of()).statusCode());
        assertEquals(
                "{\"passkeys\":[]}",
                post("/login/passkeys", Map.of(), "Cookie", cookie).body());
        HttpResponse<String> plain =
                post("/login/passkeys/prepare", Map.of(), "Cookie", cookie, "Origin", "http://192.168.1.2:7700");
        assertEquals("NO_PASSKEYS", json(plain).at("/error/code").asText());
        JsonNode prepared = json(post("/login/passkeys/prepare", Map.of(), "Cookie", cookie, "Origin", page));
        assertEquals("photos.example.org", prepared.path("site").asText());
        assertEquals("paula", prepared.path("name").asText());
        assertEquals(64, prepared.path("handle").asText().length());

        Map<String, String> nonsense = Map.of(
                "ticket",
                prepared.path("ticket").asText(),
                "attestationObject",
                "AAAA",
                "clientData",
                "e30",
                "label",
                "");
        HttpResponse<String> made = post("/login/passkeys/add", nonsense, "Cookie", cookie, "Origin", page);
        assertEquals("BAD_PASSKEY", json(made).at("/error/code").asText());
        String otherTicket = new HouseTokens(TokenKeys.in(Path.of(keys)))
                .challenge(Optional.of("another session"))
                .ticket();
        TreeMap<String, String> borrowed = new TreeMap<>(nonsense);
        borrowed.put("ticket", otherTicket);
        assertEquals(
                401,
                post("/login/passkeys/add", borrowed, "Cookie", cookie, "Origin", page)
                        .statusCode());
    }

    @Test
    void aPasskeyThatIsNotKnownLetsNobodyIn() throws Exception {
        HouseTokens.Challenge challenge = new HouseTokens(TokenKeys.in(Path.of(keys))).challenge(Optional.empty());
        Map<String, String> shown = Map.of(
                "ticket", challenge.ticket(),
                "id", "AAAA",
                "handle", "nobody",
                "authenticatorData", "AAAA",
                "clientData", "AAAA",
                "signature", "AAAA");
        HttpResponse<String> answer = post("/login/passkey", shown, "Origin", "http://localhost:7700");
        assertEquals(401, answer.statusCode(), answer.body());
        assertEquals("UNAUTHENTICATED", json(answer).at("/error/code").asText());
        assertEquals(400, post("/login/passkey", shown).statusCode(), "no browser, no passkey");
    }

    @Test
    void whatIsNoQuestionIsRefusedCleanly() throws Exception {
        for (String body : List.of("", "[]", "{", "1", "{\"name\":1,\"password\":2}", "{\"name\":\"a\"}")) {
            HttpResponse<String> answer = send("/login/password", body, true);
            assertEquals(400, answer.statusCode(), body);
            assertEquals("BAD_INPUT", json(answer).at("/error/code").asText());
        }
        assertEquals(
                413,
                send("/login/password", "{\"name\":\"" + "a".repeat(5000) + "\"}", true)
                        .statusCode());
    }

    @Test
    void onlyTheEdgeMayAsk() throws Exception {
        household.add("jonas", CHILD, PASSWORD);
        String body = JSON.writeValueAsString(Map.of("name", "jonas", "password", PASSWORD));
        assertEquals(401, send("/login/password", body, false).statusCode());
    }

    private static String subject(String token) throws Exception {
        return dev.memoir.api.Asking.as(token)
                .path("data")
                .path("instance")
                .path("subject")
                .asText();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String path, Map<String, String> body, String... headers) throws Exception {
        return send(path, JSON.writeValueAsString(body), true, headers);
    }

    private HttpResponse<String> send(String path, String body, boolean asTheEdge, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (asTheEdge) {
            request.header("Authorization", "Bearer " + ApiParts.DELIVERY_TOKEN);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
