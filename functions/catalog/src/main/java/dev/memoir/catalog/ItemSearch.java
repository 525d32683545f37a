package dev.memoir.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The SQL that finds a filter's items, newest first. It walks one index in the order of the timeline and stops when it has
 * enough: the rows of the rarest condition's terms, each checked against the others by a look into the same index; without
 * such a condition, the timeline itself. Where the two rarest are frequent both, they are walked side by side instead: looks
 * would be many if they hardly ever meet. The sub-selects with a LIMIT or OFFSET keep the planner from turning the checks
 * into joins that would read whole tables.
 */
final class ItemSearch {
    /** So many of each condition's newest rows are read to see how close together they lie. */
    private static final int SAMPLE = 500;

    /** Reading the newest rows of more terms takes longer than it can save. */
    private static final int MOST_SAMPLED = 8;

    /** A look into more cells takes longer than one at the item itself. */
    private static final int MOST_CELLS_LOOKED_INTO = 4;

    /** Skipping so many rows of a denser condition costs about as much as one look for a row in it. */
    private static final double SKIPPED_PER_LOOK = 16;

    private final Handle handle;
    private final Filter filter;
    private final Optional<Cursor> after;
    private final Map<String, Object> values = new TreeMap<>();

    ItemSearch(Handle handle, Filter filter, Optional<Cursor> after) {
        this.handle = handle;
        this.filter = filter;
        this.after = after;
    }

    /** A query whose columns are those of {@code item}, and the values it binds. */
    record Found(String sql, Map<String, Object> values) {}

    Found first(int limit) {
        values.put("limit", limit);
        Requirements required = Requirements.of(filter);
        String sql;
        if (filter.trashed()) {
            sql = trash(required);
        } else if (required.none()) {
            sql = timeline();
        } else {
            sql = byTerms(new ArrayList<>(required.sets()));
        }
        return new Found(sql, values);
    }

    private String timeline() {
        return "SELECT i.* FROM item i WHERE i.present AND i.trashed_at IS NULL" + span("i.sort_time", "i.id")
                + within("i") + scored("i") + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit";
    }

    /** The trash is small: it is walked whole. */
    private String trash(Requirements required) {
        StringBuilder terms = new StringBuilder();
        for (Set<String> set : required.sets()) {
            terms.append(" AND i.terms && ").append(bind(set));
        }
        return "SELECT i.* FROM item i WHERE i.present AND i.trashed_at IS NOT NULL" + span("i.sort_time", "i.id")
                + within("i") + scored("i") + terms + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit";
    }

    private String byTerms(List<Set<String>> sets) {
        List<Density> densities = densities(sets);
        Density rarest = densities.getFirst();
        Optional<Density> beside =
                densities.stream().skip(1).filter(rarest::isMergedWith).findFirst();
        sets.remove(rarest.set());
        beside.ifPresent(other -> sets.remove(other.set()));
        sets.removeIf(Requirements::onlyNarrows);
        boolean byPlace = isPlace(rarest.set());
        StringBuilder checks = new StringBuilder();
        for (Set<String> set : sets) {
            checks.append(" AND (SELECT true FROM item_term o WHERE o.term = ANY(")
                    .append(bind(set))
                    .append(") AND o.sort_time = t.sort_time AND o.item = t.item LIMIT 1)");
        }
        Optional<String> inCells = byPlace ? Optional.empty() : inCells();
        checks.append(byPlace ? within("t") : inCells.orElse(""));
        String ofItem = (byPlace || inCells.isPresent() ? "" : within("i")) + scored("i");
        if (!ofItem.isEmpty()) {
            checks.append(" AND (SELECT true FROM item i WHERE i.id = t.item" + ofItem + " LIMIT 1)");
        }
        String found = beside.map(other -> bothOf(rarest.set(), other.set(), checks))
                .orElseGet(() -> anyOf(rarest.set(), checks));
        return "SELECT f.* FROM (" + found + ") n"
                + " CROSS JOIN LATERAL (SELECT i.* FROM item i WHERE i.id = n.item LIMIT 1) f"
                + " ORDER BY f.sort_time DESC, f.id DESC";
    }

    /** The box, exactly, by a look into the index of places: its rows lie in the order of the walk, those of items do not. */
    private Optional<String> inCells() {
        Set<String> cells = filter.box()
                .map(box -> Requirements.cells(box, MOST_CELLS_LOOKED_INTO))
                .orElse(Set.of());
        return cells.isEmpty()
                ? Optional.empty()
                : Optional.of(" AND (SELECT true FROM item_place p WHERE p.cell = ANY(" + bind(cells)
                        + ") AND p.sort_time = t.sort_time AND p.item = t.item" + within("p") + " LIMIT 1)");
    }

    /** Each term's rows are walked until they fill the page. */
    private String anyOf(Set<String> set, CharSequence checks) {
        return "SELECT m.sort_time, m.item FROM unnest(" + bind(set)
                + ") AS d(term) CROSS JOIN LATERAL (SELECT t.sort_time, t.item FROM " + rows(set) + " = d.term"
                + span("t.sort_time", "t.item") + checks + " ORDER BY t.sort_time DESC, t.item DESC LIMIT :limit) m"
                + " ORDER BY m.sort_time DESC, m.item DESC LIMIT :limit";
    }

    /** The rows of two terms, both in the order of the timeline, are merged until they fill the page. */
    private String bothOf(Set<String> one, Set<String> other, CharSequence checks) {
        return "SELECT t.sort_time, t.item FROM (SELECT a.sort_time, a.item FROM (" + ordered(one) + ") a JOIN ("
                + ordered(other) + ") b ON b.sort_time = a.sort_time AND b.item = a.item"
                + " ORDER BY a.sort_time DESC, a.item DESC OFFSET 0) t WHERE true" + checks
                + " ORDER BY t.sort_time DESC, t.item DESC LIMIT :limit";
    }

    private String ordered(Set<String> term) {
        return "SELECT t.sort_time, t.item FROM " + rows(term) + " = "
                + bindValue("term", term.iterator().next()) + span("t.sort_time", "t.item")
                + " ORDER BY t.sort_time DESC, t.item DESC OFFSET 0";
    }

    private static boolean isPlace(Set<String> set) {
        return Requirements.kind(set) == Term.Kind.CELL;
    }

    /** The rows of a set's terms, up to the comparison with one of them. */
    private static String rows(Set<String> set) {
        return isPlace(set) ? "item_place t WHERE t.cell" : "item_term t WHERE t.term";
    }

    /**
     * How close together a condition's rows lie where the page begins.
     *
     * @param rows how many there are, at most {@link #SAMPLE}
     * @param newest when the first of them is
     * @param reach when the last of them is; not known of many terms
     */
    private record Density(Set<String> set, long rows, Optional<Instant> newest, Optional<Instant> reach) {
        /** Few rows come first, then those that are far apart. */
        private static final Comparator<Density> RAREST_FIRST = Comparator.comparingLong(Density::rows)
                .thenComparing(density -> density.reach().orElse(Instant.MAX));

        private boolean isKnown() {
            return rows < SAMPLE || reach.isPresent();
        }

        /** Whether merging with a denser condition's rows takes less than looking for each row in it. */
        private boolean isMergedWith(Density denser) {
            if (rows < SAMPLE || !isMergeable() || !denser.isMergeable()) {
                return false;
            }
            Instant top = Stream.of(newest.get(), denser.newest.get())
                    .max(Comparator.naturalOrder())
                    .get();
            return seconds(reach.get(), top) <= SKIPPED_PER_LOOK * seconds(denser.reach.get(), top);
        }

        private boolean isMergeable() {
            return set.size() == 1 && !isPlace(set) && reach.isPresent();
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1000.0;
        }
    }

    /** The conditions, rarest first. */
    private List<Density> densities(List<Set<String>> sets) {
        if (sets.size() == 1) {
            return List.of(new Density(sets.getFirst(), SAMPLE, Optional.empty(), Optional.empty()));
        }
        List<Density> densities = sampled(sets, "");
        Density rarest = densities.getFirst();
        List<Set<String>> unknown = densities.stream()
                .filter(density -> !density.isKnown())
                .map(Density::set)
                .toList();
        if (rarest.rows() == SAMPLE && rarest.isKnown() && !unknown.isEmpty()) {
            // Of many terms this much can be told: whether they have fewer rows where the rarest has its sample.
            densities.removeIf(density -> !density.isKnown());
            densities.addAll(sampled(
                    unknown, " AND t.sort_time >= " + bind(rarest.reach().get())));
            densities.sort(Density.RAREST_FIRST);
        }
        return densities;
    }

    private List<Density> sampled(List<Set<String>> sets, String where) {
        String samples = IntStream.range(0, sets.size())
                .mapToObj(i -> "SELECT " + i + " AS n, s.* FROM (" + sample(sets.get(i), where) + ") s")
                .collect(Collectors.joining(" UNION ALL "));
        return handle
                .createQuery(samples)
                .bindMap(values)
                .map((row, context) -> new Density(
                        sets.get(row.getInt("n")), row.getLong("rows"), time(row, "newest"), time(row, "reach")))
                .stream()
                .sorted(Density.RAREST_FIRST)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** How many rows a condition has, up to the sample's size, and over which time they reach. */
    private String sample(Set<String> set, String where) {
        String conditions = span("t.sort_time", "t.item") + where;
        if (set.size() > MOST_SAMPLED) {
            return "SELECT count(*) AS rows, cast(NULL AS timestamptz) AS newest, cast(NULL AS timestamptz) AS reach"
                    + " FROM (SELECT 1 FROM " + rows(set) + " = ANY(" + bind(set) + ")" + conditions
                    + (isPlace(set) ? within("t") : "") + " LIMIT " + SAMPLE + ") x";
        }
        return "SELECT count(*) AS rows, max(x.sort_time) AS newest, min(x.sort_time) AS reach FROM ("
                + "SELECT m.sort_time FROM unnest(" + bind(set) + ") AS d(term) CROSS JOIN LATERAL (SELECT t.sort_time"
                + " FROM " + rows(set) + " = d.term" + conditions
                + " ORDER BY t.sort_time DESC, t.item DESC LIMIT " + SAMPLE + ") m"
                + " ORDER BY m.sort_time DESC LIMIT " + SAMPLE + ") x";
    }

    /** The filter's time span and the cursor, on the columns of an index. */
    private String span(String time, String id) {
        StringBuilder sql = new StringBuilder();
        filter.from()
                .ifPresent(
                        from -> sql.append(" AND ").append(time).append(" >= ").append(bind(from)));
        filter.before()
                .ifPresent(
                        before -> sql.append(" AND ").append(time).append(" < ").append(bind(before)));
        after.ifPresent(cursor -> sql.append(" AND (")
                .append(time)
                .append(", ")
                .append(id)
                .append(") < (")
                .append(bind(cursor.sortTime()))
                .append(", ")
                .append(bindValue("id", cursor.item()))
                .append(")"));
        return sql.toString();
    }

    /** The box, exactly; cells say it only roughly. */
    private String within(String table) {
        List<String> parts = new ArrayList<>();
        for (GeoBox part : filter.box().map(GeoBox::parts).orElse(List.of())) {
            parts.add(table + ".latitude BETWEEN " + bindValue("south", part.south()) + " AND "
                    + bindValue("north", part.north()) + " AND " + table + ".longitude BETWEEN "
                    + bindValue("west", part.west()) + " AND " + bindValue("east", part.east()));
        }
        return parts.isEmpty() ? "" : " AND (" + String.join(" OR ", parts) + ")";
    }

    /** The score, exactly. */
    private String scored(String table) {
        return filter.nsfw()
                .map(range -> " AND (" + table + ".nsfw > " + bindValue("above", range.above()) + " AND " + table
                        + ".nsfw <= " + bindValue("atMost", range.atMost())
                        + (range.unscored() ? " OR " + table + ".nsfw IS NULL)" : ")"))
                .orElse("");
    }

    private String bind(Collection<String> terms) {
        return "cast(" + bindValue("terms", terms.toArray(String[]::new)) + " AS text[])";
    }

    private String bind(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        return bindValue("time", utc);
    }

    private String bindValue(String name, Object value) {
        String unique = name + values.size();
        values.put(unique, value);
        return ":" + unique;
    }
}
