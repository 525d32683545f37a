package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.media.Sha256;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class AssetQueriesTest {
    private static final String LIST = """
            query($first: Int, $after: String, $filter: AssetFilter) {
              assets(first: $first, after: $after, filter: $filter) {
                totalCount
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                edges { cursor node { id title } }
              }
            }""";

    private final Client ann = Client.as("ann");
    private final Client ben = Client.as("ben");

    @BeforeEach
    void photos() {
        Photos.add("ann", "beach", 2024, 0.01, "seashore");
        Photos.add("ann", "hill", 2023, 0.9, "alp");
        Photos.add("ann", "lake", 2022, 0.1, "seashore");
        Photos.add("ben", "dog", 2021, 0.1, "seashore");
    }

    @Test
    void assetsComeNewestFirstPageByPage() {
        JsonNode first = ann.data(LIST, "first", 2).path("assets");
        assertEquals(List.of("beach", "hill"), titles(first));
        assertEquals(3, first.path("totalCount").asInt());
        assertTrue(first.at("/pageInfo/hasNextPage").asBoolean());
        assertEquals(first.at("/edges/1/cursor"), first.at("/pageInfo/endCursor"));

        JsonNode second = ann.data(
                        LIST,
                        "first",
                        2,
                        "after",
                        first.at("/pageInfo/endCursor").asText())
                .path("assets");
        assertEquals(List.of("lake"), titles(second));
        assertFalse(second.at("/pageInfo/hasNextPage").asBoolean());
    }

    @Test
    void aTimelineSaysWhereTheCallersAssetsLieInTime() {
        JsonNode buckets = ann.data(
                        "{ timeline(filter: {labels: [\"seashore\"]}) { takenFrom takenBefore count after } }")
                .path("timeline");

        assertEquals(2, buckets.size());
        assertEquals("2024-07-11T00:00:00Z", buckets.at("/0/takenFrom").asText());
        assertEquals("2024-07-18T00:00:00Z", buckets.at("/0/takenBefore").asText());
        assertEquals(1, buckets.at("/0/count").asInt());
        assertTrue(buckets.at("/0/after").isNull());
        assertEquals(1, ben.data("{ timeline { count } }").path("timeline").size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"text\": \"RAIN beach\"}                                                  | beach",
                "{\"labels\": [\"seashore\"]}                                                | beach lake",
                "{\"takenFrom\": \"2023-01-01T00:00:00Z\", \"takenBefore\": \"2024-01-01T00:00:00+01:00\"} | hill",
                "{\"box\": {\"south\": 43, \"west\": 7, \"north\": 44, \"east\": 8}}         | beach hill lake",
                "{\"box\": {\"south\": 43, \"west\": 7, \"north\": 43.5, \"east\": 8}}       | ",
                "{\"kinds\": [\"IMAGE\"]}                                                    | beach hill lake",
                "{\"mediaTypes\": [\"video/mp4\"]}                                           | ",
                "{\"cameras\": [\"Apple iPhone 15\"], \"years\": [2022, 2023]}               | hill lake",
                "{\"states\": [\"READY\"], \"ratings\": [4]}                                 | beach hill lake",
                "{\"nsfw\": {\"flagged\": true}}                                             | hill",
                "{\"nsfw\": {\"flagged\": false}}                                            | beach lake",
                "{\"nsfw\": {\"above\": 0.05, \"atMost\": 0.2}}                              | lake",
                "{\"trashed\": true}                                                         | ",
                "{\"text\": \"jpg\", \"labels\": [\"seashore\", \"sky\"], \"years\": [2022]} | lake"
            })
    void aFilterFindsWhatItSays(String filter, String titles) throws IOException {
        Map<?, ?> conditions = new JsonMapper().readValue(filter, Map.class);
        JsonNode found = ann.data(LIST, "first", 10, "filter", conditions).path("assets");
        assertEquals(titles == null ? List.of() : List.of(titles.split(" ")), titles(found));
    }

    @Test
    void oneAssetHasAllItsFacts() {
        String sha256 = Photos.content("annbeach").hex();
        JsonNode asset = ann.data("""
                query($sha256: String) { asset(sha256: $sha256) {
                  id sha256 owner state reason mediaType kind width height orientation duration
                  takenAt takenAtLocal takenAtOffset takenAtSource latitude longitude altitude
                  camera { make model lens } exposure { seconds fNumber focalLength focalLength35 iso }
                  rating title description keywords livePhotoId rawTags thumbhash
                  objects { bucket key version size lastModified seenAt current }
                  labels { name confidence } nsfw analyses { task model version score at }
                  sortTime visibleAt labelledAt trashedAt present original preview thumbnail
                } }""", "sha256", sha256).path("asset");

        assertEquals("READY", asset.path("state").asText());
        assertEquals("2024-07-14T16:30:05Z", asset.path("takenAt").asText());
        assertEquals("2024-07-14T18:30:05", asset.path("takenAtLocal").asText());
        assertEquals("+02:00", asset.path("takenAtOffset").asText());
        assertEquals("OFFSET_TAG", asset.path("takenAtSource").asText());
        assertEquals(43.71, asset.path("latitude").asDouble());
        assertEquals(12.5, asset.path("altitude").asDouble());
        assertEquals("iPhone 15", asset.at("/camera/model").asText());
        assertEquals(1.78, asset.at("/exposure/fNumber").asDouble());
        assertEquals("after the rain", asset.path("description").asText());
        assertEquals("sea", asset.at("/keywords/1").asText());
        assertEquals(
                "{\"Exif IFD0\": {\"Make\": \"Apple\"}}", asset.path("rawTags").asText());
        assertEquals("AQID", asset.path("thumbhash").asText());
        assertEquals("users/ann/beach.jpg", asset.at("/objects/0/key").asText());
        assertEquals(1_000, asset.at("/objects/0/size").asInt());
        assertEquals("seashore", asset.at("/labels/0/name").asText());
        assertEquals(0.75, asset.at("/labels/0/confidence").asDouble());
        assertEquals(0.01, asset.path("nsfw").asDouble());
        assertEquals("open_nsfw", asset.at("/analyses/1/model").asText());
        Instant visible = Instant.parse(asset.path("visibleAt").asText());
        assertTrue(Instant.parse(asset.path("labelledAt").asText()).isAfter(visible));
        assertTrue(asset.path("trashedAt").isNull());
        assertEquals(asset, ann.data("""
                query($id: ID) { asset(id: $id) {
                  id sha256 owner state reason mediaType kind width height orientation duration
                  takenAt takenAtLocal takenAtOffset takenAtSource latitude longitude altitude
                  camera { make model lens } exposure { seconds fNumber focalLength focalLength35 iso }
                  rating title description keywords livePhotoId rawTags thumbhash
                  objects { bucket key version size lastModified seenAt current }
                  labels { name confidence } nsfw analyses { task model version score at }
                  sortTime visibleAt labelledAt trashedAt present original preview thumbnail
                } }""", "id", asset.path("id").asText()).path("asset"), "by id as by content");
    }

    @Test
    void addressesOfRenditionsStayTheSameForADay() {
        String query = "{ assets(first: 3) { edges { node { preview thumbnail } } } }";
        JsonNode node = ann.data(query).at("/assets/edges/0/node");

        assertEquals(node, ann.data(query).at("/assets/edges/0/node"));
        URI preview = URI.create(node.path("preview").asText());
        String sha256 = Photos.content("annbeach").hex();
        assertEquals(
                "/derived/renditions/" + sha256.substring(0, 2) + "/" + sha256 + "/preview.jpg", preview.getPath());
        assertTrue(preview.getQuery().contains("X-Amz-Signature="), preview.toString());
    }

    @Test
    void anAssetOfSomebodyElseIsAsIfItWereNotThere() {
        String id = ann.data(LIST, "first", 1).at("/assets/edges/0/node/id").asText();

        assertTrue(ben.data("query($id: ID) { asset(id: $id) { id } }", "id", id)
                .path("asset")
                .isNull());
        assertTrue(ben.data(
                        "query($s: String) { asset(sha256: $s) { id } }",
                        "s",
                        Photos.content("annbeach").hex())
                .path("asset")
                .isNull());
        assertEquals(List.of("dog"), titles(ben.data(LIST, "first", 10).path("assets")));
        assertEquals(
                1, ben.data("{ instance { assets } }").at("/instance/assets").asInt());
    }

    @Test
    void thingsAreToldWithTheirPlacesAndFoundByBroaderWords() {
        Client cora = Client.as("cora");
        Sha256 pond = Photos.add("cora", "pond", 2020, 0.1, "lakeside");
        Photos.boat(pond);
        String query = "query($sha256: String) { asset(sha256: $sha256) { labels { name confidence }"
                + " detections { name confidence frame box { left top width height } } } }";

        JsonNode asset = cora.data(query, "sha256", pond.hex()).path("asset");
        assertEquals(1, asset.path("detections").size());
        assertEquals("boat", asset.at("/detections/0/name").asText());
        assertEquals(0.5, asset.at("/detections/0/confidence").asDouble());
        assertEquals(0, asset.at("/detections/0/frame").asInt(-1));
        assertEquals(0.25, asset.at("/detections/0/box/left").asDouble());
        assertEquals(0.25, asset.at("/detections/0/box/height").asDouble());
        List<String> names = asset.path("labels").findValuesAsText("name");
        assertEquals(1, names.stream().filter("sky"::equals).count(), "what two models see is told once");
        assertEquals(
                0.25,
                asset.path("labels")
                        .get(names.indexOf("sky"))
                        .path("confidence")
                        .asDouble());
        assertTrue(ben.data(query, "sha256", pond.hex()).path("asset").isNull());

        for (Map<String, Object> filter :
                List.<Map<String, Object>>of(Map.of("labels", List.of("vehicle")), Map.of("text", "Boot"))) {
            assertEquals(
                    List.of("pond"),
                    titles(cora.data(LIST, "first", 10, "filter", filter).path("assets")),
                    filter.toString());
        }
    }

    @Test
    void facetsCountTheLibraryOrASearch() {
        String query = "query($filter: AssetFilter) { facets(filter: $filter) { complete labels { value count }"
                + " cameras { value count } mediaTypes { value count } kinds { value count } years { value count } } }";
        JsonNode all = ann.data(query).path("facets");
        assertEquals("sky", all.at("/labels/0/value").asText());
        assertEquals(3, all.at("/labels/0/count").asInt());
        assertEquals(3, all.at("/years").size());

        JsonNode seashore =
                ann.data(query, "filter", Map.of("labels", List.of("seashore"))).path("facets");
        assertEquals(2, seashore.at("/cameras/0/count").asInt());
        assertTrue(seashore.path("complete").asBoolean());
    }

    @Test
    void theInstanceTellsItsFacts() {
        JsonNode instance = ann.data(
                        "{ instance { version subject defaultOwner assets kinds { value count } models { task model version } } }")
                .path("instance");

        assertEquals("ann", instance.path("subject").asText());
        assertEquals("home", instance.path("defaultOwner").asText());
        assertEquals(3, instance.path("assets").asInt());
        assertEquals(2, instance.path("models").size());
        assertFalse(instance.path("version").asText().isEmpty());
    }

    private static List<String> titles(JsonNode connection) {
        List<String> titles = new ArrayList<>();
        connection
                .path("edges")
                .forEach(edge -> titles.add(edge.at("/node/title").asText()));
        return titles;
    }
}
