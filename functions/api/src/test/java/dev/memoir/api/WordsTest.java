package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.catalog.ModelVersion;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Search by words, with an AI function that answers with an order of the test's. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class WordsTest {
    private static final String SEARCH = """
            query($words: String!, $first: Int, $after: String, $filter: AssetFilter) {
              search(words: $words, first: $first, after: $after, filter: $filter) {
                totalCount
                pageInfo { hasNextPage startCursor endCursor }
                edges { cursor node { title } }
              }
            }""";

    private final Client ann = Client.as("ann");
    private final Client ben = Client.as("ben");

    @BeforeEach
    void photos() {
        Photos.add("ann", "beach", 2024, 0.01, "seashore");
        Photos.add("ann", "hill", 2023, 0.1, "alp");
        Photos.add("ann", "lake", 2022, 0.1, "seashore");
        Photos.add("ben", "dog", 2021, 0.1, "seashore");
        StandInAi.says(200, places("annlake", "bendog", "annbeach", "annhill"));
        Client.ingest().searchable("words", Optional.of(new ModelVersion("words", "colours", "1")));
    }

    private static List<String> places(String... contents) {
        List<String> places = new ArrayList<>();
        for (String content : contents) {
            places.add(StandInAi.place(Photos.content(content), places.size()));
        }
        return places;
    }

    private static List<String> titles(JsonNode connection) {
        return connection.path("edges").findValuesAsText("title");
    }

    @Test
    void whatIsNearestComesFirstAndOnlyWhatTheCallerSees() {
        JsonNode found = ann.data(SEARCH, "words", " a red ball ").path("search");
        assertEquals(List.of("lake", "beach", "hill"), titles(found));
        assertTrue(found.path("totalCount").isNull(), "nothing is counted");
        assertFalse(found.at("/pageInfo/hasNextPage").asBoolean());
        assertEquals("a red ball", StandInAi.asked().getFirst().path("words").asText());
        assertEquals(List.of("dog"), titles(ben.data(SEARCH, "words", "red").path("search")));
        JsonNode nobody = Client.as("nobody").data(SEARCH, "words", "red").path("search");
        assertEquals(List.of(), titles(nobody));
        assertTrue(nobody.at("/pageInfo/endCursor").isNull(), "not even a place");
    }

    @Test
    void pagesGoOnAfterTheLastThatWasSeen() {
        JsonNode first = ann.data(SEARCH, "words", "red", "first", 2).path("search");
        assertEquals(List.of("lake", "beach"), titles(first));
        assertTrue(first.at("/pageInfo/hasNextPage").asBoolean());
        assertEquals(first.at("/edges/1/cursor"), first.at("/pageInfo/endCursor"));
        JsonNode second = ann.data(
                        SEARCH,
                        "words",
                        "red",
                        "first",
                        2,
                        "after",
                        first.at("/pageInfo/endCursor").asText())
                .path("search");
        assertEquals(List.of("hill"), titles(second));
        assertFalse(second.at("/pageInfo/hasNextPage").asBoolean());
    }

    @Test
    void moreIsAskedForWhereHardlyAnyOfTheNearestAreTheCallers() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(StandInAi.place(Photos.content("somebody else's " + i), i));
        }
        many.add(StandInAi.place(Photos.content("bendog"), 3_000));
        StandInAi.says(200, many);
        assertEquals(List.of("dog"), titles(ben.data(SEARCH, "words", "red").path("search")));
        assertEquals(3, StandInAi.asked().size());
    }

    @Test
    void theFilterHoldsToo() {
        assertEquals(
                List.of("lake", "beach"),
                titles(ann.data(SEARCH, "words", "red", "filter", Map.of("labels", List.of("seashore")))
                        .path("search")));
        assertEquals(
                List.of("hill"),
                titles(ann.data(SEARCH, "words", "red", "filter", Map.of("years", List.of(2023)))
                        .path("search")));
    }

    @Test
    void withoutAModelItSaysSoAndNobodyIsAsked() {
        String instance = "{ instance { searchByWords { model version } } }";
        assertEquals(
                "colours",
                ann.data(instance).at("/instance/searchByWords/model").asText());
        Client.ingest().searchable("words", Optional.empty());
        assertTrue(ann.data(instance).at("/instance/searchByWords").isNull());
        assertEquals("NOT_INSTALLED", ann.code(SEARCH, "words", "red"));
        assertEquals(List.of(), StandInAi.asked());
    }

    @Test
    void whatGoesWrongThereIsToldInItsKind() {
        StandInAi.says(409, List.of());
        assertEquals("NOT_INSTALLED", ann.code(SEARCH, "words", "red"));
        StandInAi.says(503, List.of());
        assertEquals("UNAVAILABLE", ann.code(SEARCH, "words", "red"));
        StandInAi.says(400, List.of());
        assertEquals("BAD_INPUT", ann.code(SEARCH, "words", "red"));
    }

    @Test
    void whatCantBeAskedIsRefusedBeforeAnybodyIs() {
        assertEquals("BAD_INPUT", ann.code(SEARCH, "words", "  "));
        assertEquals("BAD_INPUT", ann.code(SEARCH, "words", "x".repeat(201)));
        assertEquals("BAD_INPUT", ann.code(SEARCH, "words", "red", "first", 501));
        assertEquals("BAD_INPUT", ann.code(SEARCH, "words", "red", "after", "xyz"));
        assertEquals(List.of(), StandInAi.asked());
    }
}
