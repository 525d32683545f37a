package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.gateway.SigningKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where an issuer's keys are and how it signs, as far as nobody says it (OpenID Connect Discovery 1.0). */
final class IssuerDiscovery {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private IssuerDiscovery() {}

    /**
     * @param keys an address, or a file
     * @param algorithm such as {@code RS256}
     */
    record Found(String keys, String algorithm) {}

    /**
     * @param keys null when nobody says where they are
     * @param algorithm null when nobody says it
     */
    static Found of(String issuer, String keys, String algorithm) {
        if (algorithm != null && !SigningKeys.BELIEVED.contains(algorithm)) {
            throw Failure.cannot(
                    "--algorithm " + algorithm + ": Memoir believes no such signature.",
                    "Give one of " + String.join(", ", SigningKeys.BELIEVED) + ".");
        }
        try {
            String where = keys == null ? discovered(issuer) : keys;
            return new Found(where, algorithm == null ? algorithm(where) : algorithm);
        } catch (IOException | IllegalArgumentException e) {
            throw Failure.failed(
                    "The issuer " + issuer + " could not be asked for its keys: " + e.getMessage(),
                    "Give it as its tokens say it, or say --keys and --algorithm.",
                    e);
        }
    }

    private static String discovered(String issuer) throws IOException {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        JsonNode said = get(base + "/.well-known/openid-configuration");
        if (!said.path("issuer").asText().equals(issuer)) {
            throw new IOException("it says that it is " + said.path("issuer").asText("nobody"));
        }
        if (!said.path("jwks_uri").asText().matches("https?://.+")) {
            throw new IOException("it does not say where they are");
        }
        return said.path("jwks_uri").asText();
    }

    private static String algorithm(String keys) throws IOException {
        JsonNode jwks = keys.matches("https?://.*") ? get(keys) : Json.parse(Files.readString(Path.of(keys)));
        Optional<String> algorithm = SigningKeys.algorithm(jwks);
        return algorithm.orElseThrow(() -> new IOException(keys + " has no key for RS256 or ES256"));
    }

    private static JsonNode get(String address) throws IOException {
        Http.Answer answer = Http.get(URI.create(address), TIMEOUT);
        if (!answer.ok()) {
            throw new IOException(address + " answered with status " + answer.status());
        }
        return Json.parse(answer.body());
    }
}
