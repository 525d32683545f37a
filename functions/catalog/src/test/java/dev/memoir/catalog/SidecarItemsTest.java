package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.TakenAt;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which items follow which sidecar, and everything by which they are found. */
class SidecarItemsTest {
    private static final Claims ANN = new Claims("ann", Set.of(), Map.of());
    private static final Edits EDITS = Edits.NONE
            .withTitle("Lighthouse")
            .withDescription("")
            .withTags(List.of("keeper"))
            .withRating(1)
            .withTaken(new TakenAt(
                    LocalDateTime.parse("1999-05-01T12:00:00"),
                    Optional.of(ZoneOffset.ofHours(-3)),
                    TakenAt.Source.EDITED))
            .withPlace(new Edits.Place(Optional.of(new GeoPoint(-54.8, -68.3, Optional.empty()))))
            .withFavourite(true)
            .withArchived(true);

    private CatalogDatabase database;
    private IngestCatalog catalog;
    private Library library;

    @BeforeEach
    void open() {
        database = CatalogDatabase.create();
        catalog = IngestCatalog.over(database.ingest());
        library = Library.over(database.api());
    }

    private static FoundSidecar sidecar(String key, String owner, Edits edits) {
        return new FoundSidecar("originals", key, owner, "etag", 1, Optional.empty(), edits, Optional.empty());
    }

    private static FoundSidecar naming(String key, String owner, String content, Edits edits) {
        return new FoundSidecar(
                "originals", key, owner, "etag", 1, Optional.of(Samples.content(content)), edits, Optional.empty());
    }

    private static UUID id(String owner, String content) {
        return ItemId.of(owner, Samples.content(content));
    }

    private Edits editsOf(String owner, String content) {
        return library.item(new Claims(owner, Set.of(), Map.of()), id(owner, content))
                .orElseThrow()
                .edits();
    }

    private boolean finds(FilterMaker filter) {
        return finds(filter.filter());
    }

    private boolean finds(Filter filter) {
        return !library.page(ANN, filter, 10, Optional.empty()).items().isEmpty();
    }

    @Test
    void whatIsEditedIsWhatAnItemIsFoundBy() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(sidecar("a.jpg.xmp", "ann", EDITS));

        Item item = library.item(ANN, id("ann", "A")).orElseThrow();
        assertEquals(Instant.parse("1999-05-01T15:00:00Z"), item.sortTime());
        assertEquals(Samples.holiday().title(), item.facts().title(), "the file says what it said");
        assertEquals(Optional.of("Lighthouse"), item.told().title());
        for (String found : List.of("lighthouse", "keeper")) {
            assertTrue(finds(FilterMaker.make().text(found)), found);
        }
        for (String replaced : List.of("nice", "promenade", "holiday")) {
            assertFalse(finds(FilterMaker.make().text(replaced)), replaced);
        }
        assertTrue(finds(FilterMaker.make().box(new GeoBox(-56, -70, -53, -66))));
        assertFalse(finds(FilterMaker.make().box(new GeoBox(43, 7, 44, 8))));
        assertTrue(finds(FilterMaker.make().years(1999)));
        assertFalse(finds(FilterMaker.make().years(2024)));
        assertTrue(finds(FilterMaker.make().ratings(1)));
        assertEquals(
                List.of(new Facets.Count("1999", 1)),
                library.facets(ANN, Filter.NONE).values().get(Term.Kind.YEAR));
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
    }

    @Test
    void whatWasPutIntoTheTrashIsOneContentAndNotWhateverComesUnderItsName() {
        Filter trash = FilterMaker.make().trashed().filter();
        catalog.record(naming("a.jpg.xmp", "ann", "A", Edits.NONE.withTrashed(Optional.of(Samples.UPLOADED))));
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        assertFalse(finds(Filter.NONE), "in a database made anew it is in the trash as well");
        assertTrue(finds(trash));
        assertEquals(
                Optional.of(Samples.UPLOADED),
                library.item(ANN, id("ann", "A")).orElseThrow().trashedAt());

        catalog.record(Samples.arrival("ann", "a.jpg", "B", Samples.holiday()));
        assertTrue(finds(Filter.NONE), "a camera counts anew");
        assertFalse(finds(trash));
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
    }

    @Test
    void marksAreAskedForAndCountedWithoutReadingItems() {
        for (String content : List.of("A", "B", "C")) {
            catalog.record(Samples.arrival("ann", content + ".jpg", content, Samples.holiday()));
        }
        catalog.record(sidecar("A.jpg.xmp", "ann", Edits.NONE.withArchived(true)));
        catalog.record(sidecar("B.jpg.xmp", "ann", Edits.NONE.withFavourite(true)));

        assertEquals(Set.of("B", "C"), found(marks(Optional.empty(), Optional.of(false))));
        assertEquals(Set.of("A"), found(marks(Optional.empty(), Optional.of(true))));
        assertEquals(Set.of("C"), found(marks(Optional.of(false), Optional.of(false))));
        assertEquals(
                Optional.of(2L),
                library.page(ANN, marks(Optional.empty(), Optional.of(false)), 1, Optional.empty())
                        .total());
        assertEquals(
                2,
                library.timeline(ANN, marks(Optional.empty(), Optional.of(false))).stream()
                        .mapToInt(Stretch::items)
                        .sum());
    }

    private static Filter marks(Optional<Boolean> favourite, Optional<Boolean> archived) {
        Filter none = Filter.NONE;
        return new Filter(
                none.text(),
                none.labels(),
                none.from(),
                none.before(),
                none.box(),
                none.kinds(),
                none.mediaTypes(),
                none.cameras(),
                none.years(),
                none.states(),
                none.ratings(),
                none.nsfw(),
                none.trashed(),
                none.people(),
                new Filter.Marks(favourite, archived));
    }

    private Set<String> found(Filter filter) {
        Map<UUID, String> names = Map.of(id("ann", "A"), "A", id("ann", "B"), "B", id("ann", "C"), "C");
        return library.page(ANN, filter, 10, Optional.empty()).items().stream()
                .map(item -> names.get(item.id()))
                .collect(Collectors.toSet());
    }

    @Test
    void itDoesNotMatterWhetherTheSidecarOrItsOriginalComesFirst() {
        catalog.record(sidecar("a.jpg.xmp", "ann", EDITS));
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));

        assertEquals(EDITS, editsOf("ann", "A"));
    }

    @Test
    void aSidecarSpeaksOfItsOwnersItemAloneThoughOthersHaveTheSameBytes() {
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.copy("ben", "users/ben/a.jpg", "A"));

        catalog.record(naming("users/ann/a.jpg.xmp", "ann", "A", EDITS));

        assertEquals(EDITS, editsOf("ann", "A"));
        assertEquals(Edits.NONE, editsOf("ben", "A"));
    }

    @Test
    void oneWithoutTheEndingOfTheOriginalSpeaksOfAllOfThatNameAndGivesWayToAnOwnOne() {
        catalog.record(Samples.arrival("ann", "d/p.cr2", "RAW", Samples.holiday()));
        catalog.record(Samples.arrival("ann", "d/p.jpg", "JPEG", Samples.holiday()));
        catalog.record(Samples.arrival("ann", "d/p.q.jpg", "OTHER", Samples.holiday()));

        catalog.record(sidecar("d/p.xmp", "ann", EDITS));
        catalog.record(sidecar("d/p.jpg.xmp", "ann", Edits.NONE.withRating(5)));

        assertEquals(EDITS, editsOf("ann", "RAW"));
        assertEquals(Edits.NONE.withRating(5), editsOf("ann", "JPEG"));
        assertEquals(Edits.NONE, editsOf("ann", "OTHER"));
    }

    @Test
    void editsFollowContentThatMovedAwayFromItsSidecar() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(naming("a.jpg.xmp", "ann", "A", EDITS));
        catalog.record(Samples.copy("ann", "moved/b.jpg", "A"));

        catalog.gone("originals", "a.jpg");

        assertEquals(EDITS, editsOf("ann", "A"));
        Library.SidecarPlace place = library.editable(ANN, List.of(id("ann", "A")))
                .get(id("ann", "A"))
                .sidecar()
                .orElseThrow();
        assertEquals(new Library.SidecarPlace("originals", "moved/b.jpg.xmp", Optional.of("a.jpg.xmp")), place);
    }

    @Test
    void whatIsNotInTheBucketAnyMoreIsAsTheFileSaysAgain() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(sidecar("a.jpg.xmp", "ann", EDITS));

        assertTrue(catalog.gone("originals", "a.jpg.xmp"));
        assertFalse(catalog.gone("originals", "a.jpg.xmp"));

        assertEquals(Edits.NONE, editsOf("ann", "A"));
        assertTrue(finds(FilterMaker.make().text("promenade")));
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
    }

    @Test
    void aBrokenSidecarLeavesTheItemAsItIsAndSaysWhy() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(sidecar("a.jpg.xmp", "ann", EDITS));
        catalog.record(new FoundSidecar(
                "originals", "a.jpg.xmp", "ann", "e2", 1, Optional.empty(), Edits.NONE, Optional.of("is broken")));

        Item item = library.item(ANN, id("ann", "A")).orElseThrow();
        assertEquals(EDITS, item.edits());
        assertEquals(Optional.of("is broken"), item.sidecarProblem());
        assertEquals(Optional.of("e2"), catalog.sidecar("originals", "a.jpg.xmp"));
    }

    @Test
    void whoMayNotChangeAnItemCannotWriteDownWhatItsSidecarSays() {
        catalog.record(Samples.arrival("ben", "users/ben/a.jpg", "A", Samples.holiday()));

        assertThrows(
                IllegalArgumentException.class,
                () -> library.record(ANN, sidecar("users/ben/a.jpg.xmp", "ben", EDITS)));
        assertTrue(library.editable(ANN, List.of(id("ben", "A"))).isEmpty());
    }

    @Test
    void aSweepFindsOriginalsAndSidecarsInOneOrder() {
        catalog.record(Samples.arrival("ann", "a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.arrival("ann", "b.jpg", "B", Samples.holiday()));
        catalog.record(sidecar("a.jpg.xmp", "ann", EDITS));

        assertEquals(
                List.of("a.jpg", "a.jpg.xmp"),
                catalog.keys("originals", "", 2).stream().map(KnownKey::key).toList());
        assertEquals(
                List.of("b.jpg"),
                catalog.keys("originals", "a.jpg.xmp", 2).stream()
                        .map(KnownKey::key)
                        .toList());
    }
}
