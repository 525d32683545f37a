package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
                "{ asset(id: \"nonsense\") { id } }",
                "{ asset { id } }",
                "{ asset(sha256: \"AB\") { id } }",
                "{ nosuchfield }",
                "{ assets(first: \"many\") { totalCount } }",
                "mutation { trash(ids: [\"x\"]) { outcome } }",
                "mutation { createUpload(input: {name: \"a/b.jpg\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg.part\", size: 1, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 0, mediaType: \"image/jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 1, mediaType: \"jpeg\"}) { key } }",
                "mutation { createUpload(input: {name: \"a.jpg\", size: 1, mediaType: \"image/jpeg\", sha256: \"x\"}) { key } }"
            })
    void whatCannotBeRightIsBadInput(String query) {
        assertEquals("BAD_INPUT", carl.code(query), query);
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
    void messagesTellNothingOfTheInside() {
        JsonNode answer = carl.answer(
                "mutation { completeUpload(key: \"users/carl/uploads/a.jpg\", uploadId: \"nonsense\", parts: 1) { key } }");

        assertEquals(1, answer.path("errors").size());
        assertEquals("UNAVAILABLE", answer.at("/errors/0/extensions/code").asText());
        assertFalse(answer.toString().contains("Exception"), answer.toString());
        assertFalse(answer.toString().contains("127.0.0.1"), answer.toString());
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
