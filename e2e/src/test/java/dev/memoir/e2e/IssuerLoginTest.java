package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.testkit.TestKeycloak;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Memoir on one machine whose people are a real Keycloak's. */
class IssuerLoginTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Household household = new Household();
    private TestKeycloak keycloak;

    @BeforeEach
    void start() {
        keycloak = TestKeycloak.start();
    }

    @AfterEach
    void stop() {
        household.close();
        keycloak.close();
    }

    @Test
    void peopleOfAKeycloakComeInWithItsTokensAndPagesLearnWhereToLogIn() throws Exception {
        List<String> settings = List.of(
                "--set", "identity.issuer=" + keycloak.issuer(),
                "--set", "identity.audience=" + TestKeycloak.AUDIENCE,
                "--set", "identity.clientId=" + TestKeycloak.CLIENT);
        String said = household
                .launch(household.starting(Stream.concat(Stream.of("up", "--detach"), settings.stream())
                        .toArray(String[]::new)))
                .finish()
                .mustSucceed()
                .out();
        assertTrue(!said.contains("/#/welcome"), "the house has no people of its own: " + said);

        HttpResponse<String> config = get("/login/config.json");
        assertEquals("oidc", JSON.readTree(config.body()).path("kind").asText());
        assertEquals(
                keycloak.issuer(), JSON.readTree(config.body()).path("issuer").asText());
        String policy = config.headers().firstValue("Content-Security-Policy").orElseThrow();
        String origin = keycloak.issuer().replace("/realms/memoir", "");
        String connect = Stream.of(policy.split("; "))
                .filter(part -> part.startsWith("connect-src"))
                .findFirst()
                .orElseThrow();
        assertTrue(connect.endsWith(" " + origin), connect);

        String anna = keycloak.token();
        JsonNode instance = JSON.readTree(ask(anna).body()).at("/data/instance");
        assertEquals(36, instance.path("subject").asText().length(), "Keycloak's own id: " + instance);
        String forged = anna.substring(0, anna.lastIndexOf('.') + 1) + "A".repeat(342);
        assertEquals(401, ask(forged).statusCode());
        assertEquals(404, post("/login/password", "{}").statusCode());

        String refusal = household.memoir("user", "invite").err();
        assertTrue(refusal.contains("identity.issuer"), refusal);
    }

    private HttpResponse<String> ask(String token) throws Exception {
        return post("/graphql", "{\"query\":\"{ instance { subject } }\"}", "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(household.address() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(household.address() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
