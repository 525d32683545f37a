package dev.memoir.catalog;

import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The search rows of one owner (terms in {@code item_term}, cells in {@code item_place}), and the counts that facets show. Only listed items have search rows; the caller holds the
 * lock on the items that change. Counts are gathered and written last, in one order, so that their rows are locked
 * briefly and writers don't lock each other out.
 */
final class ListedTerms {
    private final Handle handle;
    private final String owner;
    private final SortedMap<String, Long> changes = new TreeMap<>();

    ListedTerms(Handle handle, String owner) {
        this.handle = handle;
        this.owner = owner;
    }

    /** What an item is found by, when and where it was taken. Without terms it isn't found. */
    record Entry(
            OffsetDateTime sortTime, Optional<Double> latitude, Optional<Double> longitude, SortedSet<String> terms) {

        private boolean sameTimeAndPlace(Entry other) {
            return sortTime.isEqual(other.sortTime)
                    && latitude.equals(other.latitude)
                    && longitude.equals(other.longitude);
        }
    }

    /** Makes the search rows of an item from what they were to what they shall be. */
    void change(UUID item, Entry before, Entry after) {
        if (before.sameTimeAndPlace(after)) {
            remove(item, before, without(before.terms(), after.terms()));
            add(item, after, without(after.terms(), before.terms()));
        } else {
            remove(item, before, before.terms());
            add(item, after, after.terms());
        }
    }

    /** Writes the counts. */
    void count() {
        for (var change : changes.entrySet()) {
            if (change.getValue() != 0) {
                handle.createUpdate(
                                "INSERT INTO term_count (owner, kind, term, items) VALUES (:owner, :kind, :term, :by)"
                                        + " ON CONFLICT (owner, kind, term) DO UPDATE SET items = term_count.items + :by")
                        .bind("owner", owner)
                        .bind("kind", change.getKey().substring(0, 1))
                        .bind("term", change.getKey())
                        .bind("by", change.getValue())
                        .execute();
            }
        }
        changes.clear();
    }

    private void remove(UUID item, Entry entry, SortedSet<String> terms) {
        write(
                "DELETE FROM item_term WHERE owner = :owner AND term = ANY(:terms) AND sort_time = :at AND item = :item",
                item,
                entry,
                terms,
                ListedTerms::isNoCell);
        write(
                "DELETE FROM item_place WHERE owner = :owner AND cell = ANY(:terms) AND sort_time = :at AND item = :item",
                item,
                entry,
                terms,
                ListedTerms::isCell);
        note(terms, -1);
    }

    private void add(UUID item, Entry entry, SortedSet<String> terms) {
        write(
                "INSERT INTO item_term (owner, term, sort_time, item)"
                        + " SELECT :owner, term, :at, :item FROM unnest(:terms) AS t(term)",
                item,
                entry,
                terms,
                ListedTerms::isNoCell);
        write(
                "INSERT INTO item_place (owner, cell, sort_time, item, latitude, longitude)"
                        + " SELECT :owner, cell, :at, :item, :latitude, :longitude FROM unnest(:terms) AS t(cell)",
                item,
                entry,
                terms,
                ListedTerms::isCell);
        note(terms, 1);
    }

    private void write(String sql, UUID item, Entry entry, SortedSet<String> terms, Predicate<String> which) {
        String[] chosen = terms.stream().filter(which).toArray(String[]::new);
        if (chosen.length == 0) {
            return;
        }
        Update update = handle.createUpdate(sql)
                .bind("owner", owner)
                .bind("terms", chosen)
                .bind("at", entry.sortTime())
                .bind("item", item);
        if (sql.contains(":latitude")) {
            update.bind("latitude", entry.latitude().orElseThrow())
                    .bind("longitude", entry.longitude().orElseThrow());
        }
        update.execute();
    }

    private void note(SortedSet<String> terms, long by) {
        terms.stream()
                .filter(term -> Term.parse(term).kind().counted())
                .forEach(term -> changes.merge(term, by, Long::sum));
    }

    private static boolean isCell(String term) {
        return Term.parse(term).kind() == Term.Kind.CELL;
    }

    private static boolean isNoCell(String term) {
        return !isCell(term);
    }

    private static SortedSet<String> without(SortedSet<String> terms, SortedSet<String> others) {
        SortedSet<String> rest = new TreeSet<>(terms);
        rest.removeAll(others);
        return rest;
    }
}
