package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Label;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryTest {
    private static final Claims ANN = LibrarySample.ANN;
    private static final Claims BEN = LibrarySample.BEN;

    private LibrarySample sample;
    private Library library;
    private IngestCatalog ingest;

    @BeforeEach
    void fill() {
        sample = new LibrarySample();
        library = sample.library;
        ingest = sample.ingest;
    }

    @Test
    void totalsOfTheLibraryAndOfOneCountedConditionAreTold() {
        assertEquals(
                Optional.of(5L),
                library.page(ANN, Filter.NONE, 1, Optional.empty()).total());
        assertEquals(
                Optional.of(2L),
                library.page(ANN, FilterMaker.make().labels("seashore").filter(), 1, Optional.empty())
                        .total());
        assertEquals(5, library.size(ANN));
    }

    @Test
    void anItemCarriesAllThatIsKnown() {
        ingest.record(Samples.arrival("ann", "users/ann/Nice.jpg", "nice", Samples.holiday()));
        Item item = sample.find("Évening in Nice");

        assertEquals(Optional.of(item), library.item(ANN, item.id()).map(found -> withSameHash(found, item)));
        assertEquals(Samples.holiday().takenAt(), item.facts().takenAt());
        assertEquals(Samples.holiday().location(), item.facts().location());
        assertEquals(Samples.holiday().camera(), item.facts().camera());
        assertEquals(Samples.holiday().exposure(), item.facts().exposure());
        assertEquals(Samples.holiday().keywords(), item.facts().keywords());
        assertEquals(Optional.of(4), item.told().rating());
        assertEquals(Instant.parse("2024-07-14T16:30:05.123456Z"), item.sortTime());
        assertEquals(Optional.of("{\"Exif IFD0\": {\"Make\": \"Apple\"}}"), library.rawTags(ANN, item.sha256()));
        assertEquals(
                List.of("users/ann/Nice.jpg"),
                library.objects(ANN, Set.of(item.sha256())).get(item.sha256()).stream()
                        .map(Library.HeldObject::key)
                        .toList());
    }

    @Test
    void nobodySeesTheItemsOfOthersNorWhatIsSaidOfTheirAssets() {
        Item hers = library.page(
                        ANN, FilterMaker.make().text("seashore sandbar").filter(), 1, Optional.empty())
                .items()
                .getFirst();

        assertEquals(Optional.empty(), library.item(BEN, hers.id()));
        assertEquals(Map.of(), library.objects(BEN, Set.of(hers.sha256())));
        assertEquals(Map.of(), library.analyses(BEN, Set.of(hers.sha256())));
        assertEquals(Optional.empty(), library.rawTags(BEN, hers.sha256()));
        assertEquals(Map.of(), library.editable(BEN, library.together(BEN, List.of(hers.id()))));
        assertEquals(
                1, library.page(BEN, Filter.NONE, 10, Optional.empty()).items().size());
        assertEquals(
                1,
                library.facets(BEN, Filter.NONE)
                        .of(Term.Kind.MEDIA_KIND)
                        .getFirst()
                        .items());
    }

    @Test
    void theTrashTakesItemsOutOfTheListsAndGivesThemBack() {
        Item beach = sample.find("beach");

        TrashCan.put(library, ANN, beach.id());
        TrashCan.put(library, ANN, beach.id());
        assertFalse(LibrarySample.names(library.page(ANN, Filter.NONE, 10, Optional.empty()))
                .contains("beach"));
        assertEquals(4, library.size(ANN));
        assertEquals(
                List.of("beach"),
                LibrarySample.names(library.page(
                        ANN, FilterMaker.make().trashed().text("sandbar").filter(), 10, Optional.empty())));
        assertEquals(
                List.of(),
                LibrarySample.names(library.page(
                        ANN, FilterMaker.make().trashed().text("volcano").filter(), 10, Optional.empty())));
        assertTrue(library.item(ANN, beach.id()).orElseThrow().trashedAt().isPresent());

        sample.analyse("beach", 0.05, "cliff");
        assertEquals(0, sample.database.carriers("term = 'l:cliff'"), "found only once it is restored");

        TrashCan.takeOut(library, ANN, beach.id());
        assertEquals(
                List.of("beach"),
                LibrarySample.names(
                        library.page(ANN, FilterMaker.make().labels("cliff").filter(), 10, Optional.empty())));
        assertEquals(0, sample.database.count(IngestCatalogTest.countsThatDiffer()));
        assertEquals(0, sample.database.count(IngestCatalogTest.bitsThatDiffer()));
    }

    @Test
    void facetsOfTheLibraryAndOfASearchCountTheSame() {
        Facets all = library.facets(ANN, Filter.NONE);
        Facets searched =
                library.facets(ANN, FilterMaker.make().kinds(MediaKind.values()).filter());

        assertEquals(
                List.of(
                        new Facets.Count("seashore", 2),
                        new Facets.Count("sandbar", 1),
                        new Facets.Count("volcano", 1)),
                all.of(Term.Kind.LABEL));
        assertEquals(
                List.of(
                        new Facets.Count("2023", 2),
                        new Facets.Count("2022", 1),
                        new Facets.Count("2024", 1),
                        new Facets.Count("2026", 1)),
                all.of(Term.Kind.YEAR));
        assertEquals(all.values(), searched.values());
        assertTrue(searched.complete());
    }

    @Test
    void analysesCarryTheirModelAndWhenTheyWereMade() {
        Item beach = sample.find("beach");
        List<Library.Spoken> spoken =
                library.analyses(ANN, Set.of(beach.sha256())).get(beach.sha256());

        assertEquals(
                List.of("labels", "nsfw"),
                spoken.stream().map(s -> s.analysis().task()).toList());
        assertEquals(
                List.of("seashore", "sandbar"),
                spoken.getFirst().analysis().labels().stream().map(Label::name).toList());
        assertTrue(spoken.getFirst().at().isAfter(beach.addedAt()));
    }

    private static Item withSameHash(Item found, Item as) {
        return new Item(
                found.id(),
                found.owner(),
                found.sha256(),
                found.state(),
                found.reason(),
                found.facts(),
                found.edits(),
                found.sidecarProblem(),
                found.sortTime(),
                found.addedAt(),
                found.trashedAt(),
                found.present(),
                found.renditions(),
                as.thumbhash(),
                found.nsfw());
    }
}
