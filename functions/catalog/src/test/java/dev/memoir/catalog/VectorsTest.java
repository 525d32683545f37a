package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Vectors, and the items that they lead to. */
class VectorsTest {
    private static final ModelVersion MODEL = new ModelVersion("words", "m", "1");
    private static final Claims ANN = new Claims("ann", Set.of("family"), Map.of());
    private static final Claims BEN = new Claims("ben", Set.of(), Map.of());

    private final CatalogDatabase database = CatalogDatabase.create();
    private final IngestCatalog catalog = IngestCatalog.over(database.ingest());
    private final Library library = Library.over(database.api(), "home");

    @BeforeEach
    void record() {
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.arrival("ben", "users/ben/b.jpg", "B", Samples.holiday()));
        catalog.record(Samples.arrival("home", "c.jpg", "C", Samples.holiday()));
        catalog.record(Samples.arrival("home", "d.jpg", "D", Samples.holiday()));
        catalog.record(Samples.copy("home", "a.jpg", "A"));
    }

    private static Embedding embedding(int... components) {
        byte[] bytes = new byte[components.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) components[i];
        }
        return new Embedding(0.125f, bytes);
    }

    private void say(String content, String version, Embedding... frames) {
        catalog.analysed(
                Samples.content(content),
                frames.length - 1,
                List.of(new Analysis(
                        "words", "m", version, List.of(), List.of(), OptionalDouble.empty(), List.of(frames))));
    }

    private static List<Sha256> contents(String... contents) {
        return List.of(contents).stream().map(Samples::content).toList();
    }

    private List<String> among(Claims who, Filter filter, String... contents) {
        return library.among(who, filter, contents(contents)).stream()
                .map(item -> item.owner() + " "
                        + Map.of(
                                        Samples.content("A"), "A",
                                        Samples.content("B"), "B",
                                        Samples.content("C"), "C",
                                        Samples.content("D"), "D")
                                .get(item.sha256()))
                .toList();
    }

    @Test
    void vectorsAreReadInPagesInTheOrderInWhichTheyCame() {
        say("B", "1", embedding(-127, 0, 127));
        say("A", "1", embedding(1, 2, 3), embedding(4, 5, 6));
        say("C", "2", embedding(7, 8, 9));

        List<KnownVectors> first = catalog.vectors(MODEL, Instant.EPOCH, Optional.empty(), 1);
        assertEquals(contents("B"), first.stream().map(KnownVectors::asset).toList());
        assertEquals(List.of(embedding(-127, 0, 127)), first.getFirst().frames());
        List<KnownVectors> second = catalog.vectors(
                MODEL, first.getFirst().written(), Optional.of(first.getFirst().asset()), 5);
        assertEquals(contents("A"), second.stream().map(KnownVectors::asset).toList());
        assertEquals(
                List.of(embedding(1, 2, 3), embedding(4, 5, 6)),
                second.getFirst().frames());
    }

    @Test
    void theSameAgainChangesNothingAndAnotherAnswerReplacesTheOld() {
        say("A", "1", embedding(1, 2), embedding(3, 4));
        KnownVectors before =
                catalog.vectors(MODEL, Instant.EPOCH, Optional.empty(), 9).getFirst();
        say("A", "1", embedding(1, 2), embedding(3, 4));
        assertEquals(List.of(before), catalog.vectors(MODEL, Instant.EPOCH, Optional.empty(), 9));

        say("A", "1", embedding(1, 3));
        KnownVectors after =
                catalog.vectors(MODEL, Instant.EPOCH, Optional.empty(), 9).getFirst();
        assertEquals(List.of(embedding(1, 3)), after.frames());
        assertTrue(after.written().isAfter(before.written()));
        assertEquals(
                List.of(after),
                catalog.vectors(MODEL, before.written(), Optional.of(before.asset()), 9),
                "who has read the old reads the new");
        assertEquals(Set.of(MODEL), catalog.analyses(Samples.content("A")));
    }

    @Test
    void whatVectorsLeadToIsSeenByWhoMaySeeItInTheirOrder() {
        assertEquals(List.of("home D", "ann A", "home A", "home C"), among(ANN, Filter.NONE, "D", "B", "A", "C"));
        assertEquals(List.of("ben B"), among(BEN, Filter.NONE, "D", "B", "A", "C"));
        assertEquals(List.of(), among(new Claims("nobody", Set.of(), Map.of()), Filter.NONE, "A", "B", "C", "D"));
    }

    @Test
    void theOtherConditionsHoldToo() {
        Filter dogs = FilterMaker.make().labels("dog").filter();
        assertEquals(List.of(), among(ANN, dogs, "A", "C", "D"));
        catalog.analysed(
                Samples.content("C"),
                List.of(new Analysis(
                        "labels", "l", "1", List.of(new dev.memoir.media.Label("dog", 0.9)), OptionalDouble.empty())));
        assertEquals(List.of("home C"), among(ANN, dogs, "A", "C", "D"));
        assertEquals(
                List.of(),
                among(
                        ANN,
                        FilterMaker.make()
                                .before(Instant.parse("2000-01-01T00:00:00Z"))
                                .filter(),
                        "A",
                        "C"));
        Filter nice =
                FilterMaker.make().text("nice").box(new GeoBox(43, 7, 44, 8)).filter();
        assertEquals(List.of("home D", "home C"), among(ANN, nice, "D", "C"));
        Filter elsewhere = FilterMaker.make().box(new GeoBox(50, 7, 51, 8)).filter();
        assertEquals(List.of(), among(ANN, elsewhere, "D", "C"));
        assertEquals(List.of(), among(ANN, FilterMaker.make().trashed().filter(), "C"));
    }

    @Test
    void manyAssetsAreLookedUpByTheirHashes() {
        List<Sha256> many = new ArrayList<>(contents("C"));
        for (int i = 0; i < 2_000; i++) {
            many.add(Samples.content("not there " + i));
        }
        assertEquals(1, library.among(ANN, Filter.NONE, many).size());
    }

    @Test
    void everybodyIsToldByWhichModelCanBeSearched() {
        assertEquals(Optional.empty(), library.searchable(BEN, "words"));
        catalog.searchable("words", Optional.of(MODEL));
        catalog.searchable("words", Optional.of(new ModelVersion("words", "n", "2")));
        assertEquals(Optional.of(new ModelVersion("words", "n", "2")), library.searchable(BEN, "words"));
        catalog.searchable("words", Optional.empty());
        assertEquals(Optional.empty(), library.searchable(BEN, "words"));
    }
}
