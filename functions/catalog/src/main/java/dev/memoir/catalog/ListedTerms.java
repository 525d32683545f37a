package dev.memoir.catalog;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * What the listed items of one owner are found by: the bits of {@code term_block}, and the counts that facets show. Only
 * listed items have bits; the caller holds the lock on the items that change. Changes are gathered and written last, in
 * one order, so that their rows are locked briefly and writers don't lock each other out.
 */
final class ListedTerms {
    private final Handle handle;
    private final String owner;
    private final List<Bit> flipped = new ArrayList<>();
    private final SortedMap<Count, Long> counts = new TreeMap<>();

    ListedTerms(Handle handle, String owner) {
        this.handle = handle;
        this.owner = owner;
    }

    /** What an item is found by, its slot, and whether it is for everybody. Without terms it isn't found. */
    record Entry(Slot slot, SortedSet<String> terms, boolean sensitive) {
        private boolean standsBy(Entry other) {
            return slot.equals(other.slot) && sensitive == other.sensitive;
        }
    }

    private record Bit(String term, Slot slot, boolean sensitive) {}

    private record Count(boolean sensitive, String term) implements Comparable<Count> {
        @Override
        public int compareTo(Count other) {
            return Comparator.comparing(Count::term)
                    .thenComparing(Count::sensitive)
                    .compare(this, other);
        }
    }

    /** Notes that an item's terms become others. */
    void change(Entry before, Entry after) {
        boolean moved = !before.standsBy(after);
        note(before, moved ? Set.of() : after.terms(), -1);
        note(after, moved ? Set.of() : before.terms(), 1);
    }

    private void note(Entry entry, Set<String> unchanged, long by) {
        SortedSet<String> changed = new TreeSet<>(entry.terms());
        changed.removeAll(unchanged);
        for (String term : changed) {
            flipped.add(new Bit(term, entry.slot(), entry.sensitive()));
            if (Term.parse(term).kind().counted()) {
                counts.merge(new Count(entry.sensitive(), term), by, Long::sum);
            }
        }
    }

    /** Writes what was noted. */
    void write() {
        if (!flipped.isEmpty()) {
            flip();
        }
        counts.values().removeIf(by -> by == 0);
        if (!counts.isEmpty()) {
            count();
        }
    }

    /** What came and what went in one statement, by exclusive or: so that one order of the rows holds for both. */
    private void flip() {
        handle.createUpdate(
                        "INSERT INTO term_block (owner, term, block, sensitive, items)"
                                + " SELECT :owner, t.term, t.block, t.sensitive, bit_or(set_bit(cast(0 AS bit("
                                + Slot.SLOTS
                                + ")), t.slot, 1))"
                                + " FROM unnest(:terms, :blocks, :slots, :sensitive) AS t(term, block, slot, sensitive)"
                                + " GROUP BY t.term, t.block, t.sensitive ORDER BY t.term, t.block, t.sensitive"
                                + " ON CONFLICT (owner, term, block, sensitive) DO UPDATE SET items = term_block.items # excluded.items")
                .bind("owner", owner)
                .bind("terms", flipped.stream().map(Bit::term).toArray(String[]::new))
                .bind("blocks", flipped.stream().map(bit -> bit.slot().block()).toArray(Long[]::new))
                .bind("slots", flipped.stream().map(bit -> bit.slot().slot()).toArray(Integer[]::new))
                .bind("sensitive", flipped.stream().map(Bit::sensitive).toArray(Boolean[]::new))
                .execute();
    }

    private void count() {
        handle.createUpdate(
                        "INSERT INTO term_count (owner, kind, term, sensitive, items)"
                                + " SELECT :owner, left(c.term, 1), c.term, c.sensitive, c.items"
                                + " FROM unnest(:terms, :sensitive, :by) AS c(term, sensitive, items)"
                                + " ORDER BY c.term, c.sensitive"
                                + " ON CONFLICT (owner, kind, term, sensitive) DO UPDATE SET items = term_count.items + excluded.items")
                .bind("owner", owner)
                .bind("terms", counts.keySet().stream().map(Count::term).toArray(String[]::new))
                .bind(
                        "sensitive",
                        counts.keySet().stream().map(Count::sensitive).toArray(Boolean[]::new))
                .bind("by", counts.values().toArray(Long[]::new))
                .execute();
    }
}
