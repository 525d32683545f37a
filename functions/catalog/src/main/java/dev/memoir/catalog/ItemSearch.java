package dev.memoir.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * Finds a filter's items, newest first. Conditions on terms meet as bits, block by block ({@code term_block}); what they
 * leave is looked up item by item and checked against the conditions that bits say only roughly. How much is read hardly
 * depends on how frequent the terms are or how seldom they meet: at most one short row for each term and block, which are
 * read in growing spans of the timeline until enough is found.
 */
final class ItemSearch {
    /** Periods of the first span; each further span is {@link #GROWTH} times as long. */
    private static final long FIRST_SPAN = 16;

    private static final long GROWTH = 5;

    /** So many candidates of one period are as many as to look for them in its timeline instead. */
    private static final int CROWD = 5_000;

    /** One of so many parts of a crowd is looked up item by item before rows that only narrow are read. */
    private static final int FEW = 16;

    private final Handle handle;
    private final Filter filter;
    private final Optional<Cursor> after;
    private final List<Set<String>> required;
    private final List<Set<String>> decisive;
    private final Map<String, Object> values = new TreeMap<>();
    private final String span;
    private final String exactly;
    private final int crowd;

    ItemSearch(Handle handle, Filter filter, Optional<Cursor> after) {
        this(handle, filter, after, CROWD);
    }

    ItemSearch(Handle handle, Filter filter, Optional<Cursor> after, int crowd) {
        this.handle = handle;
        this.crowd = crowd;
        this.filter = filter;
        this.after = after;
        Requirements requirements = Requirements.of(filter);
        this.required = requirements.sets();
        this.decisive = requirements.decisive();
        this.span = span();
        this.exactly = span + within() + scored();
    }

    /** The newest of the items. */
    List<UUID> first(int limit) {
        if (filter.trashed() || required.isEmpty()) {
            return timeline("", limit);
        }
        return byTerms(limit);
    }

    /** Walks the timeline, or the trash, which is small. */
    private List<UUID> timeline(String more, int limit) {
        StringBuilder terms = new StringBuilder();
        for (Set<String> set : required) {
            terms.append(" AND i.terms && ").append(bind(set));
        }
        return ids(
                "SELECT i.id FROM item i WHERE i.present AND i.trashed_at IS "
                        + (filter.trashed() ? "NOT NULL" : "NULL") + exactly + more + terms,
                limit);
    }

    private List<UUID> ids(String sql, int limit) {
        return query(sql + " ORDER BY i.sort_time DESC, i.id DESC LIMIT " + limit)
                .mapTo(UUID.class)
                .list();
    }

    private List<UUID> byTerms(int limit) {
        List<UUID> found = new ArrayList<>();
        Extent extent = extent();
        long end = extent.newest() + 1;
        for (long length = FIRST_SPAN; end > extent.oldest() && found.size() < limit; length *= GROWTH) {
            long start = Math.max(extent.oldest(), end - length);
            addTo(found, candidates(start, end), limit);
            end = start;
        }
        return found;
    }

    /** The first and the last period in which the filter's items may lie; empty when the first is the later one. */
    private record Extent(long oldest, long newest) {}

    private Extent extent() {
        return query("SELECT (" + end("ASC") + ") AS oldest, (" + end("DESC") + ") AS newest")
                .map((row, context) -> row.getObject("newest") == null
                        ? new Extent(0, -1)
                        : new Extent(
                                Slot.period(AssetRow.time(row, "oldest").toInstant()),
                                Slot.period(AssetRow.time(row, "newest").toInstant())))
                .one();
    }

    private String end(String order) {
        return "SELECT i.sort_time FROM item i WHERE i.present AND i.trashed_at IS NULL" + span
                + " ORDER BY i.sort_time " + order + ", i.id " + order + " LIMIT 1";
    }

    /** @param bits as text, one for each slot that carries a term of every set */
    private record Block(long number, String bits) {
        private List<Slot> slots() {
            List<Slot> slots = new ArrayList<>();
            for (int slot = bits.indexOf('1'); slot >= 0; slot = bits.indexOf('1', slot + 1)) {
                slots.add(new Slot(number, slot));
            }
            return slots;
        }
    }

    /** A box and a score have many terms, so their rows are left alone where the others leave few items to check. */
    private Map<Long, List<Block>> candidates(long start, long end) {
        if (decisive.isEmpty() || decisive.size() == required.size()) {
            return meeting(required, start, end);
        }
        Map<Long, List<Block>> undecided = meeting(decisive, start, end);
        long count = undecided.values().stream()
                .flatMap(List::stream)
                .mapToLong(
                        block -> block.bits().chars().filter(bit -> bit == '1').count())
                .sum();
        return count <= crowd / FEW ? undecided : meeting(required, start, end);
    }

    /** The blocks in which terms of all sets meet, by their periods, the newest first. */
    private Map<Long, List<Block>> meeting(List<Set<String>> all, long start, long end) {
        String blocks = " AND block >= " + bindValue("first", Slot.firstBlock(start)) + " AND block < "
                + bindValue("end", Slot.firstBlock(end));
        String sets = all.stream()
                .map(set -> set.size() == 1
                        ? "SELECT block, items FROM term_block WHERE term = "
                                + bindValue("term", set.iterator().next()) + blocks
                        : "SELECT block, bit_or(items) AS items FROM term_block WHERE term = ANY(" + bind(set) + ")"
                                + blocks + " GROUP BY block")
                .collect(Collectors.joining(" UNION ALL "));
        Map<Long, List<Block>> periods = new TreeMap<>(Comparator.reverseOrder());
        query("SELECT block, bit_and(items) AS items FROM (" + sets + ") s GROUP BY block HAVING count(*) = "
                        + all.size() + " AND bit_and(items) <> cast(0 AS bit(" + Slot.SLOTS + "))")
                .map((row, context) -> new Block(row.getLong("block"), row.getString("items")))
                .forEach(block -> periods.computeIfAbsent(Slot.periodOf(block.number()), period -> new ArrayList<>())
                        .add(block));
        return periods;
    }

    /** Whole periods at a time, since items have no order within one. */
    private void addTo(List<UUID> found, Map<Long, List<Block>> periods, int limit) {
        List<Slot> candidates = new ArrayList<>();
        int enough = limit - found.size();
        for (var period : periods.entrySet()) {
            List<Slot> slots = period.getValue().stream()
                    .flatMap(block -> block.slots().stream())
                    .toList();
            if (slots.size() > crowd) {
                found.addAll(items(candidates, limit - found.size()));
                found.addAll(timeline(during(period.getKey()), limit - found.size()));
                candidates.clear();
            } else {
                candidates.addAll(slots);
            }
            if (candidates.size() >= enough) {
                found.addAll(items(candidates, limit - found.size()));
                candidates.clear();
                enough = Math.min(enough * 2, crowd);
            }
            if (found.size() >= limit) {
                return;
            }
        }
        found.addAll(items(candidates, limit - found.size()));
    }

    private List<UUID> items(List<Slot> candidates, int limit) {
        if (candidates.isEmpty() || limit == 0) {
            return List.of();
        }
        String blocks = bindValue("blocks", candidates.stream().map(Slot::block).toArray(Long[]::new));
        String slots = bindValue("slots", candidates.stream().map(Slot::slot).toArray(Integer[]::new));
        // The sub-select with a LIMIT keeps the planner from a join that would read all items.
        return ids(
                "SELECT i.id FROM unnest(" + blocks + ", " + slots + ") AS c(block, slot) CROSS JOIN LATERAL"
                        + " (SELECT * FROM item o WHERE o.block = c.block AND o.slot = c.slot LIMIT 1) i WHERE true"
                        + exactly,
                limit);
    }

    private String during(long period) {
        return " AND i.sort_time >= " + bind(Slot.start(period)) + " AND i.sort_time < " + bind(Slot.start(period + 1));
    }

    /** The filter's time span and the cursor. */
    private String span() {
        StringBuilder sql = new StringBuilder();
        filter.from().ifPresent(from -> sql.append(" AND i.sort_time >= ").append(bind(from)));
        filter.before().ifPresent(before -> sql.append(" AND i.sort_time < ").append(bind(before)));
        after.ifPresent(cursor -> sql.append(" AND (i.sort_time, i.id) < (")
                .append(bind(cursor.sortTime()))
                .append(", ")
                .append(bindValue("id", cursor.item()))
                .append(")"));
        return sql.toString();
    }

    /** The box, exactly; cells say it only roughly. */
    private String within() {
        List<String> parts = new ArrayList<>();
        for (GeoBox part : filter.box().map(GeoBox::parts).orElse(List.of())) {
            parts.add("i.latitude BETWEEN " + bindValue("south", part.south()) + " AND "
                    + bindValue("north", part.north()) + " AND i.longitude BETWEEN "
                    + bindValue("west", part.west()) + " AND " + bindValue("east", part.east()));
        }
        return parts.isEmpty() ? "" : " AND (" + String.join(" OR ", parts) + ")";
    }

    /** The score, exactly. */
    private String scored() {
        return filter.nsfw()
                .map(range -> " AND (i.nsfw > " + bindValue("above", range.above()) + " AND i.nsfw <= "
                        + bindValue("atMost", range.atMost()) + (range.unscored() ? " OR i.nsfw IS NULL)" : ")"))
                .orElse("");
    }

    /** What was bound for one query may be left over in the next. */
    private Query query(String sql) {
        return handle.createQuery(sql)
                .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                .bindMap(values);
    }

    private String bind(Collection<String> terms) {
        return "cast(" + bindValue("terms", terms.toArray(String[]::new)) + " AS text[])";
    }

    private String bind(Instant time) {
        return bindValue("time", time.atOffset(ZoneOffset.UTC));
    }

    private String bindValue(String name, Object value) {
        String unique = name + values.size();
        values.put(unique, value);
        return ":" + unique;
    }
}
