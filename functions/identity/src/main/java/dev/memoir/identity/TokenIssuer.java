package dev.memoir.identity;

import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** Signs tokens that a {@link BearerVerifier} for the same issuer and audience believes. */
public final class TokenIssuer {
    /** The claim that holds {@link Claims#groups()}, a list of strings. */
    static final String GROUPS = "groups";

    /** The claim that holds {@link Claims#attributes()}, an object of strings. */
    static final String ATTRIBUTES = "memoir_attributes";

    /** The claim that holds {@link Claims#scope()} as a string; all that the person may where it is missing. */
    static final String SCOPE = "memoir_scope";

    private final TokenKeys keys;
    private final String issuer;
    private final String audience;
    private final Clock clock;

    public TokenIssuer(TokenKeys keys, String issuer, String audience) {
        this(keys, issuer, audience, Clock.systemUTC());
    }

    TokenIssuer(TokenKeys keys, String issuer, String audience, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * @param validity from now on; positive
     * @return a compact JWS (RFC 7515) by ES256
     */
    public String issue(Claims claims, Duration validity) {
        if (validity.isNegative() || validity.isZero()) {
            throw new IllegalArgumentException("a token's validity must be positive, not " + validity);
        }
        Instant now = clock.instant();
        JwtClaims jwt = new JwtClaims();
        jwt.setIssuer(issuer);
        jwt.setAudience(audience);
        jwt.setSubject(claims.subject());
        jwt.setIssuedAt(NumericDate.fromMilliseconds(now.toEpochMilli()));
        jwt.setExpirationTime(NumericDate.fromMilliseconds(now.plus(validity).toEpochMilli()));
        jwt.setGeneratedJwtId();
        jwt.setStringListClaim(GROUPS, List.copyOf(claims.groups()));
        jwt.setClaim(ATTRIBUTES, claims.attributes());
        if (claims.scope() != Scope.ADMIN) {
            jwt.setClaim(SCOPE, claims.scope().token());
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(jwt.toJson());
        signature.setKey(keys.pair().getPrivateKey());
        signature.setKeyIdHeaderValue(keys.pair().getKeyId());
        signature.setHeader("typ", "JWT");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the house's own key can't sign: " + e.getMessage(), e);
        }
    }
}
