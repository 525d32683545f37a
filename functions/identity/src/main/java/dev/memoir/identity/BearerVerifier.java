package dev.memoir.identity;

import dev.memoir.media.Claims;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/**
 * Believes a bearer token or says why not. Only public keys and only signatures by ES256 or RS256 count, so neither
 * {@code none} nor an HMAC keyed with a public key gets through. Safe for many threads; asks nobody on the network.
 */
public final class BearerVerifier {
    /** How far the issuer's clock may be off. */
    static final int SKEW_SECONDS = 60;

    /** Longer tokens are refused unread. */
    private static final int MAX_LENGTH = 8192;

    private static final AlgorithmConstraints ASYMMETRIC = new AlgorithmConstraints(
            AlgorithmConstraints.ConstraintType.PERMIT,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA256);

    private final List<JsonWebKey> keys;
    private final String issuer;
    private final String audience;
    private final ClaimNames names;

    private BearerVerifier(List<JsonWebKey> keys, String issuer, String audience, ClaimNames names) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.names = names;
    }

    /** For an issuer that names its claims as usual. */
    public static BearerVerifier of(String jwks, String issuer, String audience) {
        return of(jwks, issuer, audience, ClaimNames.USUAL);
    }

    /**
     * @param jwks a JWKS (RFC 7517) as JSON, or the path of a file that holds one
     * @param issuer the only {@code iss} that is believed
     * @param audience must be among a token's {@code aud}
     * @param names which of its claims say what
     * @throws IllegalArgumentException when {@code jwks} holds no public key
     */
    public static BearerVerifier of(String jwks, String issuer, String audience, ClaimNames names) {
        boolean inline = jwks.stripLeading().startsWith("{");
        String origin = inline ? "the given JWKS" : jwks;
        try {
            String json = inline ? jwks : Files.readString(Path.of(jwks));
            List<JsonWebKey> keys = new JsonWebKeySet(json)
                    .getJsonWebKeys().stream()
                            .filter(PublicJsonWebKey.class::isInstance)
                            .toList();
            if (keys.isEmpty()) {
                throw new IllegalArgumentException(origin + " holds no public key (EC P-256 or RSA)");
            }
            return new BearerVerifier(keys, issuer, audience, names);
        } catch (JoseException e) {
            throw new IllegalArgumentException(origin + " is not a JWKS: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the JWKS " + jwks + ": " + e.getMessage(), e);
        }
    }

    /**
     * @param token the compact JWS without the word {@code Bearer}
     * @throws InvalidToken with a reason that may be told to the bearer
     */
    public Claims verify(String token) throws InvalidToken {
        return verify(token, Instant.now());
    }

    Claims verify(String token, Instant now) throws InvalidToken {
        if (token.length() > MAX_LENGTH) {
            throw new InvalidToken("the token is longer than " + MAX_LENGTH + " characters");
        }
        try {
            return names.read(consumer(now).processToClaims(token).getClaimsMap());
        } catch (InvalidJwtException e) {
            throw new InvalidToken(reason(e));
        }
    }

    private JwtConsumer consumer(Instant now) {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys))
                .setJwsAlgorithmConstraints(ASYMMETRIC)
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .setAllowedClockSkewInSeconds(SKEW_SECONDS)
                .setRequireExpirationTime()
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .build();
    }

    private static String reason(InvalidJwtException e) {
        if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
            return "the token has expired";
        }
        if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
            return "the token has no expiry";
        }
        if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID) || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
            return "the token is for another audience";
        }
        if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
            return "the token is from an unknown issuer";
        }
        if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
            return "the token is not valid yet";
        }
        if (e.hasErrorCode(ErrorCodes.MALFORMED_CLAIM)) {
            return "a claim of the token is not what it must be";
        }
        return "the token is not signed by a known key";
    }
}
