package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class ShapeTest {
    private final Client carl = Client.as("carl");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "null",
                "\"{ __typename }\"",
                "{",
                "[]",
                "[{\"query\":\"{ __typename }\"}]",
                "{}",
                "{\"query\":1}",
                "{\"query\":\"{ __typename }\",\"variables\":1}",
                "{\"query\":\"{ __typename }\",\"variables\":[]}",
                "{\"query\":\"{ __typename }\",\"variables\":\"{}\"}",
                "{\"query\":\"{ __typename }\",\"operationName\":{}}",
                "{\"query\":\"{ __typename }\",\"extensions\":1}"
            })
    void aBodyThatIsNoQuestionIsRefusedWithACode(String body) throws Exception {
        HttpResponse<String> answer = carl.post(body);
        assertEquals(400, answer.statusCode(), answer.body());
        assertEquals("BAD_INPUT", errors(answer).at("/0/extensions/code").asText(), answer.body());
        assertEquals(1, errors(answer).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{ a b", "query {", "", "}", "{ __typename } { __typename }", "mutation"})
    void aSyntaxErrorHasACode(String query) {
        assertEquals("BAD_INPUT", carl.code(query), carl.answer(query).toString());
    }

    @Test
    void whatIsNullIsAsIfItWereNotThere() throws Exception {
        HttpResponse<String> answer = carl.post(
                "{\"query\":\"{ __typename }\",\"variables\":null,\"operationName\":null,\"extensions\":null}");
        assertEquals("{\"data\":{\"__typename\":\"Query\"}}", answer.body());
    }

    private static JsonNode errors(HttpResponse<String> answer) throws Exception {
        return new JsonMapper().readTree(answer.body()).path("errors");
    }
}
