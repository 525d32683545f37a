package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A small library, taken in by {@code add} and looked at by {@code query}. */
@TestInstance(Lifecycle.PER_CLASS)
class LibraryTest {
    private static final String STARFISH = "photos/starfish.jpg";
    private static final String SEARCH =
            "query($f: AssetFilter) { assets(filter: $f) { edges { node { objects { key } } } } }";

    private final Household household = Household.started();

    @BeforeAll
    void takePhotosIn() {
        Ran added = household.memoir("add", Photos.sample("photos").toString()).mustSucceed();
        assertTrue(added.out().startsWith("Added 5 files, "), added.out());
        household.awaitSettled();
    }

    @AfterAll
    void stop() {
        household.close();
    }

    private List<String> found(String filter) {
        List<String> keys = new ArrayList<>();
        for (JsonNode edge : household.query(SEARCH, "--var", "f=" + filter).at("/assets/edges")) {
            keys.add(edge.at("/node/objects/0/key").asText());
        }
        return keys.stream().sorted().toList();
    }

    @Test
    void aPhotoIsFoundByItsCameraItsPlaceAndItsTime() {
        assertEquals(List.of(STARFISH), found("{\"text\":\"lumia\"}"));
        assertEquals(List.of(STARFISH), found("{\"box\":{\"south\":55,\"west\":8,\"north\":56,\"east\":9}}"));
        assertEquals(List.of(), found("{\"box\":{\"south\":56,\"west\":8,\"north\":57,\"east\":9}}"));
        assertEquals(
                List.of(STARFISH),
                found("{\"takenFrom\":\"2013-05-10T00:00:00Z\",\"takenBefore\":\"2013-05-11T00:00:00Z\"}"));
        assertEquals(List.of("photos/rocket.jpg", STARFISH), found("{\"mediaTypes\":[\"image/jpeg\"]}"));
        assertEquals(List.of(STARFISH), found("{\"text\":\"lumia\",\"mediaTypes\":[\"image/jpeg\"],\"years\":[2013]}"));
    }

    @Test
    void aPhotoIsFoundByWhatTheAiSawInIt() {
        JsonNode labels = household
                .query(
                        "query($f: AssetFilter) { assets(filter: $f) { edges { node { labels { name } } } } }",
                        "--var",
                        "f={\"text\":\"chelsea\"}")
                .at("/assets/edges/0/node/labels");
        assertFalse(labels.isEmpty(), "the cat has no labels");
        String label = labels.get(0).path("name").asText();
        assertTrue(found("{\"labels\":[\"" + label + "\"]}").contains("photos/chelsea.png"), label);
    }

    @Test
    void facetsCountWhatIsThere() {
        JsonNode facets = household
                .query("{ facets { mediaTypes { value count } cameras { value count } } }")
                .path("facets");
        assertEquals(
                "[{\"value\":\"image/png\",\"count\":3},{\"value\":\"image/jpeg\",\"count\":2}]",
                facets.path("mediaTypes").toString());
        // one of EXIF, one of XMP alone
        assertEquals(
                "[{\"value\":\"Nokia Lumia 820\",\"count\":1},{\"value\":\"PENTAX K100D Super\",\"count\":1}]",
                facets.path("cameras").toString());
    }

    @Test
    void theBucketTellsWhatTheDatabaseKnowsOfEdits() throws IOException {
        String find = "query($f: AssetFilter) { assets(filter: $f) { edges { node { id title } } } }";
        String rocket = household
                .query(find, "--var", "f={\"text\":\"rocket\"}")
                .at("/assets/edges/0/node/id")
                .asText();
        household.query(
                "mutation($ids: [String!]!) { editAssets(ids: $ids, edit: {title: \"Lift-off\"}) { outcome } }",
                "--var",
                "ids=[\"" + rocket + "\"]");
        household.awaitSettled();
        Ran agreed = household.memoir("rebuild", "--check", "--json").mustSucceed();
        assertTrue(agreed.json().path("agrees").asBoolean(), agreed.out());
        assertTrue(agreed.json().at("/sidecars/compared").asInt() >= 1, agreed.out());

        // Taken away where no event tells of it.
        Files.delete(household.original("photos/rocket.jpg.xmp"));
        Ran differs = household.memoir("rebuild", "--check");
        assertEquals(1, differs.exitCode(), differs.err());
        assertTrue(
                differs.out().contains("photos/rocket.jpg.xmp is in the database, and not in the bucket"),
                differs.out());

        household.memoir("sweep").mustSucceed();
        household.memoir("rebuild", "--check").mustSucceed();
        assertTrue(household
                .query(find, "--var", "f={\"text\":\"rocket\"}")
                .at("/assets/edges/0/node/title")
                .isNull());
    }

    @Test
    void whatIsInTheTrashIsInNoListUntilItIsRestored() {
        String find = "query($f: AssetFilter) { assets(filter: $f) { edges { node { id } } } }";
        String coffee = household
                .query(find, "--var", "f={\"text\":\"coffee\"}")
                .at("/assets/edges/0/node/id")
                .asText();
        assertFalse(coffee.isEmpty(), "there is no coffee");
        String trash = "mutation($ids: [String!]!) { trash(ids: $ids) { outcome } }";
        assertEquals(
                "DONE",
                household
                        .query(trash, "--var", "ids=[\"" + coffee + "\"]")
                        .at("/trash/0/outcome")
                        .asText());
        assertFalse(found("{}").contains("photos/coffee.png"));
        assertEquals(List.of("photos/coffee.png"), found("{\"trashed\":true}"));
        household.query(trash.replace("trash(", "restore("), "--var", "ids=[\"" + coffee + "\"]");
        assertTrue(found("{}").contains("photos/coffee.png"));
    }

    @Test
    void photosAreLookedAtAgainAndAPauseHoldsThatUp() throws InterruptedException {
        household.awaitSettled();
        household.memoir("analyze", "--pause").mustSucceed();
        Ran one = household
                .memoir("analyze", "--detach", "--filter", "{\"text\":\"lumia\"}")
                .mustSucceed();
        assertEquals("1 photo is looked at again.\n", one.out());
        TimeUnit.SECONDS.sleep(2);
        assertEquals(1, household.queued());

        household.memoir("analyze", "--resume").mustSucceed();
        household.awaitSettled();
        int photos = found("{}").size();
        Ran all = household.memoir("analyze", "--all").mustSucceed();
        assertEquals(
                photos
                        + " photos are looked at again.\nDone. What could not be looked at, and why: ./memoir dead list\n",
                all.out());

        Ran nobody = household.memoir("analyze", "--person", "Nobody of this name");
        assertEquals(1, nobody.exitCode());
        assertEquals(2, household.memoir("analyze").exitCode());
    }

    @Test
    void itsAddressesGiveTheOriginalAndThePreviewWithoutAnyToken() throws IOException {
        String ask = "query($f: AssetFilter) { assets(filter: $f) { edges { node { original preview } } } }";
        JsonNode rocket =
                household.query(ask, "--var", "f={\"text\":\"rocket\"}").at("/assets/edges/0/node");
        assertArrayEquals(Files.readAllBytes(Photos.sample("photos/rocket.jpg")), read(rocket, "original"));
        byte[] preview = read(rocket, "preview");
        assertEquals("ffd8ff", "%02x%02x%02x".formatted(preview[0], preview[1], preview[2]));
        JsonNode again =
                household.query(ask, "--var", "f={\"text\":\"rocket\"}").at("/assets/edges/0/node");
        assertEquals(rocket.path("preview"), again.path("preview"), "a cache would not know it again");
    }

    private static byte[] read(JsonNode asset, String address) throws IOException {
        try (var in = URI.create(asset.path(address).asText()).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    @Test
    void aWrongQueryFailsWithTheReason() {
        Ran ran = household.memoir("query", "{ assets { nothing } }").mustEndWith(1);
        assertTrue(ran.err().contains("nothing"), ran.err());
    }

    @Test
    void whatIsThereAlreadyIsNotAddedAgain() {
        Ran again = household.memoir("add", Photos.sample("photos").toString()).mustSucceed();
        assertTrue(again.out().contains("Already there: 5."), again.out());
    }
}
