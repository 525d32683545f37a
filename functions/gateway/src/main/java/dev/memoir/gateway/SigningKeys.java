package dev.memoir.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** What an issuer's public keys (RFC 7517) say of its tokens. */
public final class SigningKeys {
    private static final String RSA = "RS256";
    private static final String CURVE = "ES256";

    /** The algorithms that the edge believes. */
    public static final List<String> BELIEVED = List.of(RSA, CURVE);

    private SigningKeys() {}

    /**
     * The algorithm (RFC 7518) of the first key that signs, of those that the edge believes.
     *
     * @return empty when no key is for one of them
     */
    public static Optional<String> algorithm(JsonNode jwks) {
        return StreamSupport.stream(jwks.path("keys").spliterator(), false)
                .filter(key -> key.path("use").asText("sig").equals("sig"))
                .flatMap(key -> algorithmOf(key).stream())
                .findFirst();
    }

    private static Optional<String> algorithmOf(JsonNode key) {
        String usual = switch (key.path("kty").asText()) {
            case "RSA" -> RSA;
            case "EC" -> key.path("crv").asText().equals("P-256") ? CURVE : "";
            default -> "";
        };
        return Optional.of(key.path("alg").asText(usual)).filter(BELIEVED::contains);
    }
}
