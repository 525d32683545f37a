package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.memoir.gateway.EdgeLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayCommandTest {
    @TempDir
    private Path library;

    private HttpServer issuer;
    private String address;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        address = "http://127.0.0.1:" + issuer.getAddress().getPort() + "/home";
        answer(
                "/home/.well-known/openid-configuration",
                "{\"issuer\":\"" + address + "\",\"jwks_uri\":\"" + address + "/keys\"}");
        answer("/home/keys", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\"}]}");
        issuer.start();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    private void answer(String path, String content) {
        issuer.createContext(path, exchange -> {
            byte[] body = content.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private Ran krakend(String issuedBy, String... more) {
        String[] arguments = new String[8 + more.length];
        System.arraycopy(
                new String[] {
                    "gateway",
                    "krakend",
                    "--edge",
                    "http://127.0.0.1:7700/",
                    "--issuer",
                    issuedBy,
                    "--audience",
                    "photos"
                },
                0,
                arguments,
                0,
                8);
        System.arraycopy(more, 0, arguments, 8, more.length);
        return Ran.memoir(library, arguments);
    }

    @Test
    void krakenDIsToldTheIssuersKeysAndTheEdgesOwnLimits() throws IOException {
        Ran ran = krakend(address);

        assertEquals(0, ran.exitCode(), ran.err());
        JsonNode post = Json.parse(ran.out()).at("/endpoints/0");
        assertEquals("http://127.0.0.1:7700", post.at("/backend/0/host/0").asText());
        JsonNode validator = post.path("extra_config").path("auth/validator");
        assertEquals("ES256", validator.path("alg").asText());
        assertEquals(address + "/keys", validator.path("jwk_url").asText());
        JsonNode rate = post.path("extra_config").path("qos/ratelimit/router");
        assertEquals(
                EdgeLimits.PER_SUBJECT.perSecond(), rate.path("client_max_rate").asInt());
        assertEquals(
                EdgeLimits.PER_SUBJECT.burst(), rate.path("client_capacity").asInt());
    }

    @Test
    void groupsAndOriginsAreAskedForOnlyWhereTheyAreWished() throws IOException {
        JsonNode usual = Json.parse(krakend(address).out());
        JsonNode wished = Json.parse(
                krakend(address, "--group", "family", "--groups", "roles", "--origin", "https://photos.example.org")
                        .out());

        assertFalse(usual.path("extra_config").has("security/cors"));
        assertEquals(
                "https://photos.example.org",
                wished.path("extra_config")
                        .path("security/cors")
                        .at("/allow_origins/0")
                        .asText());
        JsonNode validator = wished.at("/endpoints/0/extra_config").path("auth/validator");
        assertEquals("roles", validator.path("roles_key").asText());
        assertEquals("family", validator.at("/roles/0").asText());
    }

    @Test
    void anIssuerThatIsAnotherOneIsRefusedAndSaysWho() {
        Ran ran = krakend(address + "/");

        assertEquals(1, ran.exitCode());
        assertTrue(ran.err().contains("it says that it is " + address), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void anUnsignedTokenIsNeverBelieved() {
        Ran ran = krakend(address, "--algorithm", "none");

        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("RS256, ES256"), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void amazonsNeedsAddressesThatItCanReach() throws IOException {
        Ran inside = Ran.memoir(
                library, "gateway", "aws", "--edge", "http://127.0.0.1:7700", "--issuer", address, "--audience", "a");
        Ran outside = Ran.memoir(
                library,
                "gateway",
                "aws",
                "--edge",
                "https://edge.example.org",
                "--issuer",
                "https://id.example.org",
                "--audience",
                "photos");

        assertEquals(2, inside.exitCode());
        assertEquals(0, outside.exitCode(), outside.err());
        assertEquals(
                "https://edge.example.org/graphql",
                Json.parse(outside.out())
                        .path("paths")
                        .path("/graphql")
                        .path("post")
                        .path("x-amazon-apigateway-integration")
                        .path("uri")
                        .asText());
    }
}
