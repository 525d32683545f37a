package dev.memoir.runner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.runner.Settings;
import dev.memoir.runner.fake.House;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An issuer elsewhere, as one machine finds and follows it. */
class OidcIssuerTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private String issuer;
    private volatile String configuration;
    private volatile String jwks;

    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realm/.well-known/openid-configuration", exchange -> {
            byte[] body = configuration.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/keys", exchange -> {
            byte[] body = jwks.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        issuer = address + "/realm";
        configuration = "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + address + "/keys\"}";
        jwks = keys("one").publicJwks();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private TokenKeys keys(String name) throws IOException {
        return TokenKeys.in(Files.createDirectories(folder.resolve(name)));
    }

    private String token(String keys) throws IOException {
        return new TokenIssuer(keys(keys), issuer, "photos")
                .issue(new Claims("anna", Set.of("family"), Map.of()), Duration.ofHours(1));
    }

    @Test
    void peopleOfAnIssuerElsewhereComeInAndItsNewKeysAreFollowed() throws Exception {
        try (House house = House.in(folder.resolve("house"))
                .start(
                        "--idle", "60",
                        "--set", "identity.issuer=" + issuer,
                        "--set", "identity.audience=photos",
                        "--set", "identity.clientId=web",
                        "--set", "identity.groups=groups,realm_access.roles")) {
            assertEquals(200, house.graphql(Optional.of(token("one")), "{}").statusCode());
            assertEquals(200, house.graphql(Optional.of(house.token()), "{}").statusCode());
            assertEquals(401, house.graphql(Optional.of(token("two")), "{}").statusCode());
            assertEquals(
                    "{\"kind\":\"oidc\",\"issuer\":\"" + issuer + "\",\"clientId\":\"web\"}",
                    house.get("/login/config.json").body());
        }
    }

    @Test
    void aTokenOfANewKeyIsBelievedSoonAfterItWasShown() throws Exception {
        Path file = folder.resolve("issuer.json");
        OidcIssuer oidc = new OidcIssuer(issuer, file, Duration.ZERO);
        oidc.find();
        jwks = keys("two").publicJwks();
        oidc.lookSoon();
        Await.until("the new key is there", () -> Files.readString(file).equals(jwks));
        jwks = "{\"keys\":[]}";
        oidc.find();
        assertEquals(keys("two").publicJwks(), Files.readString(file), "an issuer without keys is a fault of its own");
    }

    @Test
    void anIssuerThatIsNotTheOneNamedIsRefusedWithAWordOnIt() throws Exception {
        configuration = configuration.replace("/realm\"", "/other\"");
        OidcIssuer oidc = new OidcIssuer(issuer, folder.resolve("issuer.json"));
        IOException refused = assertThrows(IOException.class, oidc::find);
        assertTrue(refused.getMessage().contains("identity.issuer must be exactly that"), refused.getMessage());
        server.stop(0);
        assertThrows(IOException.class, oidc::find);
    }

    @Test
    void settingsThatDoNotGoTogetherAreAMistake() {
        assertThrows(
                Settings.Mistake.class,
                () -> House.in(folder.resolve("a")).start("--set", "identity.issuer=" + issuer));
        assertThrows(
                Settings.Mistake.class, () -> House.in(folder.resolve("b")).start("--set", "identity.audience=photos"));
        assertThrows(
                Settings.Mistake.class,
                () -> House.in(folder.resolve("c"))
                        .start(
                                "--set",
                                "identity.issuer=" + issuer,
                                "--set",
                                "identity.audience=a",
                                "--set",
                                "identity.groups=a..b"));
    }
}
