package dev.memoir.catalog;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The search rows of one owner, and the counts that facets show. Only listed items have search rows; the caller holds the
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

    /** What an item is found by, at its place in time. Without terms it isn't found. */
    record Entry(OffsetDateTime sortTime, SortedSet<String> terms) {}

    /** Makes the search rows of an item from what they were to what they shall be. */
    void change(UUID item, Entry before, Entry after) {
        if (before.sortTime().isEqual(after.sortTime())) {
            remove(item, before.sortTime(), without(before.terms(), after.terms()));
            add(item, after.sortTime(), without(after.terms(), before.terms()));
        } else {
            remove(item, before.sortTime(), before.terms());
            add(item, after.sortTime(), after.terms());
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

    private void remove(UUID item, OffsetDateTime sortTime, Collection<String> terms) {
        write(
                "DELETE FROM item_term WHERE owner = :owner AND term = ANY(:terms) AND sort_time = :at AND item = :item",
                item,
                sortTime,
                terms,
                -1);
    }

    private void add(UUID item, OffsetDateTime sortTime, Collection<String> terms) {
        write(
                "INSERT INTO item_term (owner, term, sort_time, item)"
                        + " SELECT :owner, term, :at, :item FROM unnest(:terms) AS t(term) ORDER BY term",
                item,
                sortTime,
                terms,
                1);
    }

    private void write(String sql, UUID item, OffsetDateTime sortTime, Collection<String> terms, long by) {
        if (terms.isEmpty()) {
            return;
        }
        handle.createUpdate(sql)
                .bind("owner", owner)
                .bind("terms", terms.toArray(String[]::new))
                .bind("at", sortTime)
                .bind("item", item)
                .execute();
        terms.stream()
                .filter(term -> Term.parse(term).kind().counted())
                .forEach(term -> changes.merge(term, by, Long::sum));
    }

    private static SortedSet<String> without(SortedSet<String> terms, SortedSet<String> others) {
        SortedSet<String> rest = new TreeSet<>(terms);
        rest.removeAll(others);
        return rest;
    }
}
