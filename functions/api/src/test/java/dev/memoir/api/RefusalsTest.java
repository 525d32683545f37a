package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class RefusalsTest {
    private final Client carl = Client.as("carl");

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c"})
    void withoutAGoodTokenNothingIsAnswered(String token) {
        HttpResponse<String> response = Client.withToken(token).response("{ instance { version } }");

        assertEquals(401, response.statusCode());
        assertEquals("Bearer", response.headers().firstValue("WWW-Authenticate").orElseThrow());
        assertEquals(
                "UNAUTHENTICATED",
                Client.withToken(token)
                        .answer("{ __typename }")
                        .at("/errors/0/extensions/code")
                        .asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ assets(first: 0) { totalCount } }",
                "{ assets(first: 501) { totalCount } }",
                "{ assets(after: \"nonsense\") { totalCount } }",
                "{ assets(filter: {box: {south: 50, west: 0, north: 40, east: 1}}) { totalCount } }",
                "{ assets(filter: {nsfw: {flagged: true, above: 0.5}}) { totalCount } }",
                "{ assets(filter: {nsfw: {above: 7}}) { totalCount } }",
                "{ assets(first: -1) { totalCount } }",
                "{ assets(first: 99999999999) { totalCount } }",
                "{ assets(after: \"fffffffffffffffffffffffffffffffff\") { totalCount } }",
                "{ assets(after: \"gAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\") { totalCount } }",
                "{ assets(filter: {box: {south: 1e999, west: 0, north: 40, east: 1}}) { totalCount } }",
                "{ assets(filter: {box: {south: 1, west: -181, north: 40, east: 1}}) { totalCount } }",
                "{ assets(filter: {box: {south: 1, west: 1, north: 40}}) { totalCount } }",
                "{ assets(filter: {nsfw: {above: 0.6, atMost: 0.5}}) { totalCount } }",
                "{ assets(filter: {labels: [\"a\\u0000b\"]}) { totalCount } }",
                "{ assets(filter: {mediaTypes: [\"\\u0000\"]}) { totalCount } }",
                "{ assets(filter: {takenFrom: \"yesterday\"}) { totalCount } }",
                "{ assets(filter: {takenFrom: \"+999999-01-01T00:00:00Z\"}) { totalCount } }",
                "{ facets(filter: {takenBefore: \"-9999-01-01T00:00:00Z\"}) { complete } }",
                "{ assets(filter: {takenFrom: \"2024-01-02T00:00:00Z\", takenBefore: \"2024-01-01T00:00:00Z\"}) { totalCount } }",
                "{ assets(filter: {kinds: [AUDIO]}) { totalCount } }",
                "{ asset(id: \"\") { id } }",
                "{ asset(id: \"nonsense\") { id } }",
                "{ asset { id } }",
                "{ asset(sha256: \"AB\") { id } }",
                "{ nosuchfield }",
                "{ assets(first: \"many\") { totalCount } }",
                "mutation { trash(ids: [\"x\"]) { outcome } }",
                "mutation { trash { outcome } }",
                "mutation { signParts(key: \"users/carl/uploads/a.mov\", uploadId: \"\", parts: []) { url } }",
                "mutation { signParts(key: \"users/carl/uploads/a.mov\", uploadId: \"../../x\", parts: []) { url } }",
                "mutation { signParts(key: \"users/carl/uploads/a.mov\", uploadId: \"u\", parts: [{number: 0, size: 1, sha256: \"x\"}]) { url } }",
                "mutation { signParts(key: \"users/carl/uploads/a.mov\", uploadId: \"u\", parts: [{number: 1, size: 99999999999, sha256: \"x\"}]) { url } }",
                "mutation { completeUpload(key: \"users/carl/uploads/a.mov\", uploadId: \"u\", parts: 0) { key } }",
                "mutation { completeUpload(key: \"users/carl/uploads/a.mov\", uploadId: \"\", parts: 1) { key } }",
                "mutation { completeUpload(key: \"users/carl/uploads/a.mov\", uploadId: \"a/../b\", parts: 1) { key } }",
                "mutation { abortUpload(key: \"users/carl/uploads/a.mov\", uploadId: \"..\") }",
                "mutation { createUpload(input: {name: \"\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"..\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: -1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 99999999999999999999999, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a/b.jpg\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg.part\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 0, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 1, mediaType: \"jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 1, mediaType: \"image/jpeg\", sha256: \"x\"}) { key } }"
            })
    void whatCannotBeRightIsBadInput(String query) {
        assertEquals("BAD_INPUT", carl.code(query), query);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "1; DROP TABLE item"})
    void aBoxOfNoNumbersIsBadInput(String value) {
        assertEquals(
                "BAD_INPUT",
                carl.code(
                        "query($f: AssetFilter) { assets(filter: $f) { totalCount } }",
                        "f",
                        Map.of("box", Map.of("south", value, "west", 0, "north", 1, "east", 1))));
    }

    @Test
    void aNameThatNoFileSystemTakesIsBadInput() {
        assertEquals(
                "BAD_INPUT",
                carl.code(
                        "mutation($input: UploadInput!) { createUpload(input: $input) { key } }",
                        "input",
                        Map.of("name", "ä".repeat(200), "size", 1, "mediaType", "image/jpeg")));
    }

    @Test
    void whatIsAskedForStrangelyButCanBeRightFindsNothing() {
        for (String filter : List.of(
                "text: \"nowhere \\u0000 '; --\"",
                "labels: [\"\"]",
                "labels: [\"" + "x".repeat(10_000) + "\"]",
                "box: {south: -90, west: 180, north: 90, east: -180}",
                "box: {south: 0, west: 0, north: 0, east: 0}",
                "years: [-1]",
                "ratings: [99]")) {
            JsonNode data = carl.data("{ assets(filter: {" + filter + "}) { edges { cursor } } facets(filter: {"
                    + filter + "}) { complete } }");
            assertEquals(0, data.at("/assets/edges").size(), filter);
        }
        assertTrue(carl.data("{ asset(id: \"" + UUID.randomUUID() + "\") { id } }")
                .path("asset")
                .isNull());
        assertTrue(carl.data("{ asset(sha256: \"" + "0".repeat(64) + "\") { id } }")
                .path("asset")
                .isNull());
        assertTrue(carl.data("mutation { abortUpload(key: \"users/carl/uploads/a.mov\", uploadId: \"gone\") }")
                .path("abortUpload")
                .asBoolean());
    }

    /** Bodies that are no GraphQL request; {@code %s} stands for a good one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "[]",
                "[%s, %s]",
                "{}",
                "null",
                "{\"query\": null}",
                "{\"query\": 1}",
                "{\"query\": \"query A { instance { version } }\", \"operationName\": \"B\"}"
            })
    void aBodyThatIsNoRequestIsAnErrorWithoutData(String body) throws Exception {
        String request = "{\"query\": \"{ instance { version } }\"}";
        HttpResponse<String> response = carl.post(body.replace("%s", request));

        assertTrue(response.statusCode() < 500, response.statusCode() + " " + response.body());
        JsonNode answer = new JsonMapper().readTree(response.body());
        assertEquals(1, answer.path("errors").size(), response.body());
        assertFalse(answer.hasNonNull("data"), response.body());
    }

    @Test
    void whatIsNotGraphQlIsAnErrorWithoutData() {
        JsonNode answer = carl.answer("{ this is not GraphQL");
        assertEquals(1, answer.path("errors").size());
        assertTrue(answer.path("data").isMissingNode() || answer.path("data").isNull(), answer.toString());
    }

    @Test
    void aFilterWithTooManyValuesIsBadInput() {
        assertEquals(
                "BAD_INPUT",
                carl.code(
                        "query($f: AssetFilter) { assets(filter: $f) { totalCount } }",
                        "f",
                        Map.of("labels", Collections.nCopies(21, "sky"))));
    }

    @Test
    void aQueryThatAsksForTooMuchIsTooCostly() {
        String many = "assets(first: 500) { edges { node { id sha256 title objects { key } labels { name } } } }";
        assertEquals(
                "TOO_COSTLY",
                carl.code("{ a: " + many + " b: " + many + " c: " + many + " d: " + many + " e: " + many + " f: " + many
                        + " g: " + many + " }"));
        assertEquals(
                "TOO_COSTLY",
                carl.code(
                        "{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields {"
                                + " type { fields { type { fields { type { name } } } } } } } } } } } } } } } } }"));
    }

    @Test
    void aPageOfFiveHundredWithAllItsFieldsIsNotTooCostly() {
        JsonNode page = carl.data("""
                { assets(first: 500) { totalCount pageInfo { hasNextPage endCursor } edges { cursor node {
                  id sha256 state reason mediaType width height takenAt takenAtLocal latitude longitude
                  camera { make model lens } title description keywords thumbhash preview thumbnail nsfw
                  labels { name confidence } objects { key size current } visibleAt labelledAt } } } }""");
        assertEquals(0, page.at("/assets/totalCount").asInt());
    }

    @Test
    void anUploadUnderSomebodyElsesKeyIsNotFound() {
        String complete = "mutation($key: String!) { completeUpload(key: $key, uploadId: \"u\", parts: 1) { key } }";
        for (String key : List.of("users/dora/uploads/a.jpg", "uploads/a.jpg", "users/carl/other.jpg")) {
            assertEquals("NOT_FOUND", carl.code(complete, "key", key));
        }
    }

    @Test
    void anUnknownUploadIsNotFoundAndToldWithoutTheInside() {
        JsonNode answer = carl.answer(
                "mutation { completeUpload(key: \"users/carl/uploads/a.jpg\", uploadId: \"nonsense\", parts: 1) { key } }");

        assertEquals(1, answer.path("errors").size());
        assertEquals("NOT_FOUND", answer.at("/errors/0/extensions/code").asText(), answer.toString());
        assertTrue(answer.at("/errors/0/message").asText().contains("create the upload again"), answer.toString());
        assertFalse(answer.toString().contains("Exception"), answer.toString());
        assertFalse(answer.toString().contains("127.0.0.1"), answer.toString());
    }

    @Test
    void anUploadWithoutItsPartsIsBadInputAndStaysOpen() {
        JsonNode upload = carl.data(
                        "mutation($input: UploadInput!) { createUpload(input: $input) { key uploadId } }",
                        "input",
                        Map.of("name", "film.mov", "size", 100 << 20, "mediaType", "video/quicktime"))
                .path("createUpload");
        for (int i = 0; i < 2; i++) {
            assertEquals(
                    "BAD_INPUT",
                    carl.code(
                            "mutation($key: String!, $id: String!) { completeUpload(key: $key, uploadId: $id, parts: 7) { key } }",
                            "key",
                            upload.path("key").asText(),
                            "id",
                            upload.path("uploadId").asText()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s: facets(filter: {text: \"a\"}) { complete }",
                "%s: assets(first: 1, filter: {text: \"a\"}) { edges { cursor } }",
                "%s: instance { version }"
            })
    void aliasesDoNotMultiplyWhatIsDone(String field) {
        assertEquals("TOO_COSTLY", carl.code("{" + many(field, 60) + "}"));
        assertEquals(5, carl.data("{" + many(field, 5) + "}").size());
    }

    @Test
    void aliasesDoNotMultiplyWhatIsBegun() {
        assertEquals(
                "TOO_COSTLY",
                carl.code("mutation {"
                        + many(
                                "%s: createUpload(input: {name: \"a.mov\", size: 99999999, mediaType: \"video/mp4\"}) { key }",
                                60)
                        + "}"));
    }

    private static String many(String field, int times) {
        return IntStream.range(0, times).mapToObj(i -> field.formatted("a" + i)).collect(Collectors.joining(" "));
    }

    @Test
    void introspectionIsForThoseWhoAreKnown() {
        assertEquals(
                "Query",
                carl.data("{ __schema { queryType { name } } }")
                        .at("/__schema/queryType/name")
                        .asText());
    }
}
