package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class SavedSearchesTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIELDS = "{ id name words savedAt filter { text people labels takenFrom takenBefore"
            + " box { south west north east } kinds cameras years ratings favourite archived } }";
    private static final String SAVE =
            "mutation($n: String!, $w: String, $f: AssetFilter) { saveSearch(name: $n, words: $w, filter: $f) " + FIELDS
                    + " }";
    private static final String LIST = "{ savedSearches " + FIELDS + " }";
    private static final String DELETE = "mutation($i: ID!) { deleteSavedSearch(id: $i) }";

    /** Every condition that can be kept, as it comes back. */
    private static final Map<String, Object> FILTER = Map.ofEntries(
            Map.entry("text", "sea & sky"),
            Map.entry("people", List.of("00000000-0000-0000-0000-000000000001")),
            Map.entry("labels", List.of("seashore", "boat")),
            Map.entry("takenFrom", "2024-01-01T00:00:00Z"),
            Map.entry("takenBefore", "2025-01-01T00:00:00Z"),
            Map.entry("box", Map.of("south", 43.5, "west", 7.0, "north", 44.0, "east", 7.5)),
            Map.entry("kinds", List.of("IMAGE", "VIDEO")),
            Map.entry("cameras", List.of("X-T5")),
            Map.entry("years", List.of(2023, 2024)),
            Map.entry("ratings", List.of(4, 5)),
            Map.entry("favourite", true),
            Map.entry("archived", false));

    @Inject
    MediaStore store;

    private JsonNode document(String subject) throws Exception {
        return JSON.readTree(
                store.documents().read(SavedSearches.key(subject)).orElseThrow().content());
    }

    @Test
    void aSearchComesBackAsItWasSavedAndToNobodyElse() throws Exception {
        Client kay = Client.as("kay");
        assertTrue(kay.data(LIST).path("savedSearches").isEmpty());
        JsonNode saved = kay.data(SAVE, "n", " Dusk ", "w", "the sea at dusk ", "f", FILTER)
                .path("saveSearch");
        assertEquals("Dusk", saved.path("name").asText());
        assertEquals("the sea at dusk", saved.path("words").asText());
        assertEquals(JSON.valueToTree(FILTER), saved.path("filter"));
        assertEquals(saved, kay.data(LIST).at("/savedSearches/0"));
        assertTrue(Client.as("kays child").data(LIST).path("savedSearches").isEmpty());
        assertEquals(
                "NOT_FOUND",
                Client.as("kays child").code(DELETE, "i", saved.path("id").asText()));

        JsonNode written = document("kay");
        assertEquals("memoir.dev/searches/v1", written.path("format").asText());
        assertEquals("kay", written.path("owner").asText());
        assertEquals(saved.path("id"), written.at("/searches/0/id"));
        assertEquals("video", written.at("/searches/0/filter/kinds/1").asText());
    }

    @Test
    void theSameNameIsTheSameSearchAndWhatIsDeletedIsGone() {
        Client lea = Client.as("lea");
        JsonNode first = lea.data(SAVE, "n", "Sea", "w", "the sea").path("saveSearch");
        lea.data(SAVE, "n", "Dogs", "f", Map.of("labels", List.of("dog")));
        JsonNode second =
                lea.data(SAVE, "n", "Sea", "f", Map.of("years", List.of(2020))).path("saveSearch");
        assertEquals(first.path("id"), second.path("id"));
        assertTrue(second.path("words").isNull());
        assertEquals(List.of("Sea", "Dogs"), lea.data(LIST).findValuesAsText("name"));
        lea.data(DELETE, "i", first.path("id").asText());
        assertEquals(List.of("Dogs"), lea.data(LIST).findValuesAsText("name"));
        assertEquals("NOT_FOUND", lea.code(DELETE, "i", first.path("id").asText()));
    }

    @Test
    void whoSavesOnSeveralDevicesAtOnceLosesNothing() {
        Set<String> names = new TreeSet<>();
        try (ExecutorService devices = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                String name = "search " + i;
                names.add(name);
                devices.submit(() -> Client.as("mia").data(SAVE, "n", name, "w", name));
            }
        }
        assertEquals(names, new HashSet<>(Client.as("mia").data(LIST).findValuesAsText("name")));
    }

    @Test
    void whatCantBeKeptIsRefusedAndADocumentThatCantBeReadIsLeftAlone() {
        Client nia = Client.as("nia");
        assertEquals("BAD_INPUT", nia.code(SAVE, "n", " ", "w", "sea"));
        assertEquals("BAD_INPUT", nia.code(SAVE, "n", "Sea"));
        assertEquals("BAD_INPUT", nia.code(SAVE, "n", "Sea", "w", "x".repeat(201)));
        for (Map<String, Object> filter : List.<Map<String, Object>>of(
                Map.of("trashed", true),
                Map.of("states", List.of("READY")),
                Map.of("mediaTypes", List.of("image/jpeg")),
                Map.of("nsfw", Map.of("flagged", false)),
                Map.of("album", "00000000-0000-0000-0000-000000000001"))) {
            assertEquals("BAD_INPUT", nia.code(SAVE, "n", "Sea", "f", filter));
        }
        byte[] later = "{\"format\":\"memoir.dev/searches/v9\"}".getBytes(StandardCharsets.UTF_8);
        assertTrue(store.documents().create(SavedSearches.key("nia"), later));
        assertEquals("INTERNAL", nia.code(SAVE, "n", "Sea", "w", "sea"));
        assertEquals(
                new String(later, StandardCharsets.UTF_8),
                new String(
                        store.documents()
                                .read(SavedSearches.key("nia"))
                                .orElseThrow()
                                .content(),
                        StandardCharsets.UTF_8));
    }
}
