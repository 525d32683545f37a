package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.StorageLibrary.Stored;
import dev.memoir.media.AssetState;
import dev.memoir.media.Claims;
import dev.memoir.media.Facts;
import dev.memoir.media.Label;
import dev.memoir.media.Rendition;
import dev.memoir.people.Region;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngestCatalogTest {
    private static final ModelVersion LABELS = new ModelVersion("labels", "efficientnet-lite0", "1");
    private static final ModelVersion NSFW = new ModelVersion("nsfw", "open_nsfw", "1");

    private static final Claims ANN = new Claims("ann", Set.of(), Map.of());

    private CatalogDatabase database;
    private IngestCatalog catalog;

    @BeforeEach
    void connect() {
        database = CatalogDatabase.create();
        catalog = IngestCatalog.over(database.ingest());
    }

    @Test
    void anArrivalMakesAnAssetAnObjectAndAListedItem() {
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));

        assertEquals(
                Optional.of(new KnownObject(
                        "originals", "users/ann/a.jpg", Optional.of("v-A"), "etag-A", 1_000, Samples.content("A"))),
                catalog.object("originals", "users/ann/a.jpg"));
        assertEquals(
                Optional.of(
                        new KnownAsset(Samples.content("A"), AssetState.READY, EnumSet.allOf(Rendition.class), 0, 1)),
                catalog.asset(Samples.content("A")));
        assertEquals(1, database.count("item WHERE owner = 'ann' AND present"));
        assertEquals(1, database.carriers("owner = 'ann' AND term = 'w:evening'"));
        assertEquals(1, database.count("term_count WHERE term = 'c:Apple iPhone 15 Pro' AND items = 1"));
    }

    @Test
    void theSameArrivalTwiceChangesNothing() {
        Arrival arrival = Samples.arrival("ann", "a.jpg", "A", Samples.holiday());
        catalog.record(arrival);
        catalog.analysed(Samples.content("A"), analyses("beach"));
        List<String> before = rowVersions();

        catalog.record(arrival);
        catalog.analysed(Samples.content("A"), analyses("beach"));

        assertEquals(before, rowVersions());
    }

    @Test
    void sameBytesUnderAnotherKeyAreOneAssetAndOneItemWithTwoObjects() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ann", "copy.jpg", "A"));

        assertEquals(1, database.count("asset"));
        assertEquals(1, database.count("item"));
        assertEquals(2, database.count("object WHERE current"));
        assertEquals(1, database.carriers("term = 'w:copy'"), "found by either file name");
    }

    @Test
    void sameBytesOfAnotherOwnerAreAnotherItemOfTheSameAsset() {
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ben", "users/ben/a.jpg", "A"));

        assertEquals(1, database.count("asset"));
        assertEquals(2, database.count("item"));
        assertEquals(1, database.count("item WHERE owner = 'ben'"));
    }

    @Test
    void newBytesUnderTheSameKeyAreANewCurrentVersionAndTheOldOneIsKept() {
        catalog.record(Samples.arrival("ann", "IMG_0001.JPG", "old", Samples.holiday()));
        catalog.record(Samples.arrival("ann", "IMG_0001.JPG", "new", Samples.holiday()));

        assertEquals(
                Samples.content("new"),
                catalog.object("originals", "IMG_0001.JPG").orElseThrow().sha256());
        assertEquals(2, database.count("object"));
        assertEquals(1, database.count("object WHERE NOT current AND gone_at IS NOT NULL"));
        assertEquals(1, database.count("item WHERE present"), "nothing current holds the old bytes");
        assertEquals(2, database.count("item"));
    }

    @Test
    void anItemLeavesTheListsWithItsLastObjectAndReturnsWithTheContent() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ann", "b.jpg", "A"));

        assertTrue(catalog.gone("originals", "a.jpg"));
        assertEquals(1, database.count("item WHERE present"), "b.jpg still holds it");
        assertTrue(catalog.gone("originals", "b.jpg"));
        assertFalse(catalog.gone("originals", "b.jpg"), "said again");
        assertEquals(0, database.count("item WHERE present"));
        assertEquals(0, database.carriers("true"));
        assertEquals(0, database.count("term_count WHERE items <> 0"));
        assertEquals(Optional.empty(), catalog.object("originals", "a.jpg"));
        assertTrue(catalog.asset(Samples.content("A")).isPresent(), "what is known of the content stays");

        catalog.record(Samples.copy("ann", "again.jpg", "A"));
        assertEquals(1, database.count("item WHERE present"));
        assertEquals(1, database.carriers("term = 'w:promenade'"));
    }

    @Test
    void whatSomebodyKeepsIsCountedOnceAsLongAsAnObjectHoldsItInTheTrashToo() {
        StorageLibrary storage = StorageLibrary.over(database.api());
        assertEquals(Stored.NOTHING, storage.own(ANN));
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ann", "again.jpg", "A"));
        catalog.record(Samples.arrival("ann", "b.jpg", "B", Samples.holiday()));
        catalog.record(Samples.copy("ben", "a-of-ben.jpg", "A"));
        TrashCan.put(Library.over(database.api()), ANN, ItemId.of("ann", Samples.content("B")));

        assertEquals(Map.of("ann", new Stored(2, 2_000)), storage.stored(ANN));
        assertEquals(
                Map.of("ann", new Stored(2, 2_000), "ben", new Stored(1, 1_000)),
                storage.stored(new Claims("root", Set.of("admin"), Map.of())));

        catalog.gone("originals", "a.jpg");
        assertEquals(new Stored(2, 2_000), storage.own(ANN));
        catalog.gone("originals", "again.jpg");
        catalog.record(Samples.arrival("ann", "b.jpg", "C", Samples.holiday()));
        assertEquals(new Stored(1, 1_000), storage.own(ANN), "an earlier version of a key does not count");
    }

    @Test
    void uploadsThatAreLetInCountUntilTheyHaveComeOrTheirTimeIsOver() {
        StorageLibrary storage = StorageLibrary.over(database.api());
        Duration hour = Duration.ofHours(1);
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));

        assertEquals(OptionalLong.empty(), storage.reserve(ANN, "originals", "b.jpg", 1_000, 3_000, hour));
        assertEquals(OptionalLong.empty(), storage.reserve(ANN, "originals", "b.jpg", 1_000, 3_000, hour), "again");
        assertEquals(OptionalLong.of(2_000), storage.reserve(ANN, "originals", "c.jpg", 1_001, 3_000, hour));
        assertEquals(OptionalLong.empty(), storage.reserve(ANN, "originals", "c.jpg", 1_000, 3_000, hour));
        Claims ben = new Claims("ben", Set.of(), Map.of());
        assertEquals(OptionalLong.empty(), storage.reserve(ben, "originals", "c.jpg", 3_000, 3_000, hour));

        catalog.record(Samples.arrival("ann", "b.jpg", "B", Samples.holiday()));
        assertEquals(OptionalLong.of(3_000), storage.reserve(ANN, "originals", "d.jpg", 1, 3_000, hour));
        storage.release(ANN, "originals", "c.jpg");
        assertEquals(OptionalLong.empty(), storage.reserve(ANN, "originals", "d.jpg", 1_000, 3_000, Duration.ZERO));
        assertEquals(OptionalLong.empty(), storage.reserve(ANN, "originals", "e.jpg", 1_000, 3_000, hour));
    }

    @Test
    void analysesMakeTheItemsOfAllOwnersFindable() {
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ben", "users/ben/a.jpg", "A"));
        catalog.analysed(Samples.content("A"), analyses("golden retriever"));

        assertEquals(Set.of(LABELS, NSFW), catalog.analyses(Samples.content("A")));
        assertEquals(2, database.carriers("term = 'l:golden retriever'"));
        assertEquals(2, database.carriers("term = 'w:retriever'"));
        assertEquals(2, database.count("item WHERE nsfw = 0.03"));

        catalog.analysed(Samples.content("A"), analyses("seashore"));
        assertEquals(0, database.carriers("term = 'l:golden retriever'"));
        assertEquals(2, database.count("term_count WHERE term = 'l:seashore' AND items = 1"));
    }

    @Test
    void anAnalysisOfAnUnknownAssetIsLetGo() {
        catalog.analysed(Samples.content("unknown"), analyses("beach"));

        assertEquals(0, database.count("analysis"));
    }

    @Test
    void twoDeliveriesOfTheSameContentAtOnceAreOneAsset() throws Exception {
        List<Callable<Object>> deliveries = new ArrayList<>();
        IntStream.range(0, 24)
                .forEach(i -> deliveries.add(Executors.callable(() -> {
                    String owner = i % 2 == 0 ? "ann" : "ben";
                    String key = "users/" + owner + "/" + i % 8 + ".jpg";
                    catalog.record(Samples.arrival(owner, key, "race " + i % 3, Samples.holiday()));
                })));
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var outcome : threads.invokeAll(deliveries)) {
                outcome.get();
            }
        }

        assertEquals(3, database.count("asset"));
        assertEquals(8, database.count("object WHERE current"));
        assertEquals(0, database.count(countsThatDiffer()));
        assertEquals(0, database.count(bitsThatDiffer()));
    }

    @Test
    void aRehearsalLeavesNoTrace() {
        catalog.rehearse(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));

        assertEquals(0, database.count("asset"));
        assertEquals(0, database.count("item"));
    }

    @Test
    void anArrivalWithoutADescriptionNeedsADescribedAsset() {
        assertThrows(IllegalStateException.class, () -> catalog.record(Samples.copy("ann", "a.jpg", "A")));
        assertEquals(0, database.count("object"));
    }

    @Test
    void anOlderPipelineNeverReplacesTheDescriptionOfANewerOne() {
        Description two =
                new Description(Samples.holiday(), AssetState.READY, Optional.empty(), Set.of(), Optional.empty(), 2);
        catalog.record(Samples.version("ann", "a.jpg", "1", "A", Optional.of(two)));
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Facts.onlyType("image/png")));

        assertEquals(1, database.count("asset WHERE pipeline = 2 AND media_type = 'image/jpeg'"));
    }

    @Test
    void bytesThatTheDatabaseRefusesAreCleanedAndLongValuesCut() {
        Facts odd = new Facts(
                "image/jpeg",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Double.NaN),
                Optional.empty(),
                Optional.empty(),
                new Facts.Camera(Optional.of("a\0b"), Optional.of("\uD83D"), Optional.empty()),
                Facts.Exposure.UNKNOWN,
                Optional.empty(),
                Optional.of("x".repeat(100_000)),
                Optional.of("\0"),
                List.of("\0", "k\0ey", "word".repeat(1_000)),
                Optional.empty(),
                Map.of("dir\0", Map.of("tag", "v\0" + "y".repeat(3_000_000))));
        String key = "ä".repeat(500) + "😀'\"+%.jpg";
        catalog.record(Samples.arrival("ann", key, "A", odd));

        assertEquals(key, catalog.object("originals", key).orElseThrow().key());
        assertEquals(1, database.count("asset WHERE camera_make = 'ab' AND duration IS NULL AND description IS NULL"));
        assertEquals(1, database.count("asset WHERE length(title) = 1000 AND keywords[1] = 'key'"));
        assertEquals(1, database.count("asset WHERE length(raw_tags -> 'dir' ->> 'tag') = 10000"));
    }

    @Test
    void aSweepReadsObjectsInByteOrderAndWhatIsLeftToDo() {
        List<String> keys = List.of("B.jpg", "a b.jpg", "a.jpg", "ä.jpg", "😀.jpg");
        keys.forEach(key -> catalog.record(Samples.arrival("ann", key, key, Samples.holiday())));

        assertEquals(
                keys,
                catalog.keys("originals", "", 10).stream().map(KnownKey::key).toList());
        assertEquals(
                List.of("a.jpg", "ä.jpg"),
                catalog.keys("originals", "a b.jpg", 2).stream()
                        .map(KnownKey::key)
                        .toList());
        assertEquals(5, catalog.describedBefore(2, Optional.empty(), 10).size());
        assertEquals(0, catalog.describedBefore(1, Optional.empty(), 10).size());
        assertEquals(5, catalog.withRenditions(Optional.empty(), 10).size());
        assertEquals(
                5,
                catalog.notAnalysedBy(Set.of(LABELS, NSFW), Optional.empty(), 10)
                        .size());

        catalog.analysed(Samples.content("a.jpg"), analyses("beach"));
        catalog.analysed(Samples.content("B.jpg"), analyses("beach").subList(0, 1));
        catalog.gone("originals", "ä.jpg");
        assertEquals(
                3,
                catalog.notAnalysedBy(Set.of(LABELS, NSFW), Optional.empty(), 10)
                        .size());
        assertEquals(4, catalog.withRenditions(Optional.empty(), 10).size());
        KnownAsset second = catalog.withRenditions(Optional.empty(), 10).get(1);
        assertEquals(2, catalog.withRenditions(Optional.of(second.sha256()), 10).size());
    }

    @Test
    void aNoteOutlivesAndIsReplaced() {
        assertEquals(Optional.empty(), catalog.note("sweep"));
        catalog.note("sweep", "a");
        catalog.note("sweep", "b");
        assertEquals(Optional.of("b"), catalog.note("sweep"));
    }

    private static List<Analysis> analyses(String label) {
        return List.of(
                new Analysis(
                        LABELS.task(),
                        LABELS.model(),
                        LABELS.version(),
                        List.of(new Label(label, 0.8), new Label("sky", 0.1)),
                        OptionalDouble.empty()),
                new Analysis(NSFW.task(), NSFW.model(), NSFW.version(), List.of(), OptionalDouble.of(0.03)));
    }

    private static Analysis things(double confidence) {
        return new Analysis(
                "objects",
                "nanodet-g",
                "1",
                List.of(new Label("cat", confidence), new Label("animal", confidence)),
                List.of(
                        new Detection("cat", confidence, new Region(0.1, 0.2, 0.5, 0.75), 0),
                        new Detection("cat", 0.4, new Region(0.6, 0.2, 0.25, 0.5), 2)),
                OptionalDouble.empty());
    }

    @Test
    void thingsAndTheirPlacesAreKeptAndSaidTwiceChangeNothing() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.analysed(Samples.content("A"), List.of(things(0.8)));
        List<String> before = rowVersions();
        catalog.analysed(Samples.content("A"), List.of(things(0.8)));

        assertEquals(before, rowVersions());
        var ann = new Claims("ann", Set.of(), Map.of());
        Library library = Library.over(database.api(), "home");
        assertEquals(
                List.of(things(0.8)),
                library.analyses(ann, Set.of(Samples.content("A"))).get(Samples.content("A")).stream()
                        .map(Library.Spoken::analysis)
                        .toList());

        catalog.analysed(Samples.content("A"), List.of(things(0.9)));
        assertEquals(1, database.count("detection WHERE position = 0 AND confidence = 0.9"));
        assertEquals(2, database.count("detection"));
    }

    @Test
    void whatALabelIsCalledInGermanFindsItToo() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.analysed(Samples.content("A"), List.of(things(0.8)));

        for (String term : List.of("l:cat", "l:animal", "w:animal", "w:katze", "w:tier")) {
            assertEquals(1, database.carriers("owner = 'ann' AND term = '" + term + "'"), term);
        }
    }

    /** Where each row lies and which transaction wrote it: equal only if no row was written. */
    private List<String> rowVersions() {
        List<String> versions = new ArrayList<>();
        try (var connection = database.administrator().getConnection()) {
            for (String table : List.of(
                    "asset",
                    "object",
                    "item",
                    "term_block",
                    "period",
                    "term_count",
                    "stored",
                    "analysis",
                    "label",
                    "detection")) {
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT ctid::text || xmin::text FROM memoir." + table + " ORDER BY 1");
                while (rows.next()) {
                    versions.add(table + rows.getString(1));
                }
            }
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return versions;
    }

    static String countsThatDiffer() {
        return "term_count c WHERE items <> (SELECT coalesce(sum(bit_count(t.items)), 0) FROM memoir.term_block t"
                + " WHERE t.owner = c.owner AND t.term = c.term AND t.sensitive = c.sensitive)";
    }

    /** Bits that no listed item's terms account for, and terms of listed items without a bit. */
    static String bitsThatDiffer() {
        String listed =
                "SELECT i.owner, t.term, i.block, i.slot, i.sensitive FROM memoir.item i CROSS JOIN unnest(i.terms) AS t(term)"
                        + " WHERE i.present AND i.trashed_at IS NULL AND i.cover IS NULL";
        String bits = "SELECT b.owner, b.term, b.block, s.slot, b.sensitive FROM memoir.term_block b"
                + " CROSS JOIN generate_series(0, 1023) AS s(slot) WHERE get_bit(b.items, s.slot) = 1";
        return "item WHERE EXISTS ((" + listed + ") EXCEPT (" + bits + ")) OR EXISTS ((" + bits + ") EXCEPT (" + listed
                + "))";
    }
}
