package dev.memoir.catalog;

import java.util.ArrayList;
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
    private final SortedMap<String, Long> counts = new TreeMap<>();

    ListedTerms(Handle handle, String owner) {
        this.handle = handle;
        this.owner = owner;
    }

    /** What an item is found by, and its slot. Without terms it isn't found. */
    record Entry(Slot slot, SortedSet<String> terms) {}

    private record Bit(String term, Slot slot) {}

    /** Notes that an item's terms become others. */
    void change(Entry before, Entry after) {
        boolean moved = !before.slot().equals(after.slot());
        note(before, moved ? Set.of() : after.terms(), -1);
        note(after, moved ? Set.of() : before.terms(), 1);
    }

    private void note(Entry entry, Set<String> unchanged, long by) {
        SortedSet<String> changed = new TreeSet<>(entry.terms());
        changed.removeAll(unchanged);
        for (String term : changed) {
            flipped.add(new Bit(term, entry.slot()));
            if (Term.parse(term).kind().counted()) {
                counts.merge(term, by, Long::sum);
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
        handle.createUpdate("INSERT INTO term_block (owner, term, block, items)"
                        + " SELECT :owner, t.term, t.block, bit_or(set_bit(cast(0 AS bit(" + Slot.SLOTS
                        + ")), t.slot, 1))"
                        + " FROM unnest(:terms, :blocks, :slots) AS t(term, block, slot) GROUP BY t.term, t.block"
                        + " ORDER BY t.term, t.block"
                        + " ON CONFLICT (owner, term, block) DO UPDATE SET items = term_block.items # excluded.items")
                .bind("owner", owner)
                .bind("terms", flipped.stream().map(Bit::term).toArray(String[]::new))
                .bind("blocks", flipped.stream().map(bit -> bit.slot().block()).toArray(Long[]::new))
                .bind("slots", flipped.stream().map(bit -> bit.slot().slot()).toArray(Integer[]::new))
                .execute();
    }

    private void count() {
        handle.createUpdate("INSERT INTO term_count (owner, kind, term, items)"
                        + " SELECT :owner, left(c.term, 1), c.term, c.items FROM unnest(:terms, :by) AS c(term, items)"
                        + " ORDER BY c.term"
                        + " ON CONFLICT (owner, kind, term) DO UPDATE SET items = term_count.items + excluded.items")
                .bind("owner", owner)
                .bind("terms", counts.keySet().toArray(String[]::new))
                .bind("by", counts.values().toArray(Long[]::new))
                .execute();
    }
}
