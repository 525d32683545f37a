package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Under row security, at 100,000 items, no search reads a table from end to end or many pages, and none misses anything. */
class SearchPlanTest {
    /** Pages are 8 KiB, and some thousand of them are read in a few milliseconds. */
    private static final long MOST_PAGES = 10_000;

    /** Some of the latest periods, the most crowded ones, hold more and are parted. */
    private static final int LONGEST = 120;

    private static Jdbi api;
    private static Jdbi administrator;

    @BeforeAll
    static void fill() {
        CatalogDatabase database = CatalogDatabase.create();
        SyntheticLibrary.fill(database.ingest(), "ann", 0, 100_000);
        SyntheticLibrary.fill(database.ingest(), "ben", 100_000, 2_000);
        Schema.vacuum(database.administrator());
        api = Jdbi.create(database.api()).installPlugin(new PostgresPlugin());
        administrator = Jdbi.create(database.administrator()).installPlugin(new PostgresPlugin());
    }

    static Map<String, Filter> searches() {
        GeoBox home = new GeoBox(47.38, 8.55, 47.42, 8.6);
        Instant year = Instant.parse("2020-01-01T00:00:00Z");
        return Map.ofEntries(
                Map.entry("everything", Filter.NONE),
                Map.entry("a frequent word", FilterMaker.make().text("img").filter()),
                Map.entry(
                        "a frequent and a rare word",
                        FilterMaker.make().text("img word15000").filter()),
                Map.entry(
                        "two frequent labels",
                        FilterMaker.make().labels("label 1", "label 2").filter()),
                Map.entry(
                        "two frequent words that never meet",
                        FilterMaker.make().text("iphone pixel").filter()),
                Map.entry(
                        "a label and words that hardly meet",
                        FilterMaker.make()
                                .labels("label 2")
                                .text("word1 word2")
                                .kinds(MediaKind.VIDEO)
                                .filter()),
                Map.entry("a box", FilterMaker.make().box(home).filter()),
                Map.entry(
                        "a box and videos",
                        FilterMaker.make().box(home).kinds(MediaKind.VIDEO).filter()),
                Map.entry(
                        "a label in a box",
                        FilterMaker.make().box(home).labels("label 1").filter()),
                Map.entry(
                        "a label, a word, a box and a year",
                        FilterMaker.make()
                                .labels("label 3")
                                .text("img")
                                .box(new GeoBox(40, 0, 55, 20))
                                .from(year)
                                .before(Instant.parse("2021-01-01T00:00:00Z"))
                                .kinds(MediaKind.IMAGE)
                                .filter()),
                Map.entry(
                        "a camera since 2020",
                        FilterMaker.make().cameras("X-T5").from(year).filter()),
                Map.entry(
                        "flagged",
                        FilterMaker.make().nsfw(Filter.NsfwRange.ONLY_FLAGGED).filter()),
                Map.entry(
                        "flagged with a label",
                        FilterMaker.make()
                                .nsfw(new Filter.NsfwRange(0.55, 1, false))
                                .labels("label 900")
                                .filter()),
                Map.entry(
                        "not flagged before 2020",
                        FilterMaker.make()
                                .nsfw(Filter.NsfwRange.NOT_FLAGGED)
                                .before(year)
                                .filter()),
                Map.entry(
                        "all at once",
                        FilterMaker.make()
                                .text("label")
                                .labels("label 1")
                                .box(new GeoBox(-60, -180, 70, 180))
                                .kinds(MediaKind.IMAGE)
                                .mediaTypes("image/jpeg", "image/heic")
                                .from(year)
                                .filter()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aSearchFindsWhatReadingEveryItemFinds(String name) {
        Filter filter = searches().get(name);
        List<UUID> all = readingEveryItem(filter);
        assertEquals(first(all, 0), search(filter, Optional.empty()));
        if (all.size() > 1) {
            int middle = all.size() / 2;
            Cursor cursor = administrator.withHandle(handle -> handle.createQuery(
                            "SELECT sort_time, id FROM memoir.item WHERE id = ?")
                    .bind(0, all.get(middle))
                    .map((row, context) -> new Cursor(
                            row.getObject(1, OffsetDateTime.class).toInstant(), row.getObject(2, UUID.class)))
                    .one());
            assertEquals(first(all, middle + 1), search(filter, Optional.of(cursor)));
        }
    }

    private static List<UUID> first(List<UUID> all, int from) {
        return all.subList(from, Math.min(all.size(), from + 51));
    }

    private static List<UUID> search(Filter filter, Optional<Cursor> after) {
        return api.inTransaction(handle -> {
            claim(handle, "ann");
            return new ItemSearch(handle, "ann", filter, after).first(51);
        });
    }

    private static List<UUID> readingEveryItem(Filter filter) {
        StringBuilder where = new StringBuilder("owner = 'ann' AND present AND trashed_at IS NULL");
        Requirements.of(filter)
                .decisive()
                .forEach(set -> where.append(" AND terms && cast('{")
                        .append(set.stream().map(term -> '"' + term + '"').collect(Collectors.joining(",")))
                        .append("}' AS text[])"));
        filter.from().ifPresent(from -> where.append(" AND sort_time >= '" + from + "'"));
        filter.before().ifPresent(before -> where.append(" AND sort_time < '" + before + "'"));
        filter.box()
                .ifPresent(box -> where.append(" AND latitude BETWEEN " + box.south() + " AND " + box.north()
                        + " AND longitude BETWEEN " + box.west() + " AND " + box.east()));
        filter.nsfw()
                .ifPresent(range -> where.append(" AND nsfw > " + range.above() + " AND nsfw <= " + range.atMost()));
        return administrator.withHandle(handle -> handle.createQuery(
                        "SELECT id FROM memoir.item WHERE " + where + " ORDER BY sort_time DESC, id DESC")
                .mapTo(UUID.class)
                .list());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aSearchReadsFewPagesAndNoTableFromEndToEnd(String name) {
        Filter filter = searches().get(name);
        api.useHandle(handle -> {
            Reads before = reads(handle);
            handle.useTransaction(transaction -> {
                claim(transaction, "ann");
                new ItemSearch(transaction, "ann", filter, Optional.empty()).first(51);
            });
            Reads after = reads(handle);
            assertEquals(before.wholeTables(), after.wholeTables(), "tables read from end to end");
            long pages = after.pages() - before.pages();
            assertTrue(pages > 0 && pages < MOST_PAGES, pages + " pages");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aTimelineCountsWhatReadingEveryItemFindsAndItsStretchesReadAsOne(String name) {
        Filter filter = searches().get(name);
        List<UUID> all = readingEveryItem(filter);
        List<Stretch> stretches = stretches(filter, LONGEST);
        assertEquals(all.size(), stretches.stream().mapToInt(Stretch::items).sum());
        assertTrue(stretches.stream().allMatch(stretch -> stretch.items() >= 1 && stretch.items() <= LONGEST));
        int begin = 0;
        for (Stretch stretch : stretches) {
            if (begin < 2_000) {
                Filter during = within(filter, stretch);
                List<UUID> read = api.inTransaction(handle -> {
                    claim(handle, "ann");
                    return new ItemSearch(handle, "ann", during, stretch.after()).first(stretch.items());
                });
                assertEquals(all.subList(begin, begin + stretch.items()), read, stretch.toString());
            }
            begin += stretch.items();
        }
    }

    /** What bits don't say is asked of every item of the time span; what they say costs a few pages for each term. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"everything", "a frequent word", "two frequent labels", "two frequent words that never meet"})
    void aTimelineByBitsReadsFewPagesAndNoTableFromEndToEnd(String name) {
        Filter filter = searches().get(name);
        api.useHandle(handle -> {
            Reads before = reads(handle);
            handle.useTransaction(transaction -> {
                claim(transaction, "ann");
                Stretch.of(List.of(new ItemSearch(transaction, "ann", filter, Optional.empty())), Stretch.MOST_ITEMS);
            });
            Reads after = reads(handle);
            assertEquals(before.wholeTables(), after.wholeTables(), "tables read from end to end");
            long pages = after.pages() - before.pages();
            assertTrue(pages > 0 && pages < MOST_PAGES, pages + " pages");
        });
    }

    /** The filter's own span of time stays where it is narrower. */
    private static Filter within(Filter f, Stretch stretch) {
        Instant from = f.from().filter(own -> own.isAfter(stretch.from())).orElse(stretch.from());
        Instant before =
                f.before().filter(own -> own.isBefore(stretch.before())).orElse(stretch.before());
        return new Filter(
                f.text(),
                f.labels(),
                Optional.of(from),
                Optional.of(before),
                f.box(),
                f.kinds(),
                f.mediaTypes(),
                f.cameras(),
                f.years(),
                f.states(),
                f.ratings(),
                f.nsfw(),
                f.trashed(),
                f.people(),
                Filter.Marks.ANY);
    }

    private static List<Stretch> stretches(Filter filter, int most) {
        return api.inTransaction(handle -> {
            claim(handle, "ann");
            return Stretch.of(List.of(new ItemSearch(handle, "ann", filter, Optional.empty())), most);
        });
    }

    static Set<String> names() {
        return searches().keySet();
    }

    /** @param pages of tables and indexes, in memory or not */
    private record Reads(long wholeTables, long pages) {}

    private static Reads reads(Handle handle) {
        handle.execute("SELECT pg_stat_force_next_flush()");
        return handle.createQuery("SELECT sum(seq_scan) AS whole, sum(heap_blks_read + heap_blks_hit"
                        + " + coalesce(idx_blks_read, 0) + coalesce(idx_blks_hit, 0)) AS pages"
                        + " FROM pg_stat_user_tables JOIN pg_statio_user_tables USING (relid)"
                        + " WHERE pg_stat_user_tables.schemaname = 'memoir'")
                .map((row, context) -> new Reads(row.getLong("whole"), row.getLong("pages")))
                .one();
    }

    private static void claim(Handle handle, String subject) {
        handle.execute("SELECT set_config('memoir.subject', ?, true)", subject);
    }
}
