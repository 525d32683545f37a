package dev.memoir.catalog;

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
import org.jdbi.v3.core.Handle;

/**
 * The SQL that finds a filter's items, newest first. It walks one index in the order of the timeline and stops when it has
 * enough: the rows of the rarest condition's terms, each checked against the others by a look into the same index; without
 * such a condition, the timeline itself. The sub-selects with a LIMIT keep the planner from turning the checks into joins
 * that would read whole tables.
 */
final class ItemSearch {
    /** How exactly the rarest condition is looked for: first among conditions with so many rows, then with more. */
    private static final List<Integer> STEPS = List.of(500, 10_000);

    /** See {@link Size#cost()}. */
    private static final int MOST_PLACES = 8;

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
        Set<String> rarest = rarest(sets);
        sets.remove(rarest);
        sets.removeIf(Requirements::onlyNarrows);
        boolean byPlace = isPlace(rarest);
        StringBuilder conditions = new StringBuilder(span("t.sort_time", "t.item"));
        for (Set<String> set : sets) {
            conditions
                    .append(" AND (SELECT true FROM item_term o WHERE o.term = ANY(")
                    .append(bind(set))
                    .append(") AND o.sort_time = t.sort_time AND o.item = t.item LIMIT 1)");
        }
        conditions.append(byPlace ? within("t") : "");
        String ofItem = (byPlace ? "" : within("i")) + scored("i");
        if (!ofItem.isEmpty()) {
            conditions.append(" AND (SELECT true FROM item i WHERE i.id = t.item" + ofItem + " LIMIT 1)");
        }
        return "SELECT f.* FROM (SELECT m.sort_time, m.item FROM unnest(" + bind(rarest)
                + ") AS d(term) CROSS JOIN LATERAL (SELECT t.sort_time, t.item FROM " + rows(rarest) + " = d.term"
                + conditions + " ORDER BY t.sort_time DESC, t.item DESC LIMIT :limit) m"
                + " ORDER BY m.sort_time DESC, m.item DESC LIMIT :limit) n"
                + " CROSS JOIN LATERAL (SELECT i.* FROM item i WHERE i.id = n.item LIMIT 1) f"
                + " ORDER BY f.sort_time DESC, f.id DESC";
    }

    private static boolean isPlace(Set<String> set) {
        return Requirements.kind(set) == Term.Kind.CELL;
    }

    /** The rows of a set's terms, up to the comparison with one of them. */
    private static String rows(Set<String> set) {
        return isPlace(set) ? "item_place t WHERE t.cell" : "item_term t WHERE t.term";
    }

    /**
     * How many rows a condition has.
     *
     * @param rows no more than were counted
     * @param capped whether there may be more
     */
    private record Size(Set<String> set, long rows, boolean capped) {
        /**
         * A condition of many terms walks its index at many places and fills the page at each: with so many rows, any
         * other condition is better to begin with.
         */
        private long cost() {
            return capped && set.size() > MOST_PLACES ? Long.MAX_VALUE : rows;
        }
    }

    /** Which is rarest shows soon: kept counts are read, other rows are counted, but never far. */
    private Set<String> rarest(List<Set<String>> sets) {
        if (sets.size() == 1) {
            return sets.getFirst();
        }
        Size rarest = null;
        for (int step : STEPS) {
            rarest = sizes(sets, step).stream()
                    .min(Comparator.comparingLong(Size::cost))
                    .orElseThrow();
            if (!rarest.capped() && rarest.rows() <= step) {
                break;
            }
        }
        return rarest.set();
    }

    private List<Size> sizes(List<Set<String>> sets, int most) {
        String counts = sets.stream().map(set -> count(set, most)).collect(Collectors.joining(", "));
        return handle.createQuery("SELECT " + counts)
                .bindMap(values)
                .map((row, context) -> {
                    List<Size> sizes = new ArrayList<>();
                    for (Set<String> set : sets) {
                        long rows = row.getLong(sizes.size() + 1);
                        boolean exact = Requirements.kind(set).counted();
                        sizes.add(new Size(set, rows, !exact && rows == most));
                    }
                    return sizes;
                })
                .one();
    }

    private String count(Set<String> set, int most) {
        if (Requirements.kind(set).counted()) {
            return "(SELECT coalesce(sum(items), 0) FROM term_count c WHERE c.kind = "
                    + bindValue("kind", Requirements.kind(set).letter()) + " AND c.term = ANY(" + bind(set) + "))";
        }
        return "(SELECT count(*) FROM (SELECT 1 FROM " + rows(set) + " = ANY(" + bind(set) + ")"
                + span("t.sort_time", "t.item") + " LIMIT " + most + ") x)";
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
