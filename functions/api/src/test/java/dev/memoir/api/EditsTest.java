package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.sidecars.Sidecar;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class EditsTest {
    private static final String ASSET = "asset { title description tags rating favourite archived rotation takenAt"
            + " takenAtLocal takenAtOffset takenAtSource latitude longitude altitude edited sidecarProblem }";
    private static final String EDIT =
            "mutation($ids: [String!]!, $edit: EditInput!) { editAssets(ids: $ids, edit: $edit)"
                    + " { id outcome reason undo " + ASSET + " } }";
    private static final String UNDO =
            "mutation($undo: [String!]!) { undoEdits(undo: $undo) { id outcome reason undo " + ASSET + " } }";

    @Inject
    MediaStore store;

    private static String key(String owner, String name) {
        return "users/" + owner + "/" + name + ".jpg";
    }

    private static String id(Client who, Sha256 asset) {
        return who.data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                .at("/asset/id")
                .asText();
    }

    private static JsonNode edit(Client who, String id, Map<String, Object> edit) {
        return who.data(EDIT, "ids", List.of(id), "edit", edit).at("/editAssets/0");
    }

    private Edits inBucket(String owner, String name) throws Exception {
        try (var content = store.read("originals", key(owner, name) + ".xmp", Optional.empty())
                .orElseThrow()) {
            return Sidecar.read(content.bytes().readAllBytes()).edits();
        }
    }

    @Test
    void everyFieldIsEditedStandsInTheBucketAndIsFound() throws Exception {
        Client who = Client.as("edith");
        Sha256 asset = Photos.add("edith", "all", 2024, 0.1, "seashore");
        String id = id(who, asset);

        JsonNode done = edit(
                who,
                id,
                Map.ofEntries(
                        Map.entry("title", "Lighthouse"),
                        Map.entry("description", ""),
                        Map.entry("addTags", List.of("keeper")),
                        Map.entry("removeTags", List.of("holiday")),
                        Map.entry("rating", 1),
                        Map.entry("favourite", true),
                        Map.entry("archived", true),
                        Map.entry("takenAt", Map.of("local", "1999-05-01T12:00:00", "offset", "-03:00")),
                        Map.entry("place", Map.of("latitude", -54.8, "longitude", -68.3)),
                        Map.entry("turn", -1)));

        assertEquals("DONE", done.path("outcome").asText(), done::toPrettyString);
        JsonNode now = done.path("asset");
        assertEquals("Lighthouse", now.path("title").asText());
        assertTrue(now.path("description").isNull());
        assertEquals("[\"sea\",\"keeper\"]", now.path("tags").toString());
        assertEquals(1, now.path("rating").asInt());
        assertTrue(now.path("favourite").asBoolean() && now.path("archived").asBoolean());
        assertEquals(270, now.path("rotation").asInt());
        assertEquals("1999-05-01T15:00:00Z", now.path("takenAt").asText());
        assertEquals("EDITED", now.path("takenAtSource").asText());
        assertEquals(-54.8, now.path("latitude").asDouble(), 1e-6);
        assertTrue(now.path("altitude").isNull());
        assertEquals(9, now.path("edited").size(), "every field is edited");

        Edits kept = inBucket("edith", "all");
        assertEquals(Optional.of("Lighthouse"), kept.title());
        assertEquals(Optional.of(1), kept.orientation(), "6 in the file, turned back by a quarter");
        String search = "query($f: AssetFilter) { assets(filter: $f) { edges { node { id } } } }";
        assertEquals(
                id,
                who.data(search, "f", Map.of("text", "keeper", "archived", true, "years", List.of(1999)))
                        .at("/assets/edges/0/node/id")
                        .asText());
        assertEquals(
                0,
                who.data(search, "f", Map.of("text", "keeper", "archived", false))
                        .at("/assets/edges")
                        .size());
        assertEquals(
                0,
                who.data(search, "f", Map.of("favourite", true, "text", "holiday"))
                        .at("/assets/edges")
                        .size());
    }

    @Test
    void anEditIsTakenBackAndDoneAgainAndWhatWasEditedBesidesStays() {
        Client who = Client.as("undine");
        String id = id(who, Photos.add("undine", "photo", 2024, 0.1, "seashore"));
        String undo =
                edit(who, id, Map.of("title", "One", "rating", 5)).path("undo").asText();
        edit(who, id, Map.of("favourite", true));

        JsonNode back = who.data(UNDO, "undo", List.of(undo)).at("/undoEdits/0");

        assertEquals("photo", back.at("/asset/title").asText());
        assertEquals(4, back.at("/asset/rating").asInt());
        assertTrue(back.at("/asset/favourite").asBoolean());
        JsonNode again =
                who.data(UNDO, "undo", List.of(back.path("undo").asText())).at("/undoEdits/0");
        assertEquals("One", again.at("/asset/title").asText());
        assertEquals(
                "[\"TITLE\",\"RATING\",\"FAVOURITE\"]",
                again.at("/asset/edited").toString());
        JsonNode file = edit(who, id, Map.of("fromFile", List.of("TITLE", "RATING", "FAVOURITE")));
        assertEquals("[]", file.at("/asset/edited").toString());
        assertEquals(
                "UNCHANGED",
                edit(who, id, Map.of("favourite", false)).path("outcome").asText());
    }

    @Test
    void aWholeSelectionIsShiftedEachFromItsOwnTime() {
        Client who = Client.as("sheila");
        List<String> ids = List.of(
                id(who, Photos.add("sheila", "a", 2023, 0.1, "seashore")),
                id(who, Photos.add("sheila", "b", 2024, 0.1, "seashore")));

        JsonNode shifted = who.data(EDIT, "ids", ids, "edit", Map.of("shift", Map.of("seconds", -86400 * 14 - 1)))
                .path("editAssets");
        JsonNode zone = who.data(EDIT, "ids", ids, "edit", Map.of("shift", Map.of("seconds", 3600, "offset", "+03:00")))
                .path("editAssets");

        assertEquals("2023-06-30T18:30:04", shifted.at("/0/asset/takenAtLocal").asText());
        assertEquals("2024-06-30T16:30:04Z", shifted.at("/1/asset/takenAt").asText());
        assertEquals("2024-06-30T19:30:04", zone.at("/1/asset/takenAtLocal").asText());
        assertEquals("2024-06-30T16:30:04Z", zone.at("/1/asset/takenAt").asText());
    }

    @Test
    void anothersItemWithTheSameBytesAndTheOriginalAreNotTouched() {
        Client ann = Client.as("same-ann");
        Client ben = Client.as("same-ben");
        Sha256 asset = Photos.add("same-ann", "photo", 2024, 0.1, "seashore");
        Photos.share(asset, "same-ben", "photo");
        StoredObject before = store.put(
                "originals", key("same-ann", "photo"), "bytes".getBytes(StandardCharsets.UTF_8), "image/jpeg");

        edit(ann, id(ann, asset), Map.of("title", "Mine"));

        String title = "query($s: String) { asset(sha256: $s) { title edited } }";
        assertEquals(
                "Mine", ann.data(title, "s", asset.hex()).at("/asset/title").asText());
        assertEquals(
                "photo", ben.data(title, "s", asset.hex()).at("/asset/title").asText());
        assertTrue(store.stat("originals", key("same-ben", "photo") + ".xmp").isEmpty());
        StoredObject after = store.stat("originals", key("same-ann", "photo")).orElseThrow();
        assertEquals(before.etag(), after.etag());
        assertEquals(before.versionId(), after.versionId());
    }

    @Test
    void editsOfManyAtTheSameTimeLoseNothing() throws Exception {
        Client who = Client.as("manny");
        String id = id(who, Photos.add("manny", "photo", 2024, 0.1, "seashore"));
        List<Callable<JsonNode>> work = IntStream.range(0, 12)
                .mapToObj(n -> (Callable<JsonNode>) () -> edit(who, id, Map.of("addTags", List.of("tag" + n))))
                .toList();

        try (var pool = Executors.newFixedThreadPool(6)) {
            for (Future<JsonNode> done : pool.invokeAll(work)) {
                assertEquals("DONE", done.get().path("outcome").asText(), done.get()::toPrettyString);
            }
        }

        JsonNode tags =
                who.data("query($i: ID) { asset(id: $i) { tags } }", "i", id).at("/asset/tags");
        assertEquals(2 + 12, tags.size(), "the file's and all that were added, in the catalog as well");
        assertEquals(14, inBucket("manny", "photo").tags().orElseThrow().size());
    }

    @Test
    void picturesAreStackedByHandWhichStandsInTheBucketAndAreShownAsOne() throws Exception {
        Client who = Client.as("stacy");
        List<String> ids = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            ids.add(id(who, Photos.add("stacy", name, 2024, 0.1, "seashore")));
        }
        ids.add(id(Client.as("other"), Photos.add("other", "of-other", 2024, 0.1, "seashore")));

        JsonNode results =
                who.data(EDIT, "ids", ids, "edit", Map.of("stack", ids.get(1))).path("editAssets");

        assertEquals(List.of("DONE", "DONE", "DONE", "NOT_FOUND"), results.findValuesAsText("outcome"));
        assertEquals(
                Optional.of(new Edits.Stack(Optional.of(Photos.content("stacyb")))),
                inBucket("stacy", "c").stack());
        String list = "{ assets { totalCount edges { node { id stack { count kinds cover { id }"
                + " members { kind of asset { title stack { cover { id } } } } } } } } }";
        JsonNode shown = who.data(list).path("assets");
        assertEquals(1, shown.path("totalCount").asInt());
        JsonNode stack = shown.at("/edges/0/node/stack");
        assertEquals(ids.get(1), shown.at("/edges/0/node/id").asText());
        assertEquals(ids.get(1), stack.at("/cover/id").asText());
        assertEquals("[\"HAND\"]", stack.path("kinds").toString());
        assertEquals(3, stack.path("count").asInt());
        assertEquals(Set.of("a", "c"), Set.copyOf(stack.path("members").findValuesAsText("title")));
        assertEquals(ids.get(1), stack.at("/members/1/of").asText());
        assertEquals(ids.get(1), stack.at("/members/1/asset/stack/cover/id").asText());

        List<String> undo = results.findValuesAsText("undo").subList(0, 3);
        assertEquals(3, who.data(UNDO, "undo", undo).path("undoEdits").size());
        assertEquals(3, who.data(list).at("/assets/totalCount").asInt());
        assertTrue(who.data(list).at("/assets/edges/0/node/stack").isNull());
        assertEquals("BAD_INPUT", who.code(EDIT, "ids", ids, "edit", Map.of("stack", ids.get(3))), "not hers to see");
    }

    @Test
    void aStackHasPicturesOfOneOwner() {
        Client adult = Client.as(new Claims("adelaide", Set.of("family"), Map.of("adult", "true")));
        List<String> ids = List.of(
                id(adult, Photos.add(DecisionTable.HOUSEHOLD, "of-all", 2024, 0.1, "seashore")),
                id(adult, Photos.add("adelaide", "mine", 2024, 0.1, "seashore")));

        JsonNode results = adult.data(EDIT, "ids", ids, "edit", Map.of("stack", ids.getFirst()))
                .path("editAssets");

        assertEquals(List.of("DONE", "NOT_POSSIBLE"), results.findValuesAsText("outcome"));
        assertTrue(results.at("/1/reason").asText().startsWith("a stack has pictures of one owner"));
    }

    @Test
    void everyOneOfManyHasAResult() {
        Client who = Client.as("bulky");
        List<String> ids = new ArrayList<>();
        for (int n = 0; n < 30; n++) {
            ids.add(id(who, Photos.add("bulky", "p" + n, 2000 + n, 0.1, "seashore")));
        }
        String foreign = id(Client.as("other"), Photos.add("other", "x", 2000, 0.1, "seashore"));
        ids.add(foreign);
        ids.add(UUID.randomUUID().toString());

        JsonNode results =
                who.data(EDIT, "ids", ids, "edit", Map.of("rating", 5)).path("editAssets");

        assertEquals(ids, results.findValuesAsText("id"));
        assertEquals(
                30,
                results.findValuesAsText("outcome").stream()
                        .filter("DONE"::equals)
                        .count());
        assertEquals("NOT_FOUND", results.at("/30/outcome").asText());
        assertEquals("NOT_FOUND", results.at("/31/outcome").asText());
        assertTrue(store.stat("originals", key("other", "x") + ".xmp").isEmpty());
    }

    @Test
    void aSidecarOfAnotherProgramKeepsWhatItSays() throws Exception {
        Client who = Client.as("fory");
        String id = id(who, Photos.add("fory", "photo", 2024, 0.1, "seashore"));
        String foreign =
                "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
                        + "<rdf:Description xmlns:crs='http://ns.adobe.com/camera-raw-settings/1.0/' crs:Exposure2012='+0.35'"
                        + " xmlns:xmp='http://ns.adobe.com/xap/1.0/' xmp:Rating='2'/></rdf:RDF></x:xmpmeta>";
        String sidecar = key("fory", "photo") + ".xmp";
        store.put("originals", sidecar, foreign.getBytes(StandardCharsets.UTF_8), "application/rdf+xml");

        JsonNode done = edit(who, id, Map.of("title", "Mine"));

        assertEquals(2, done.at("/asset/rating").asInt(), "what the other said is said, too");
        try (var content = store.read("originals", sidecar, Optional.empty()).orElseThrow()) {
            String xml = new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(xml.contains("+0.35") && xml.contains("Mine"), xml);
        }
    }

    @Test
    void aBrokenSidecarIsLeftAloneAndTheReasonIsTold() {
        Client who = Client.as("brok");
        String id = id(who, Photos.add("brok", "photo", 2024, 0.1, "seashore"));
        String sidecar = key("brok", "photo") + ".xmp";
        StoredObject broken =
                store.put("originals", sidecar, "<half".getBytes(StandardCharsets.UTF_8), "application/rdf+xml");

        JsonNode refused = edit(who, id, Map.of("title", "Mine"));

        assertEquals("NOT_POSSIBLE", refused.path("outcome").asText());
        assertTrue(refused.path("reason").asText().contains("not well-formed"), refused::toPrettyString);
        assertEquals(
                broken.etag(), store.stat("originals", sidecar).orElseThrow().etag());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{rating: 6}",
                "{rating: -1}",
                "{tags: [\" \"]}",
                "{tags: [\"a\"], addTags: [\"b\"]}",
                "{place: {latitude: 91, longitude: 0}}",
                "{place: {latitude: 1, longitude: 1}, noPlace: true}",
                "{takenAt: {local: \"yesterday\"}}",
                "{takenAt: {local: \"2024-01-01T00:00:00\", offset: \"Europe/Paris\"}}",
                "{takenAt: {local: \"2024-01-01T00:00:00\"}, shift: {seconds: 1}}",
                "{shift: {seconds: 1, offset: \"+99:00\"}}",
                "{rotation: 45}",
                "{turn: 4}",
                "{stack: \"no id\"}",
                "{stack: \"00000000-0000-0000-0000-000000000000\"}",
                "{alone: true, fromFile: [STACK]}",
                "{title: \"a\", fromFile: [TITLE]}",
                "{title: \"a\\u0000b\"}"
            })
    void whatCannotBeMeantIsRefusedWithACode(String edit) {
        assertEquals(
                "BAD_INPUT", Client.as("edith").code("mutation { editAssets(ids: [], edit: " + edit + ") { id } }"));
    }

    @Test
    void textsThatAreTooLongAndTooManyTagsAreRefused() {
        Client who = Client.as("edith");
        String edit = "mutation($edit: EditInput!) { editAssets(ids: [], edit: $edit) { id } }";
        assertEquals("BAD_INPUT", who.code(edit, "edit", Map.of("title", "x".repeat(1_001))));
        assertEquals("BAD_INPUT", who.code(edit, "edit", Map.of("description", "x".repeat(10_001))));
        List<String> tags = IntStream.range(0, 501).mapToObj(n -> "t" + n).toList();
        assertEquals("BAD_INPUT", who.code(edit, "edit", Map.of("tags", tags)));
        String ids = "mutation($ids: [String!]!) { editAssets(ids: $ids, edit: {rating: 1}) { id } }";
        assertEquals(
                "BAD_INPUT",
                who.code(
                        ids,
                        "ids",
                        IntStream.range(0, 501)
                                .mapToObj(n -> UUID.randomUUID().toString())
                                .toList()));
        String undo = "mutation($undo: [String!]!) { undoEdits(undo: $undo) { id } }";
        for (String forged : List.of("", "!", "bm90IGpzb24", "e30")) {
            assertEquals("BAD_INPUT", who.code(undo, "undo", List.of(forged)), forged);
        }
    }

    @Test
    void aForgedUndoOfAnothersItemDoesNothing() {
        Client ann = Client.as("forge-ann");
        String id = id(ann, Photos.add("forge-ann", "photo", 2024, 0.1, "seashore"));
        String undo = edit(ann, id, Map.of("rating", 5)).path("undo").asText();
        assertNotEquals("", undo);

        JsonNode result = Client.as("mallory").data(UNDO, "undo", List.of(undo)).at("/undoEdits/0");

        assertEquals("NOT_FOUND", result.path("outcome").asText());
        assertTrue(result.path("asset").isNull());
    }
}
