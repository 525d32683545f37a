package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.catalog.Album;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Albums over GraphQL, each test as people of its own. */
@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class AlbumsTest {
    @Inject
    MediaStore store;

    private static String photo(String owner, String name) {
        Sha256 asset = Photos.add(owner, name, 2020, 0.1, "seashore");
        return Client.as(owner)
                .data("query($s: String) { asset(sha256: $s) { id } }", "s", asset.hex())
                .at("/asset/id")
                .asText();
    }

    private static String create(String owner, Map<String, Object> input) {
        return Client.as(owner)
                .data("mutation($i: AlbumInput!) { createAlbum(album: $i) { id } }", "i", input)
                .at("/createAlbum/id")
                .asText();
    }

    private static JsonNode album(String who, String id) {
        return Client.as(who)
                .data(
                        "query($i: ID!) { album(id: $i) { id name description owner role parent order kind count changedAt"
                                + " cover { id } grants { kind name role } rule { labels owners box { south } }"
                                + " assets(first: 2) { edges { cursor node { id albums { name } } }"
                                + " pageInfo { hasNextPage endCursor } } } }",
                        "i",
                        id)
                .path("album");
    }

    private static List<String> outcomes(String who, String mutation, String id, List<String> assets) {
        return Client.as(who)
                .data(
                        "mutation($i: ID!, $a: [String!]!) { " + mutation + "(id: $i, assets: $a) { outcome reason } }",
                        "i",
                        id,
                        "a",
                        assets)
                .findValuesAsText("outcome");
    }

    private static void share(String who, String id, String kind, String name, String role) {
        Client.as(who)
                .data(
                        "mutation($i: ID!, $t: GranteeInput!, $r: AlbumRole!) { shareAlbum(id: $i, to: $t, role: $r) { id } }",
                        "i",
                        id,
                        "t",
                        Map.of("kind", kind, "name", name),
                        "r",
                        role);
    }

    private Album document(String id) {
        String key = Album.key(UUID.fromString(id));
        return AlbumDocument.read(key, store.documents().read(key).orElseThrow().content());
    }

    private static List<String> shown(String who, String id) {
        return Client.as(who)
                .data("query($i: ID!) { album(id: $i) { assets(first: 100) { edges { node { id } } } } }", "i", id)
                .findValuesAsText("id");
    }

    @Test
    void anAlbumIsMadeFilledOrderedAndStandsInTheBucket() {
        List<String> photos =
                IntStream.range(0, 3).mapToObj(n -> photo("al1", "p" + n)).toList();
        String id = create("al1", Map.of("name", " Summer ", "description", "by the sea", "order", "MANUAL"));
        String unknown = UUID.randomUUID().toString();
        String others = photo("al1-other", "x");

        assertEquals(
                List.of("DONE", "DONE", "DONE", "NOT_FOUND", "NOT_FOUND"),
                outcomes(
                        "al1",
                        "addToAlbum",
                        id,
                        List.of(photos.get(2), photos.get(0), photos.get(1), unknown, others)));
        assertEquals(List.of("UNCHANGED"), outcomes("al1", "addToAlbum", id, List.of(photos.get(0))));

        JsonNode album = album("al1", id);
        assertEquals("Summer", album.path("name").asText());
        assertEquals("OWN", album.path("role").asText());
        assertEquals("MANUAL", album.path("kind").asText());
        assertEquals(3, album.path("count").asInt());
        assertEquals(photos.get(2), album.at("/cover/id").asText());
        assertEquals(List.of(photos.get(2), photos.get(0)), nodes(album));
        assertEquals("Summer", album.at("/assets/edges/0/node/albums/0/name").asText());
        assertTrue(album.at("/assets/pageInfo/hasNextPage").asBoolean());
        JsonNode rest = Client.as("al1")
                .data(
                        "query($i: ID!, $a: String) { album(id: $i) { assets(first: 2, after: $a) { edges { node { id } } } } }",
                        "i",
                        id,
                        "a",
                        album.at("/assets/pageInfo/endCursor").asText());
        assertEquals(List.of(photos.get(1)), rest.findValuesAsText("id"));

        Client.as("al1")
                .data(
                        "mutation($i: ID!, $a: [String!]!, $b: ID) { moveInAlbum(id: $i, assets: $a, before: $b) { id } }",
                        "i",
                        id,
                        "a",
                        List.of(photos.get(1), photos.get(0)),
                        "b",
                        photos.get(2));
        assertEquals(List.of(photos.get(1), photos.get(0), photos.get(2)), shown("al1", id));
        assertEquals(
                shown("al1", id),
                document(id).entries().stream()
                        .map(entry -> entry.member().item().toString())
                        .toList(),
                "as the document has it");

        assertEquals(
                List.of("DONE", "NOT_FOUND"), outcomes("al1", "removeFromAlbum", id, List.of(photos.get(1), unknown)));
        assertEquals(List.of("UNCHANGED"), outcomes("al1", "removeFromAlbum", id, List.of(photos.get(1))));
        assertEquals(2, document(id).entries().size());
        Client.as("al1").data("mutation($i: ID!) { deleteAlbum(id: $i) }", "i", id);
        assertTrue(album("al1", id).isNull());
        assertTrue(document(id).deleted());
        assertEquals(
                3,
                Client.as("al1")
                        .data("{ assets { totalCount } }")
                        .at("/assets/totalCount")
                        .asInt());
        assertEquals("NOT_FOUND", Client.as("al1").code("mutation($i: ID!) { deleteAlbum(id: $i) }", "i", id));
    }

    private static List<String> nodes(JsonNode album) {
        return album.at("/assets/edges").findValues("node").stream()
                .map(node -> node.path("id").asText())
                .toList();
    }

    @Test
    void whoManagesAnAlbumSharesItAndItIsNotedAndWhoLosesItTakesTheirOwnAlong() throws Exception {
        String theirs = photo("al2", "theirs");
        String mine = photo("al2b", "mine");
        String id = create("al2", Map.of("name", "Both"));
        outcomes("al2", "addToAlbum", id, List.of(theirs));
        share("al2", id, "SUBJECT", "al2b", "CONTRIBUTE");
        share("al2", id, "GROUP", "friends", "VIEW");

        assertEquals(List.of("DONE"), outcomes("al2b", "addToAlbum", id, List.of(mine)));
        assertEquals(
                List.of("NOT_POSSIBLE"),
                outcomes("al2b", "addToAlbum", id, List.of(theirs)),
                "what one only sees one does not give to others");
        assertEquals(List.of("NOT_POSSIBLE"), outcomes("al2b", "removeFromAlbum", id, List.of(theirs)));
        assertEquals(2, album("al2", id).path("count").asInt());
        JsonNode seen = album("al2b", id);
        assertEquals("CONTRIBUTE", seen.path("role").asText());
        assertEquals(0, seen.path("grants").size());
        assertEquals(2, album("al2", id).path("grants").size());

        String unshare = "mutation($i: ID!, $f: GranteeInput!) { unshareAlbum(id: $i, from: $f) { count } }";
        assertEquals(
                1,
                Client.as("al2")
                        .data(unshare, "i", id, "f", Map.of("kind", "SUBJECT", "name", "al2b"))
                        .at("/unshareAlbum/count")
                        .asInt());
        assertTrue(album("al2b", id).isNull());
        assertTrue(Client.as("al2b")
                .data("query($i: ID) { asset(id: $i) { id } }", "i", theirs)
                .path("asset")
                .isNull());

        List<JsonNode> notes = notes(id);
        assertEquals(
                List.of("al2b contribute", "group friends view", "al2b "),
                notes.stream()
                        .map(note -> note.path("whom").asText() + " "
                                + note.path("role").asText())
                        .toList());
        assertTrue(notes.stream().allMatch(note -> note.path("by").asText().equals("al2")));
    }

    private List<JsonNode> notes(String album) {
        try (var keys = store.documents().list(".memoir/audit/")) {
            return keys.map(key -> store.documents().read(key).orElseThrow().content())
                    .map(AlbumsTest::json)
                    .filter(note -> note.path("album").asText().equals(album))
                    .toList();
        }
    }

    private static JsonNode json(byte[] content) {
        try {
            return new JsonMapper().readTree(content);
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatCannotBeIsRefusedInWordsAndChangesNothing() {
        String id = create("al3", Map.of("name", "x"));
        share("al3", id, "SUBJECT", "al3m", "MANAGE");
        Client owner = Client.as("al3");
        String update = "mutation($i: ID!, $a: AlbumInput!) { updateAlbum(id: $i, album: $a) { name } }";
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("name", " "),
                Map.of("name", "x".repeat(201)),
                Map.of("parent", id),
                Map.of("cover", UUID.randomUUID().toString()),
                Map.of("rule", Map.of("labels", List.of("sea"))))) {
            assertEquals("BAD_INPUT", owner.code(update, "i", id, "a", wrong), wrong.toString());
        }
        assertEquals(
                "NOT_FOUND",
                owner.code(
                        update, "i", id, "a", Map.of("parent", UUID.randomUUID().toString())));
        assertEquals("BAD_INPUT", owner.code("mutation { createAlbum(album: {}) { id } }"));
        assertEquals("BAD_INPUT", owner.code("mutation { createAlbum(album: {name: \"x\", rule: {}}) { id } }"));
        assertEquals(
                "BAD_INPUT",
                owner.code("mutation($i: ID!) { moveInAlbum(id: $i, assets: []) { id } }", "i", id),
                "by time");
        String share =
                "mutation($i: ID!, $n: String!, $r: AlbumRole!) { shareAlbum(id: $i, to: {kind: SUBJECT, name: $n}, role: $r) { id } }";
        assertEquals("BAD_INPUT", owner.code(share, "i", id, "n", "b", "r", "OWN"));
        assertEquals("BAD_INPUT", owner.code(share, "i", id, "n", "al3", "r", "VIEW"));
        assertEquals("NOT_ALLOWED", Client.as("al3m").code(share, "i", id, "n", "al3m", "r", "VIEW"));
        assertEquals("BAD_INPUT", owner.code("{ albums(first: 201) { edges { cursor } } }"));
        assertEquals("BAD_INPUT", owner.code("{ album(id: \"x\") { id } }"));
        assertEquals("x", album("al3", id).path("name").asText());
    }

    @Test
    void anAlbumByARuleGathersAndTellsItsRuleToWhoMayChangeIt() {
        photo("al4", "sea");
        String id = create("al4", Map.of("name", "Sea", "rule", Map.of("labels", List.of("seashore"))));
        share("al4", id, "SUBJECT", "al4b", "VIEW");
        JsonNode own = album("al4", id);
        assertEquals("RULE", own.path("kind").asText());
        assertEquals(1, own.path("count").asInt());
        assertEquals("seashore", own.at("/rule/labels/0").asText());
        assertEquals("al4", own.at("/rule/owners/0").asText());
        photo("al4", "more sea");
        assertEquals(2, album("al4b", id).path("count").asInt());
        assertTrue(album("al4b", id).path("rule").isNull());
        assertEquals(
                "BAD_INPUT",
                Client.as("al4").code("mutation($i: ID!) { addToAlbum(id: $i, assets: []) { outcome } }", "i", id));
        Client.as("al4")
                .data(
                        "mutation($i: ID!) { updateAlbum(id: $i, album: {rule: {labels: [\"volcano\"]}}) { id } }",
                        "i",
                        id);
        assertEquals(0, album("al4b", id).path("count").asInt());
    }

    @Test
    void albumsAreListedAsConnectionAndFilterWhatIsSearched() {
        String inside = photo("al5", "inside");
        photo("al5", "outside");
        String outer = create("al5", Map.of("name", "Outer"));
        String inner = create("al5", Map.of("name", "Inner", "parent", outer));
        outcomes("al5", "addToAlbum", inner, List.of(inside));
        Client client = Client.as("al5");
        JsonNode first = client.data(
                        "{ albums(first: 1) { edges { node { id } } pageInfo { hasNextPage endCursor } } }")
                .path("albums");
        assertEquals(List.of(inner), first.findValuesAsText("id"));
        JsonNode second = client.data(
                "query($a: String) { albums(after: $a) { edges { node { id } } } }",
                "a",
                first.at("/pageInfo/endCursor").asText());
        assertEquals(List.of(outer), second.findValuesAsText("id"));
        assertEquals(
                List.of(inner),
                client.data("query($p: ID) { albums(parent: $p) { edges { node { id } } } }", "p", outer)
                        .findValuesAsText("id"));
        assertEquals(
                List.of(outer),
                client.data("{ albums(top: true, shared: false) { edges { node { id } } } }")
                        .findValuesAsText("id"));
        assertEquals(
                List.of(inside),
                client.data("query($a: ID) { assets(filter: {album: $a}) { edges { node { id } } } }", "a", inner)
                        .findValuesAsText("id"));
        share("al5", inner, "SUBJECT", "al5b", "VIEW");
        assertEquals(
                List.of(),
                Client.as("al5b")
                        .data(
                                "query($a: ID) { assets(filter: {album: $a, text: \"inside.jpg\"}) { edges { node { id } } } }",
                                "a",
                                inner)
                        .findValuesAsText("id"));
        assertEquals(1, album("al5b", inner).path("count").asInt());
        assertFalse(album("al5b", inner).hasNonNull("parent"));
    }

    @Test
    void severalWhoAddAtOnceLoseNothing() throws Exception {
        String id = create("al6", Map.of("name", "All", "order", "MANUAL"));
        List<String> photos =
                IntStream.range(0, 6).mapToObj(n -> photo("al6", "q" + n)).toList();
        try (ExecutorService several = Executors.newFixedThreadPool(3)) {
            photos.forEach(photo -> several.submit(() -> outcomes("al6", "addToAlbum", id, List.of(photo))));
        }
        assertEquals(6, document(id).entries().size());
        assertEquals(
                6,
                document(id).entries().stream()
                        .map(Album.Entry::position)
                        .distinct()
                        .count());
        assertEquals(6, album("al6", id).path("count").asInt());
    }
}
