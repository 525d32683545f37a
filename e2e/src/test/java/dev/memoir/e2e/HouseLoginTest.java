package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the link that {@code up} prints to what a family sees of its library. */
class HouseLoginTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Household household = new Household();
    private String firstLink;

    @BeforeEach
    void start() {
        firstLink = link(household.up().mustSucceed().out(), "welcome");
    }

    @AfterEach
    void stop() {
        household.close();
    }

    @Test
    void theFirstPersonComesInInvitesAChildAndEachSeesWhatIsTheirsToSee() throws Exception {
        household.memoir("add", Photos.sample("photos").toString()).mustSucceed();
        household.awaitSettled();
        assertEquals("{\"kind\":\"house\"}", get("/login/config.json"));

        String anna = enter("/login/first", firstLink, "anna");
        String child = enter(
                "/login/invitation",
                link(household.memoir("user", "invite").mustSucceed().out(), "invitation"),
                "carl");
        String guest = enter(
                "/login/invitation",
                link(household.memoir("user", "invite", "--guest").mustSucceed().out(), "invitation"),
                "gast");

        int all = listed(anna);
        assertTrue(all >= 4, "listed " + all);
        assertEquals(all, listed(child), "none of the samples is hidden from children");
        assertEquals(0, listed(guest));
        String id = ask(anna, "{ assets(first: 1) { edges { node { id } } } }")
                .at("/data/assets/edges/0/node/id")
                .asText();
        assertEquals("NOT_POSSIBLE", trash(child, id));
        assertEquals("NOT_FOUND", trash(guest, id));
        assertEquals("DONE", trash(anna, id));
        assertEquals(all - 1, listed(child));
        String why =
                household.memoir("access", "explain", "carl", id).mustSucceed().out();
        assertTrue(why.contains("hidden-in-the-trash"), why);

        String key = household
                .memoir("apikey", "create", "frame", "--scope", "read", "--for", "anna")
                .mustSucceed()
                .out()
                .strip();
        assertEquals(all - 1, listed(key));
        assertEquals(
                "INSUFFICIENT_SCOPE",
                ask(key, "mutation { trash(ids: []) { outcome } }")
                        .at("/errors/0/extensions/code")
                        .asText());
        household.memoir("apikey", "revoke", "frame").mustSucceed();
        String refused = ask(key, "{ instance { assets } }").toString();
        assertTrue(refused.contains("revoked"), refused);
        Ran wrong = household.memoir("query", "{ instance { assets } }", "--key", "mk_wrong");
        assertEquals(1, wrong.exitCode());
        assertTrue(wrong.err().contains("./memoir apikey list"), wrong.err());

        assertFalse(household.up().out().contains("/#/welcome"), "the house has somebody now");
        HttpResponse<String> again = post("/login/first", firstLink, "eve");
        assertEquals(401, again.statusCode());
    }

    private String enter(String path, String link, String name) throws Exception {
        HttpResponse<String> in = post(path, link, name);
        assertEquals(200, in.statusCode(), in.body());
        assertTrue(in.headers().firstValue("Set-Cookie").isPresent());
        return JSON.readTree(in.body()).path("token").asText();
    }

    private HttpResponse<String> post(String path, String link, String name) throws Exception {
        String ticket = link.substring(link.indexOf("ticket=") + "ticket=".length());
        String body = JSON.writeValueAsString(Map.of("ticket", ticket, "name", name, "password", PASSWORD));
        return http.send(
                HttpRequest.newBuilder(URI.create(household.address() + path))
                        .header("Content-Type", "application/json")
                        .header("Origin", household.address().toString())
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int listed(String token) throws Exception {
        JsonNode answer = ask(token, "{ instance { assets } assets(first: 500) { edges { node { id } } } }");
        int listed = answer.at("/data/assets/edges").size();
        assertEquals(listed, answer.at("/data/instance/assets").asInt(), answer.toString());
        return listed;
    }

    private String trash(String token, String id) throws Exception {
        return ask(token, "mutation { trash(ids: [\"" + id + "\"]) { outcome } }")
                .at("/data/trash/0/outcome")
                .asText();
    }

    private JsonNode ask(String token, String query) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(household.address() + "/graphql"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of("query", query))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    private String get(String path) throws Exception {
        return http.send(
                        HttpRequest.newBuilder(URI.create(household.address() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static String link(String printed, String page) {
        return printed.lines()
                .filter(line -> line.contains("/#/" + page + "?ticket="))
                .findFirst()
                .orElseThrow(() -> new AssertionError(printed))
                .strip();
    }
}
