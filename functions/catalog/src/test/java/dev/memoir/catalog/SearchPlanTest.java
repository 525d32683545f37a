package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Under row security, at 100,000 items, no search reads a table from end to end. */
class SearchPlanTest {
    private static Jdbi api;

    @BeforeAll
    static void fill() {
        CatalogDatabase database = CatalogDatabase.create();
        SyntheticLibrary.fill(database.ingest(), "ann", 0, 100_000);
        SyntheticLibrary.fill(database.ingest(), "ben", 100_000, 2_000);
        Schema.vacuum(database.administrator());
        api = Jdbi.create(database.api()).installPlugin(new PostgresPlugin());
    }

    static Map<String, Filter> searches() {
        GeoBox home = new GeoBox(47.38, 8.55, 47.42, 8.6);
        Instant year = Instant.parse("2020-01-01T00:00:00Z");
        return Map.of(
                "everything", Filter.NONE,
                "a frequent word", FilterMaker.make().text("img").filter(),
                "a frequent and a rare word",
                        FilterMaker.make().text("img word15000").filter(),
                "two frequent labels",
                        FilterMaker.make().labels("label 1", "label 2").filter(),
                "a box", FilterMaker.make().box(home).filter(),
                "a box and videos",
                        FilterMaker.make().box(home).kinds(MediaKind.VIDEO).filter(),
                "a camera since 2020",
                        FilterMaker.make().cameras("X-T5").from(year).filter(),
                "flagged",
                        FilterMaker.make().nsfw(Filter.NsfwRange.ONLY_FLAGGED).filter(),
                "not flagged before 2020",
                        FilterMaker.make()
                                .nsfw(Filter.NsfwRange.NOT_FLAGGED)
                                .before(year)
                                .filter(),
                "all at once",
                        FilterMaker.make()
                                .text("label")
                                .labels("label 1")
                                .box(new GeoBox(-60, -180, 70, 180))
                                .kinds(MediaKind.IMAGE)
                                .mediaTypes("image/jpeg", "image/heic")
                                .from(year)
                                .filter());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aSearchTouchesOnlyIndexRows(String name) {
        Filter filter = searches().get(name);
        List<String> plan = api.inTransaction(handle -> {
            claim(handle, "ann");
            ItemSearch.Found found = new ItemSearch(handle, filter, Optional.empty()).first(51);
            return handle.createQuery("EXPLAIN (ANALYZE, COSTS OFF) " + found.sql())
                    .bindMap(found.values())
                    .mapTo(String.class)
                    .list();
        });
        String text = String.join("\n", plan);
        assertFalse(text.contains("Seq Scan"), text);
        assertTrue(text.contains("Index"), text);
    }

    static Set<String> names() {
        return searches().keySet();
    }

    private static void claim(Handle handle, String subject) {
        handle.execute("SELECT set_config('memoir.subject', ?, true)", subject);
    }
}
