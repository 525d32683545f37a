package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FollowingTest {
    private static final String HOUSE = "house";
    private static final Claims ANN = new Claims("ann", Set.of("family"), Map.of("adult", "true"));
    private static final Claims CHILD = new Claims("child", Set.of("family"), Map.of());
    private static final int MOST = 500;
    private static final CatalogDatabase DATABASE = CatalogDatabase.create();

    private final IngestCatalog ingest = IngestCatalog.over(DATABASE.ingest());
    private final Library library = Library.over(DATABASE.api(), HOUSE);
    private ChangeToken anns;
    private ChangeToken childs;

    /** A token that knows of nothing. */
    static ChangeToken beginning(ChangeToken token) {
        return new ChangeToken(token.places().stream()
                .map(place -> new ChangeToken.Place(place.count(), ChangeToken.Place.NONE, 0))
                .toList());
    }

    @BeforeEach
    void now() {
        anns = library.now(ANN);
        childs = library.now(CHILD);
    }

    private UUID arrives(String owner, String content) {
        ingest.record(Samples.arrival(owner, owner + "/" + content + ".jpg", content, Samples.holiday()));
        return ItemId.of(owner, Samples.content(content));
    }

    private void scored(String content, double nsfw) {
        ingest.analysed(
                Samples.content(content), List.of(new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(nsfw))));
    }

    /** What ann is told since she last asked. */
    private Library.Changes ann() {
        Library.Changes changes = library.changes(ANN, anns, MOST).orElseThrow();
        anns = changes.next();
        return changes;
    }

    private Library.Changes child() {
        Library.Changes changes = library.changes(CHILD, childs, MOST).orElseThrow();
        childs = changes.next();
        return changes;
    }

    private static List<UUID> ids(Library.Changes changes) {
        return changes.items().stream().map(Item::id).toList();
    }

    @Test
    void whateverChangesIsToldOnceAndThenNothing() {
        UUID id = arrives("ann", "changes");
        assertEquals(List.of(id), ids(ann()));
        assertEquals(List.of(), ids(ann()));
        List<Runnable> changes = List.of(
                () -> ingest.analysed(
                        Samples.content("changes"),
                        List.of(new Analysis(
                                "labels", "m", "1", List.of(new Label("sea", 1)), OptionalDouble.empty()))),
                () -> ingest.record(new FoundSidecar(
                        "originals",
                        "ann/changes.jpg.xmp",
                        "ann",
                        "e",
                        1,
                        Optional.empty(),
                        Edits.NONE.withRating(5),
                        Optional.empty())),
                () -> TrashCan.put(library, ANN, id),
                () -> TrashCan.takeOut(library, ANN, id),
                () -> ingest.gone("originals", "ann/changes.jpg"));
        for (Runnable change : changes) {
            change.run();
            Library.Changes told = ann();
            assertEquals(List.of(id), ids(told));
            assertEquals(List.of(), told.gone());
            assertFalse(told.more());
        }
        assertEquals(List.of(), ids(ann()));
        scored("changes", 0.1);
        scored("changes", 0.1);
        ann();
        scored("changes", 0.1);
        assertEquals(List.of(), ids(ann()), "the same again is no change");
    }

    @Test
    void partsFollowEachOtherAndNoneIsLeftOut() {
        Set<UUID> all = new HashSet<>();
        for (int i = 0; i < 7; i++) {
            all.add(arrives(i % 2 == 0 ? "ann" : HOUSE, "part " + i));
        }
        Set<UUID> told = new HashSet<>();
        int answers = 0;
        for (boolean more = true; more; answers++) {
            Library.Changes part = library.changes(ANN, anns, 2).orElseThrow();
            assertTrue(part.items().size() <= 2);
            told.addAll(ids(part));
            anns = part.next();
            more = part.more();
        }
        assertEquals(all, told);
        assertEquals(4, answers);
    }

    @Test
    void aChildIsToldThatSomethingIsHiddenNowAndNothingOfWhatWasHiddenBefore() {
        UUID id = arrives(HOUSE, "hidden");
        assertEquals(List.of(id), ids(child()));
        scored("hidden", 0.95);
        assertEquals(List.of(id), child().gone());
        ChangeToken before = childs;
        TrashCan.put(library, ANN, id);
        TrashCan.takeOut(library, ANN, id);
        assertEquals(List.of(), child().gone());
        assertEquals(before, childs, "not even that something was counted");
        assertEquals(List.of(id), ids(ann()));
        scored("hidden", 0.1);
        assertEquals(List.of(id), ids(child()));
    }

    @Test
    void aTokenOfOtherRightsOfSomebodyElseOrOfAnotherDatabaseLeadsNowhere() {
        arrives(HOUSE, "whose");
        assertTrue(library.changes(CHILD, library.now(ANN), MOST).isEmpty());
        assertTrue(library.changes(ANN, library.now(CHILD), MOST).isEmpty());
        Claims moved = new Claims("ann", Set.of(), Map.of());
        assertTrue(library.changes(moved, anns, MOST).isEmpty());
        CatalogDatabase other = CatalogDatabase.create();
        IngestCatalog.over(other.ingest()).record(Samples.arrival(HOUSE, "whose.jpg", "whose", Samples.holiday()));
        assertTrue(Library.over(other.api(), HOUSE)
                .changes(ANN, library.now(ANN), MOST)
                .isEmpty());
        assertEquals(Optional.of(anns), ChangeToken.parse(anns.text()));
    }

    @Test
    void underRowSecurityChangesAreReadByTheirNumbers() {
        Jdbi administrator = Jdbi.create(DATABASE.administrator());
        administrator.useHandle(handle -> {
            handle.execute("INSERT INTO memoir.item_change SELECT 'zoe', false, gen_random_uuid(), n"
                    + " FROM generate_series(1, 20000) n");
            handle.execute("ANALYZE memoir.item_change");
        });
        Claims zoe = new Claims("zoe", Set.of("family"), Map.of("adult", "true"));
        Jdbi api = Jdbi.create(DATABASE.api());
        List<String> plan = Claimed.as(
                api,
                zoe,
                HOUSE,
                handle -> handle.createQuery("EXPLAIN " + Following.SINCE)
                        .bind("owner", "zoe")
                        .bind("hidden", false)
                        .bind("after", 10_000L)
                        .bind("limit", 200)
                        .mapTo(String.class)
                        .list());
        assertTrue(
                plan.stream().anyMatch(line -> line.contains("Index Scan using item_change_number")),
                () -> String.join("\n", plan));
        assertTrue(plan.stream().noneMatch(line -> line.contains("Sort")), () -> String.join("\n", plan));
    }

    @Test
    void aChangeThatIsCommittedLateIsNotMissed() throws Exception {
        UUID late = arrives("ann", "late");
        UUID early = ItemId.of("ann", Samples.content("early"));
        ann();
        Jdbi jdbi = Jdbi.create(DATABASE.ingest()).installPlugin(new PostgresPlugin());
        try (ExecutorService other = Executors.newVirtualThreadPerTaskExecutor();
                Handle slow = jdbi.open()) {
            slow.begin();
            ItemChanges changes = new ItemChanges(slow);
            changes.note("ann", late, false);
            changes.write();
            Future<UUID> meanwhile = other.submit(() -> arrives("ann", "early"));
            assertThrows(
                    TimeoutException.class, () -> meanwhile.get(300, TimeUnit.MILLISECONDS), "it is counted after");
            assertEquals(List.of(), ids(ann()));
            slow.commit();
            assertEquals(early, meanwhile.get(10, TimeUnit.SECONDS));
        }
        assertEquals(List.of(late, early), ids(ann()));
    }

    @Test
    void whoFollowsWhileManyWriteMissesNothing() throws Exception {
        Set<UUID> told = new HashSet<>();
        List<Future<Set<UUID>>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < 4; writer++) {
                String name = "writer " + writer + " ";
                writers.add(threads.submit(() -> {
                    Set<UUID> written = new HashSet<>();
                    for (int i = 0; i < 15; i++) {
                        written.add(arrives("ann", name + i));
                    }
                    return written;
                }));
            }
            while (!writers.stream().allMatch(Future::isDone)) {
                told.addAll(ids(ann()));
            }
        }
        told.addAll(ids(ann()));
        Set<UUID> written = new HashSet<>();
        for (Future<Set<UUID>> writer : writers) {
            written.addAll(writer.get());
        }
        assertEquals(written, told);
    }
}
