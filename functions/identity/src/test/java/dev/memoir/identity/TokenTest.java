package dev.memoir.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {
    private static final String ISSUER = "https://house.example";
    private static final String AUDIENCE = "memoir";
    private static final Claims ANNA = new Claims("anna", Set.of("family"), Map.of("adult", "true"));

    @TempDir
    Path directory;

    private TokenKeys keys;
    private TokenIssuer issuer;
    private BearerVerifier verifier;

    @BeforeEach
    void makeKeys() throws Exception {
        keys = TokenKeys.in(directory);
        issuer = new TokenIssuer(keys, ISSUER, AUDIENCE);
        verifier = BearerVerifier.of(keys.publicJwks(), ISSUER, AUDIENCE);
    }

    @Test
    void whatWasIssuedIsWhatIsRead() throws Exception {
        assertEquals(ANNA, verifier.verify(issuer.issue(ANNA, Duration.ofHours(1))));
    }

    @Test
    void aNarrowTokenAdministersNothingAndAScopeThatIsNoneIsRefused() throws Exception {
        Set<String> groups = Set.of("family", Claims.ADMINISTRATORS);
        Claims all = new Claims("anna", groups, Map.of());
        assertEquals(all, verifier.verify(issuer.issue(all, Duration.ofHours(1))));
        for (Scope scope : List.of(Scope.READ, Scope.WRITE)) {
            Claims narrow = new Claims("anna", groups, Map.of(), scope);
            Claims read = verifier.verify(issuer.issue(narrow, Duration.ofHours(1)));
            assertEquals(scope, read.scope());
            assertEquals(Set.of("family"), read.groups());
        }
        for (Object none : List.of("all", "", "READ", 1, List.of("read"))) {
            JwtClaims claims = claims();
            claims.setClaim("memoir_scope", none);
            refused("the token has a scope that is none: read, write or admin", sign(claims));
        }
    }

    @Test
    void keysStayTheSameAndThePublicFileHoldsNoPrivateHalf() throws Exception {
        String token = issuer.issue(ANNA, Duration.ofHours(1));

        TokenKeys again = TokenKeys.in(directory);

        assertEquals(
                ANNA,
                BearerVerifier.of(again.jwksFile().toString(), ISSUER, AUDIENCE).verify(token));
        assertFalse(Files.readString(again.jwksFile()).contains("\"d\""));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("identity.jwk"))));
        try (var files = Files.list(directory)) {
            assertEquals(2, files.count(), "no half-written file stays behind");
        }
    }

    @Test
    void aKeyFileWithoutAKeyIsNamed() throws Exception {
        Files.writeString(directory.resolve("identity.jwk"), "{}");
        Exception e = assertThrows(java.io.IOException.class, () -> TokenKeys.in(directory));
        assertTrue(e.getMessage().contains("identity.jwk"));
    }

    @Test
    void aTokenOfAnotherKeyIsRefused(@TempDir Path elsewhere) throws Exception {
        String forged = new TokenIssuer(TokenKeys.in(elsewhere), ISSUER, AUDIENCE).issue(ANNA, Duration.ofHours(1));
        refused("the token is not signed by a known key", forged);
    }

    @Test
    void anExpiredTokenIsRefusedAfterAMinuteOfGrace() throws Exception {
        Instant issued = Instant.parse("2026-01-01T00:00:00Z");
        String token = new TokenIssuer(keys, ISSUER, AUDIENCE, Clock.fixed(issued, ZoneOffset.UTC))
                .issue(ANNA, Duration.ofMinutes(5));

        assertEquals(ANNA, verifier.verify(token, issued.plusSeconds(300 + 59)));
        InvalidToken e = assertThrows(InvalidToken.class, () -> verifier.verify(token, issued.plusSeconds(300 + 61)));
        assertEquals("the token has expired", e.getMessage());
    }

    @Test
    void aTokenWithoutExpiryIsRefused() throws Exception {
        JwtClaims claims = claims();
        claims.unsetClaim("exp");
        refused("the token has no expiry", sign(claims));
    }

    @Test
    void aTokenForSomebodyElseIsRefused() throws Exception {
        refused(
                "the token is for another audience",
                new TokenIssuer(keys, ISSUER, "other").issue(ANNA, Duration.ofHours(1)));
        JwtClaims nobody = claims();
        nobody.unsetClaim("aud");
        refused("the token is for another audience", sign(nobody));
    }

    @Test
    void aTokenOfAnotherIssuerIsRefused() throws Exception {
        refused(
                "the token is from an unknown issuer",
                new TokenIssuer(keys, "https://other.example", AUDIENCE).issue(ANNA, Duration.ofHours(1)));
    }

    @Test
    void aTokenThatNamesNobodyIsRefused() throws Exception {
        JwtClaims claims = claims();
        claims.setSubject(" ");
        refused("the token names nobody", sign(claims));
    }

    @Test
    void anUnsignedTokenIsRefused() throws Exception {
        String[] parts = issuer.issue(ANNA, Duration.ofHours(1)).split("\\.");
        String header = base64("{\"alg\":\"none\"}");
        refused("the token is not signed by a known key", header + "." + parts[1] + ".");
        refused("the token is not signed by a known key", header + "." + parts[1] + "." + parts[2]);
    }

    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsRefused() throws Exception {
        JsonWebSignature trick = new JsonWebSignature();
        trick.setPayload(claims().toJson());
        trick.setKey(new HmacKey(keys.pair().getECPublicKey().getEncoded()));
        trick.setKeyIdHeaderValue(keys.pair().getKeyId());
        trick.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        refused("the token is not signed by a known key", trick.getCompactSerialization());
    }

    @Test
    void aChangedTokenIsRefused() throws Exception {
        String[] parts = issuer.issue(ANNA, Duration.ofHours(1)).split("\\.");
        String payload = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8);
        String changed = base64(payload.replace("anna", "bert"));
        refused("the token is not signed by a known key", parts[0] + "." + changed + "." + parts[2]);
    }

    @Test
    void nonsenseIsRefused() {
        refused("the token is not signed by a known key", "");
        refused("the token is not signed by a known key", "a.b.c");
        refused("the token is longer than 8192 characters", "x".repeat(9000));
    }

    @Test
    void anOidcIssuersRsaKeyIsBelieved() throws Exception {
        RsaJsonWebKey rsa = RsaJwkGenerator.generateJwk(2048);
        rsa.setKeyId("rsa-1");
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims().toJson());
        signature.setKey(rsa.getPrivateKey());
        signature.setKeyIdHeaderValue("rsa-1");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        String jwks = new org.jose4j.jwk.JsonWebKeySet(rsa).toJson();

        Claims read = BearerVerifier.of(jwks, ISSUER, AUDIENCE).verify(signature.getCompactSerialization());

        assertEquals("anna", read.subject());
    }

    @Test
    void keysThatTheIssuerChangesAreReadAgainFromTheirFile(@TempDir Path elsewhere) throws Exception {
        Path file = directory.resolve("issuer.json");
        Files.writeString(file, keys.publicJwks());
        AtomicInteger asked = new AtomicInteger();
        BearerVerifier following =
                BearerVerifier.of(file.toString(), ISSUER, AUDIENCE).onUnknownKey(asked::incrementAndGet);
        TokenKeys next = TokenKeys.in(elsewhere);
        String token = new TokenIssuer(next, ISSUER, AUDIENCE).issue(ANNA, Duration.ofHours(1));
        assertThrows(InvalidToken.class, () -> following.verify(token));
        assertEquals(1, asked.get());

        Files.writeString(file, next.publicJwks());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));

        assertEquals(ANNA, following.verify(token));
        String old = issuer.issue(ANNA, Duration.ofHours(1));
        assertThrows(InvalidToken.class, () -> following.verify(old), "a key that was withdrawn is believed no more");
        Files.writeString(file, "damaged");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(9)));
        assertThrows(InvalidToken.class, () -> following.verify(old));
        assertEquals(ANNA, following.verify(token));
    }

    @Test
    void twoIssuersAreBelievedWhereBothAreNamed(@TempDir Path elsewhere) throws Exception {
        TokenKeys second = TokenKeys.in(elsewhere);
        BearerVerifier both =
                verifier.or(BearerVerifier.of(second.publicJwks(), HouseTokens.ISSUER, HouseTokens.BEARERS));
        assertEquals(ANNA, both.verify(issuer.issue(ANNA, Duration.ofHours(1))));
        assertEquals(ANNA, both.verify(new HouseTokens(second).bearer(ANNA, Duration.ofHours(1))));
        String wrong = new TokenIssuer(second, ISSUER, AUDIENCE).issue(ANNA, Duration.ofHours(1));
        assertThrows(InvalidToken.class, () -> both.verify(wrong), "each issuer has its own keys");
    }

    @Test
    void aJwksWithoutAPublicKeyIsNotAccepted() {
        String secret = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\"}]}";
        assertThrows(IllegalArgumentException.class, () -> BearerVerifier.of(secret, ISSUER, AUDIENCE));
    }

    private void refused(String reason, String token) {
        InvalidToken e = assertThrows(InvalidToken.class, () -> verifier.verify(token));
        assertEquals(reason, e.getMessage());
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience(AUDIENCE);
        claims.setSubject("anna");
        claims.setExpirationTimeMinutesInTheFuture(5);
        return claims;
    }

    private String sign(JwtClaims claims) throws Exception {
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(keys.pair().getPrivateKey());
        signature.setKeyIdHeaderValue(keys.pair().getKeyId());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256);
        return signature.getCompactSerialization();
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
