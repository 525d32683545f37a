package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
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

    /** So few items on a map are gathered by where exactly each lies. */
    private static final int MOST_APART = 1_000;

    /** So that of those that are gathered the newest is the one that is kept. */
    private static final String OLDEST_FIRST = " ORDER BY i.sort_time, i.id";

    private final Handle handle;
    private final Scope scope;
    private final Filter filter;
    private final Optional<Cursor> after;
    private final List<Set<String>> required;
    private final List<Set<String>> decisive;
    private final Set<String> excluded;
    private final Map<String, Object> values = new TreeMap<>();
    private final String span;
    private final String exactly;
    private final int crowd;

    /** @param owner among whose items it looks, as far as the transaction sees them */
    ItemSearch(Handle handle, String owner, Filter filter, Optional<Cursor> after) {
        this(handle, owner, filter, after, CROWD);
    }

    ItemSearch(Handle handle, String owner, Filter filter, Optional<Cursor> after, int crowd) {
        this(handle, new Scope.Owner(owner), filter, after, crowd);
    }

    ItemSearch(Handle handle, Scope scope, Filter filter, Optional<Cursor> after) {
        this(handle, scope, filter, after, CROWD);
    }

    private ItemSearch(Handle handle, Scope scope, Filter filter, Optional<Cursor> after, int crowd) {
        this.handle = handle;
        this.scope = scope;
        this.crowd = crowd;
        this.filter = filter;
        this.after = after;
        Requirements requirements = Requirements.of(filter);
        this.required = requirements.sets();
        this.decisive = requirements.decisive();
        this.excluded = requirements.excluded();
        this.span = span();
        this.exactly = span + within() + scored();
    }

    /** The newest of the items. */
    List<UUID> first(int limit) {
        if (!hasBits() || required.isEmpty()) {
            return timeline("", limit);
        }
        return byTerms(limit);
    }

    /** The items of these assets, in no order. */
    List<UUID> among(Collection<Sha256> assets) {
        String any = bindValue("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new));
        return query("SELECT i.id" + walked(" AND i.sha256 = ANY(" + any + ")"))
                .mapTo(UUID.class)
                .list();
    }

    /**
     * How many items each period has, by its number, the newest first; periods without any are left out. Where bits say it all
     * they are counted, else the items one by one.
     */
    SortedMap<Long, Integer> perPeriod() {
        SortedMap<Long, Integer> counts = new TreeMap<>(Comparator.reverseOrder());
        if (!hasBits() || !exactly.isEmpty()) {
            query("SELECT cast(floor(extract(epoch FROM i.sort_time) / " + Slot.PERIOD.toSeconds()
                            + ") AS bigint) AS period, count(*) AS items" + walked("") + " GROUP BY 1")
                    .map((row, context) -> Map.entry(row.getLong("period"), row.getInt("items")))
                    .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        } else {
            Extent extent = extent();
            meeting(requiredOrAll(), extent.oldest(), extent.newest() + 1)
                    .forEach((period, blocks) -> counts.put(
                            period, blocks.stream().mapToInt(Block::items).sum()));
            counts.values().removeIf(items -> items == 0);
        }
        return counts;
    }

    /**
     * How many items lie in each cell, with one of its newest; cells without any are left out. Where bits say it all they are
     * counted, else the items one by one.
     *
     * @param cells of one level
     * @param finest the level of the cells in the answer, where so few items lie in all that each can be looked up
     */
    Map<GeoCell, Spot.Found> perCell(List<GeoCell> cells, int finest) {
        if (!hasBits() || !exactly.isEmpty()) {
            return walkedPerCell(Set.copyOf(cells), cells.getFirst().level(), finest);
        }
        Map<String, GeoCell> byTerm = new HashMap<>();
        cells.forEach(cell -> byTerm.put(new Term(Term.Kind.CELL, cell.text()).text(), cell));
        String inCells = inCells(byTerm.keySet());
        Map<GeoCell, Spot.Found> counted = countedPerCell(inCells, byTerm);
        int items = counted.values().stream().mapToInt(Spot.Found::items).sum();
        return finest > cells.getFirst().level() && items <= MOST_APART ? apart(inCells, finest) : counted;
    }

    /** The bits m of the cells' items. Both sides are worked out first: planned as one, each block was looked up in each cell. */
    private String inCells(Set<String> terms) {
        String cells = "WITH c AS MATERIALIZED (SELECT b.term, b.block, b.items FROM term_block b WHERE " + owned("b")
                + " AND b.term = ANY(" + bind(terms) + "))";
        if (required.isEmpty() && excluded.isEmpty()) {
            return cells + ", m AS (SELECT * FROM c)";
        }
        Extent extent = extent();
        return cells + ", f AS MATERIALIZED (" + met(requiredOrAll(), extent.oldest(), extent.newest() + 1)
                + "), m AS (SELECT c.term, c.block, c.items & f.items AS items FROM c JOIN f ON f.block = c.block)";
    }

    private Map<GeoCell, Spot.Found> countedPerCell(String inCells, Map<String, GeoCell> byTerm) {
        record Counted(GeoCell cell, int items) {}
        Map<Slot, Counted> newest = new HashMap<>();
        query(inCells + " SELECT DISTINCT ON (term) term, block, cast(items AS text) AS bits,"
                        + " sum(bit_count(items)) OVER (PARTITION BY term) AS count FROM m"
                        + " WHERE items <> " + Slot.NO_BITS + " ORDER BY term, block DESC")
                .map((row, context) -> newest.put(
                        new Slot(row.getLong("block"), row.getString("bits").indexOf('1')),
                        new Counted(byTerm.get(row.getString("term")), row.getInt("count"))))
                .list();
        Map<GeoCell, Spot.Found> spots = new HashMap<>();
        if (!newest.isEmpty()) {
            query("SELECT c.block, c.slot, i.id, i.latitude, i.longitude" + placed(newest.keySet()))
                    .map((row, context) -> {
                        Counted counted = newest.get(new Slot(row.getLong("block"), row.getInt("slot")));
                        return spots.put(counted.cell(), Spot.Found.of(counted.items(), row));
                    })
                    .list();
        }
        return spots;
    }

    private Map<GeoCell, Spot.Found> apart(String inCells, int level) {
        List<Slot> slots = query(inCells + " SELECT block, cast(bit_or(items) AS text) AS items FROM m GROUP BY block")
                .map((row, context) -> new Block(row.getLong("block"), row.getString("items")))
                .stream()
                .flatMap(block -> block.slots().stream())
                .toList();
        Map<GeoCell, Spot.Found> spots = new HashMap<>();
        if (!slots.isEmpty()) {
            gather(spots, level, "SELECT i.id, i.latitude, i.longitude" + placed(slots) + OLDEST_FIRST);
        }
        return spots;
    }

    private Map<GeoCell, Spot.Found> walkedPerCell(Set<GeoCell> cells, int level, int finest) {
        Map<GeoCell, Spot.Found> spots = new HashMap<>();
        gather(
                spots,
                finest,
                "SELECT i.id, i.latitude, i.longitude" + walked(" AND i.latitude IS NOT NULL") + OLDEST_FIRST);
        spots.keySet().removeIf(cell -> !cells.contains(cell.within(level)));
        return spots;
    }

    private void gather(Map<GeoCell, Spot.Found> spots, int level, String sql) {
        query(sql)
                .map((row, context) -> Spot.Found.of(1, row))
                .forEach(one -> spots.merge(
                        GeoCell.at(level, one.place().latitude(), one.place().longitude()), one, Spot.Found::and));
    }

    private List<Set<String>> requiredOrAll() {
        return required.isEmpty() ? Requirements.EVERY_KIND.sets() : required;
    }

    /** Every so many items of a period a place between two of them. */
    List<Cursor> marks(long period, int apart) {
        return query("SELECT n.sort_time, n.id FROM (SELECT i.sort_time, i.id,"
                        + " row_number() OVER (ORDER BY i.sort_time DESC, i.id DESC) AS number" + walked(during(period))
                        + ") n WHERE n.number % " + apart + " = 0 ORDER BY n.number")
                .map((row, context) ->
                        new Cursor(AssetRow.time(row, "sort_time").toInstant(), row.getObject("id", UUID.class)))
                .list();
    }

    /** Walks the timeline, or the trash, which is small. */
    private List<UUID> timeline(String more, int limit) {
        return ids("SELECT i.id" + walked(more), limit);
    }

    private String walked(String more) {
        StringBuilder terms = new StringBuilder();
        for (Set<String> set : required) {
            terms.append(" AND i.terms && ").append(bind(set));
        }
        if (!excluded.isEmpty()) {
            terms.append(" AND NOT i.terms && ").append(bind(excluded));
        }
        return " FROM item i WHERE " + owned("i") + " AND i.present AND i.trashed_at IS "
                + (filter.trashed() ? "NOT NULL" : "NULL") + uncovered() + exactly + more + terms;
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
        return "SELECT i.sort_time FROM item i WHERE " + owned("i") + " AND i.present AND i.trashed_at IS NULL"
                + uncovered() + span + " ORDER BY i.sort_time " + order + ", i.id " + order + " LIMIT 1";
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

        private int items() {
            return (int) bits.chars().filter(bit -> bit == '1').count();
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
                .mapToLong(Block::items)
                .sum();
        return count <= crowd / FEW ? undecided : meeting(required, start, end);
    }

    /** The blocks in which terms of all sets meet, by their periods, the newest first. */
    private Map<Long, List<Block>> meeting(List<Set<String>> all, long start, long end) {
        Map<Long, List<Block>> periods = new TreeMap<>(Comparator.reverseOrder());
        query(met(all, start, end))
                .map((row, context) -> new Block(row.getLong("block"), row.getString("items")))
                .forEach(block -> periods.computeIfAbsent(Slot.periodOf(block.number()), period -> new ArrayList<>())
                        .add(block));
        return periods;
    }

    private String met(List<Set<String>> all, long start, long end) {
        String blocks = " AND block >= " + bindValue("first", Slot.firstBlock(start)) + " AND block < "
                + bindValue("end", Slot.firstBlock(end));
        String sets = all.stream()
                .map(set -> "SELECT block, bit_or(items) AS items FROM term_block b WHERE " + owned("b") + " AND term "
                        + (set.size() == 1
                                ? "= " + bindValue("term", set.iterator().next())
                                : "= ANY(" + bind(set) + ")")
                        + blocks + " GROUP BY block")
                .collect(Collectors.joining(" UNION ALL "));
        String met = "SELECT block, bit_and(items) AS items FROM (" + sets + ") s GROUP BY block HAVING count(*) = "
                + all.size() + " AND bit_and(items) <> " + Slot.NO_BITS;
        return excluded.isEmpty() ? met : butExcluded(met, blocks);
    }

    /** Blocks without those items that carry an excluded term; most blocks have none. */
    private String butExcluded(String met, String blocks) {
        return "SELECT * FROM (SELECT m.block, m.items & ~coalesce(x.items, " + Slot.NO_BITS + ") AS items FROM (" + met
                + ") m LEFT JOIN (SELECT block, bit_or(items) AS items FROM term_block b WHERE " + owned("b")
                + " AND term = ANY(" + bind(excluded) + ")" + blocks + " GROUP BY block) x ON x.block = m.block) l"
                + " WHERE items <> " + Slot.NO_BITS;
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
        return ids("SELECT i.id" + placed(candidates) + " WHERE true" + exactly, limit);
    }

    /** The items in slots. The sub-select with a LIMIT keeps the planner from a join that would read all items. */
    private String placed(Collection<Slot> candidates) {
        String blocks = bindValue("blocks", candidates.stream().map(Slot::block).toArray(Long[]::new));
        String slots = bindValue("slots", candidates.stream().map(Slot::slot).toArray(Integer[]::new));
        return " FROM unnest(" + blocks + ", " + slots + ") AS c(block, slot) CROSS JOIN LATERAL"
                + " (SELECT * FROM item o WHERE " + owned("o")
                + " AND o.block = c.block AND o.slot = c.slot LIMIT 1) i";
    }

    private String during(long period) {
        return " AND i.sort_time >= " + bind(Slot.start(period)) + " AND i.sort_time < " + bind(Slot.start(period + 1));
    }

    /** Of what is in the trash, and of what is not one owner's, bits don't tell. */
    private boolean hasBits() {
        return scope instanceof Scope.Owner && !filter.trashed();
    }

    /** Said besides row security, whose own condition has alternatives: so the indexes on an owner's rows are used. */
    private String owned(String table) {
        return switch (scope) {
            case Scope.Owner(String name) -> table + ".owner = " + bindValue("owner", name);
            case Scope.Members(UUID album, List<String> owners, boolean others) ->
                "EXISTS (SELECT 1 FROM album_item m WHERE m.album = " + bindValue("album", album) + " AND m.sha256 = "
                        + table + ".sha256 AND m.owner = " + table + ".owner) AND "
                        + (others ? "NOT " : "") + table + ".owner = ANY(" + bind(owners) + ")";
            case Scope.Only(Collection<UUID> items) ->
                table + ".id = ANY(" + bindValue("items", items.toArray(UUID[]::new)) + ")";
        };
    }

    /** An album shows what was put into it, also beneath others. */
    private String uncovered() {
        return scope instanceof Scope.Owner ? " AND i.cover IS NULL" : "";
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
