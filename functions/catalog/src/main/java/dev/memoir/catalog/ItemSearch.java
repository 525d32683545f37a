package dev.memoir.catalog;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
                + checks() + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit";
    }

    /** The trash is small: it is walked whole. */
    private String trash(Requirements required) {
        StringBuilder terms = new StringBuilder();
        for (Set<String> set : required.sets()) {
            terms.append(" AND i.terms && ").append(bind(set));
        }
        return "SELECT i.* FROM item i WHERE i.present AND i.trashed_at IS NOT NULL" + span("i.sort_time", "i.id")
                + checks() + terms + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit";
    }

    private String byTerms(List<Set<String>> sets) {
        Set<String> rarest = rarest(sets);
        sets.remove(rarest);
        sets.removeIf(Requirements::onlyNarrows);
        StringBuilder others = new StringBuilder();
        for (Set<String> set : sets) {
            others.append(" AND (SELECT true FROM item_term o WHERE o.term = ANY(")
                    .append(bind(set))
                    .append(") AND o.sort_time = t.sort_time AND o.item = t.item LIMIT 1)");
        }
        return "SELECT m.* FROM unnest(" + bind(rarest) + ") AS d(term) CROSS JOIN LATERAL ("
                + "SELECT f.* FROM item_term t CROSS JOIN LATERAL ("
                + "SELECT i.* FROM item i WHERE i.id = t.item" + checks() + " LIMIT 1) f"
                + " WHERE t.term = d.term" + span("t.sort_time", "t.item") + others
                + " ORDER BY t.sort_time DESC, t.item DESC LIMIT :limit) m"
                + " ORDER BY m.sort_time DESC, m.id DESC LIMIT :limit";
    }

    /** Counts each condition's rows, but never far: which is rarest shows soon. */
    private Set<String> rarest(List<Set<String>> sets) {
        List<Set<String>> candidates = sets;
        for (int step : STEPS) {
            if (candidates.size() > 1) {
                candidates = fewest(candidates, step);
            }
        }
        return candidates.getFirst();
    }

    private List<Set<String>> fewest(List<Set<String>> sets, int most) {
        List<String> counts = new ArrayList<>();
        for (Set<String> set : sets) {
            counts.add("(SELECT count(*) FROM (SELECT 1 FROM item_term t WHERE t.term = ANY(" + bind(set) + ")"
                    + span("t.sort_time", "t.item") + " LIMIT " + most + ") x)");
        }
        List<Long> found = handle.createQuery("SELECT " + String.join(", ", counts))
                .bindMap(values)
                .map((row, context) -> {
                    List<Long> numbers = new ArrayList<>();
                    for (int i = 1; i <= sets.size(); i++) {
                        numbers.add(row.getLong(i));
                    }
                    return numbers;
                })
                .one();
        long least = found.stream().mapToLong(Long::longValue).min().orElseThrow();
        List<Set<String>> rare = new ArrayList<>();
        for (int i = 0; i < sets.size(); i++) {
            if (found.get(i) == least) {
                rare.add(sets.get(i));
            }
        }
        return least < most ? rare.subList(0, 1) : rare;
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

    /** What terms can only say roughly, exactly. */
    private String checks() {
        StringBuilder sql = new StringBuilder();
        filter.box().ifPresent(box -> {
            sql.append(" AND (");
            List<String> parts = new ArrayList<>();
            for (GeoBox part : box.parts()) {
                parts.add("i.latitude BETWEEN " + bindValue("south", part.south()) + " AND "
                        + bindValue("north", part.north()) + " AND i.longitude BETWEEN "
                        + bindValue("west", part.west()) + " AND " + bindValue("east", part.east()));
            }
            sql.append(String.join(" OR ", parts)).append(")");
        });
        filter.nsfw()
                .ifPresent(range -> sql.append(" AND (i.nsfw > ")
                        .append(bindValue("above", range.above()))
                        .append(" AND i.nsfw <= ")
                        .append(bindValue("atMost", range.atMost()))
                        .append(range.unscored() ? " OR i.nsfw IS NULL)" : ")"));
        return sql.toString();
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
