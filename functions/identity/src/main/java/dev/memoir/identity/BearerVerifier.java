package dev.memoir.identity;

import dev.memoir.media.Claims;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

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

    private final KeySource keys;
    private final String issuer;
    private final String audience;
    private final ClaimNames names;

    /** Believes what this one does not. */
    private final Optional<BearerVerifier> other;

    private final Runnable unknownKey;

    private BearerVerifier(
            KeySource keys,
            String issuer,
            String audience,
            ClaimNames names,
            Optional<BearerVerifier> other,
            Runnable unknownKey) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.names = names;
        this.other = other;
        this.unknownKey = unknownKey;
    }

    /** One that believes the tokens of both; the reason for a refusal is this one's. */
    public BearerVerifier or(BearerVerifier second) {
        return new BearerVerifier(keys, issuer, audience, names, Optional.of(second), unknownKey);
    }

    /** @param told when a token of this issuer is signed by a key that is not known: the issuer may have a new one */
    public BearerVerifier onUnknownKey(Runnable told) {
        return new BearerVerifier(keys, issuer, audience, names, other, told);
    }

    /** For an issuer that names its claims as usual. */
    public static BearerVerifier of(String jwks, String issuer, String audience) {
        return of(jwks, issuer, audience, ClaimNames.USUAL);
    }

    /**
     * @param jwks a JWKS (RFC 7517) as JSON, or the path of a file that holds one; a file is read again when it has changed
     *     and a token's key is not known
     * @param issuer the only {@code iss} that is believed
     * @param audience must be among a token's {@code aud}
     * @param names which of its claims say what
     * @throws IllegalArgumentException when {@code jwks} holds no public key
     */
    public static BearerVerifier of(String jwks, String issuer, String audience, ClaimNames names) {
        return new BearerVerifier(KeySource.of(jwks), issuer, audience, names, Optional.empty(), () -> {});
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
            return believed(token, now);
        } catch (InvalidToken e) {
            if (other.isEmpty()) {
                throw e;
            }
            try {
                return other.get().verify(token, now);
            } catch (InvalidToken neither) {
                throw e;
            }
        }
    }

    private Claims believed(String token, Instant now) throws InvalidToken {
        List<JsonWebKey> known = keys.present();
        try {
            return claims(token, now, known);
        } catch (InvalidJwtException e) {
            boolean keysMayBeOld = e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID) || isOfUnknownKey(e);
            List<JsonWebKey> fresh = keysMayBeOld ? keys.changed() : known;
            if (fresh == known) {
                throw refused(e);
            }
            try {
                return claims(token, now, fresh);
            } catch (InvalidJwtException still) {
                throw refused(still);
            }
        }
    }

    private InvalidToken refused(InvalidJwtException e) {
        if (isOfUnknownKey(e)) {
            unknownKey.run();
        }
        return new InvalidToken(reason(e));
    }

    private Claims claims(String token, Instant now, List<JsonWebKey> known) throws InvalidJwtException, InvalidToken {
        return names.read(consumer(now, known).processToClaims(token).getClaimsMap());
    }

    private static boolean isOfUnknownKey(InvalidJwtException e) {
        return e.getCause() instanceof UnresolvableKeyException;
    }

    private JwtConsumer consumer(Instant now, List<JsonWebKey> known) {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(known))
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
