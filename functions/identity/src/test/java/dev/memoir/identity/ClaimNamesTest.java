package dev.memoir.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as issuers that people use make them, by the shapes that their documentation shows. */
class ClaimNamesTest {
    private static final Path TOKENS = Path.of("src/test/resources/dev/memoir/identity/tokens");
    private static final String GUID = "00000000-0000-0000-66f3-3332eca7ea81";

    private static RsaJsonWebKey key;

    @BeforeAll
    static void makeTheIssuersKey() throws Exception {
        key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId("issuer-1");
    }

    static Stream<Arguments> issuers() {
        return Stream.of(
                Arguments.of(
                        "keycloak",
                        "",
                        "groups,realm_access.roles,resource_access.memoir\\.web.roles",
                        "adult,guest=memoir.guest",
                        new Claims(
                                "1dcd1f2c-7f4c-4b8b-9d2f-3c5c2d7f9a10",
                                Set.of("/family", "/Mother's side", "offline_access", "uploader", "curator"),
                                Map.of("adult", "true", "guest", "false"))),
                Arguments.of(
                        "zitadel",
                        "",
                        "urn:zitadel:iam:org:project:roles",
                        "language=locale",
                        new Claims("280123456789012345", Set.of("family", "curator"), Map.of("language", "de"))),
                Arguments.of(
                        "cognito",
                        "",
                        "cognito:groups",
                        "adult=custom:adult",
                        new Claims(
                                "aaaaaaaa-bbbb-4ccc-dddd-eeeeeeeeeeee",
                                Set.of("family", "curators"),
                                Map.of("adult", "true"))),
                Arguments.of(
                        "entra",
                        "oid",
                        "groups,roles",
                        "adult=extension_Adult",
                        new Claims(
                                GUID,
                                Set.of("0f1c7b55-4a3b-4e4e-9c83-9f6d0c7f0c11", "Family.Curator"),
                                Map.of("adult", "1"))),
                Arguments.of(
                        "entra",
                        "preferred_username",
                        "roles",
                        "",
                        new Claims("anna@example.org", Set.of("Family.Curator"), Map.of())),
                Arguments.of(
                        "auth0",
                        "",
                        "https://photos\\.example\\.org/roles",
                        "adult=https://photos\\.example\\.org/profile.adult",
                        new Claims("auth0|507f1f77bcf86cd799439011", Set.of("family"), Map.of("adult", "true"))));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("issuers")
    void everyIssuersTokenSaysWhoItIs(String issuer, String subject, String groups, String attributes, Claims expected)
            throws Exception {
        String body = Files.readString(TOKENS.resolve(issuer + ".json"));

        assertEquals(expected, read(body, names(subject, groups, attributes)));
    }

    @Test
    void aMappingIsWrittenTheSameInAFileOfProperties() throws Exception {
        Properties file = new Properties();
        file.load(new java.io.StringReader("groups=https://photos\\\\.example\\\\.org/roles"));
        String body = Files.readString(TOKENS.resolve("auth0.json"));

        assertEquals(
                Set.of("family"),
                read(body, names("", file.getProperty("groups"), "")).groups());
    }

    static Stream<Arguments> groups() {
        return Stream.of(
                Arguments.of("[\"family\",\"\",\" \",null,7,true,[\"in\"],{\"in\":1}]", Set.of("family", "7", "true")),
                Arguments.of("\"family, Mother's side,,\"", Set.of("family", "Mother's side")),
                Arguments.of(
                        "{\"family\":{\"id\":\"x\"},\"guest\":false,\"none\":null,\"on\":true}",
                        Set.of("family", "on")),
                Arguments.of("null", Set.of()),
                Arguments.of("7", Set.of()),
                Arguments.of("true", Set.of()),
                Arguments.of("[]", Set.of()),
                Arguments.of("{}", Set.of()),
                Arguments.of("\"\"", Set.of()),
                Arguments.of("[".repeat(500) + "]".repeat(500), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("groups")
    void groupsAreAListATextWithCommasOrAnObjectsNames(String json, Set<String> expected) throws Exception {
        assertEquals(
                expected,
                read("{\"sub\":\"anna\",\"groups\":" + json + "}", ClaimNames.USUAL)
                        .groups());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[\"true\"]", "null", "\" \"", "{\"a\":{\"a\":{\"a\":1}}}"})
    void anAttributeThatIsNoSingleValueIsNone(String json) throws Exception {
        String body = "{\"sub\":\"anna\",\"adult\":" + json + ",\"memoir_attributes\":{\"adult\":" + json + "}}";

        assertEquals(Map.of(), read(body, names("", "", "adult")).attributes());
        assertEquals(Map.of(), read(body, ClaimNames.USUAL).attributes());
    }

    @Test
    void aMappedAttributeIsReadFromItsClaimAlone() throws Exception {
        String body = "{\"sub\":\"anna\",\"memoir_attributes\":{\"adult\":\"true\"}}";

        assertEquals(Map.of("adult", "true"), read(body, ClaimNames.USUAL).attributes());
        assertEquals(Map.of(), read(body, names("", "", "adult=custom:adult")).attributes());
    }

    @Test
    void aPathThatLeadsThroughSomethingElseThanAnObjectLeadsNowhere() throws Exception {
        for (String inside : Set.of("\"roles\"", "[\"roles\"]", "7", "null", "{\"Roles\":[\"a\"]}")) {
            String body = "{\"sub\":\"anna\",\"realm_access\":" + inside + "}";
            assertEquals(
                    Set.of(), read(body, names("", "realm_access.roles", "")).groups(), inside);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"oid\":null}", "{\"oid\":\"\"}", "{\"oid\":\" \"}", "{\"oid\":7}", "{\"oid\":[\"a\"]}"})
    void whereTheSubjectIsMissingNobodyIsNamed(String body) {
        refused("the token names nobody", body, names("oid", "", ""));
        refused(
                "the token names nobody",
                body.replace("{", "{\"sub\":\"anna\",").replace(",}", "}"),
                names("oid", "", ""));
    }

    @Test
    void aSubjectOfAnotherKindIsRefused() {
        refused("a claim of the token is not what it must be", "{\"sub\":7}", ClaimNames.USUAL);
    }

    @Test
    void moreThanAnybodyNeedsIsRefusedAndNotCutOff() throws Exception {
        assertEquals(200, read(manyGroups(200), ClaimNames.USUAL).groups().size());
        refused("the token has more than 200 groups or attributes", manyGroups(201), ClaimNames.USUAL);
        String attributes =
                IntStream.range(0, 201).mapToObj(i -> "\"a" + i + "\":1").collect(Collectors.joining(","));
        refused(
                "the token has more than 200 groups or attributes",
                "{\"sub\":\"anna\",\"memoir_attributes\":{" + attributes + "}}",
                ClaimNames.USUAL);
        refused("the token is longer than 8192 characters", manyGroups(2000), ClaimNames.USUAL);
    }

    private static String manyGroups(int count) {
        return "{\"sub\":\"anna\",\"groups\":["
                + IntStream.range(0, count).mapToObj(i -> "\"g" + i + "\"").collect(Collectors.joining(",")) + "]}";
    }

    @Test
    void aTextThatIsTooLongOrHoldsControlCharactersIsRefused() throws Exception {
        assertEquals(
                255,
                read("{\"sub\":\"" + "x".repeat(255) + "\"}", ClaimNames.USUAL)
                        .subject()
                        .length());
        for (String bad : Set.of("x".repeat(256), "a\\u0000b", "a\\nb")) {
            for (String body : Set.of(
                    "{\"sub\":\"" + bad + "\"}",
                    "{\"sub\":\"anna\",\"groups\":[\"" + bad + "\"]}",
                    "{\"sub\":\"anna\",\"groups\":{\"" + bad + "\":1}}",
                    "{\"sub\":\"anna\",\"memoir_attributes\":{\"a\":\"" + bad + "\"}}",
                    "{\"sub\":\"anna\",\"memoir_attributes\":{\"" + bad + "\":\"a\"}}")) {
                refused(
                        "the token has a name, group or attribute of more than 255 characters or with control characters",
                        body,
                        ClaimNames.USUAL);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a..b", ".a", "a.", "a\\", "a\\b", ",", "a,,b", "a,"})
    void aMappingThatCantBeReadIsNamed(String path) {
        assertTrue(mistake("", path, "").startsWith("MEMOIR_CLAIM_GROUPS: "), mistake("", path, ""));
        assertTrue(mistake(path, "", "").startsWith("MEMOIR_CLAIM_SUBJECT: "), mistake(path, "", ""));
        assertTrue(mistake("", "", path).startsWith("MEMOIR_CLAIM_ATTRIBUTES: "), mistake("", "", path));
        assertTrue(mistake("", "", "a=" + path).startsWith("MEMOIR_CLAIM_ATTRIBUTES: "), mistake("", "", "a=" + path));
    }

    @Test
    void aSlipIsExplained() {
        assertTrue(mistake("", "https://example.org/roles", "").contains("write \\. for each"));
        assertTrue(mistake("", "", "realm_access.adult").contains("as in adult=custom:adult"));
        assertTrue(mistake("", "", "adult,adult=a").contains("the attribute adult is there twice"));
        assertTrue(mistake("sub,oid", "", "").contains("realm_access.roles"));
    }

    private static String mistake(String subject, String groups, String attributes) {
        return assertThrows(IllegalArgumentException.class, () -> names(subject, groups, attributes))
                .getMessage();
    }

    /** An empty text stands for what is not set. */
    private static ClaimNames names(String subject, String groups, String attributes) {
        return ClaimNames.of(set(subject), set(groups), set(attributes));
    }

    private static Optional<String> set(String text) {
        return Optional.of(text).filter(given -> !given.isEmpty());
    }

    private static void refused(String reason, String body, ClaimNames names) {
        InvalidToken e = assertThrows(InvalidToken.class, () -> read(body, names));
        assertEquals(reason, e.getMessage());
    }

    /** @param body a token's; issuer, audience and times are what the token says, or else what anybody's would be */
    private static Claims read(String body, ClaimNames names) throws Exception {
        JwtClaims claims = JwtClaims.parse(body);
        claims.setExpirationTimeMinutesInTheFuture(5);
        if (!claims.hasClaim("iss")) {
            claims.setIssuer("https://id.example.org");
            claims.setAudience("memoir");
        }
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setKey(key.getPrivateKey());
        signature.setKeyIdHeaderValue("issuer-1");
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        return BearerVerifier.of(
                        new JsonWebKeySet(key).toJson(),
                        claims.getIssuer(),
                        claims.getAudience().getFirst(),
                        names)
                .verify(signature.getCompactSerialization());
    }
}
