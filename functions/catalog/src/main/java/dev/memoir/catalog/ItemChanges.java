package dev.memoir.catalog;

import java.util.Comparator;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Which items a transaction changes, for those who follow. Gathered and written last: from then until it ends, nobody else can
 * count a change of the same owner's.
 */
final class ItemChanges {
    private final Handle handle;
    private final SortedMap<Count, SortedSet<UUID>> changed = new TreeMap<>();

    ItemChanges(Handle handle) {
        this.handle = handle;
    }

    private record Count(String owner, boolean hidden) implements Comparable<Count> {
        @Override
        public int compareTo(Count other) {
            return Comparator.comparing(Count::owner)
                    .thenComparing(Count::hidden)
                    .compare(this, other);
        }
    }

    /** @param hidden whether it was hidden from children before, or was not there, and is now */
    void note(String owner, UUID item, boolean hidden) {
        changed.computeIfAbsent(new Count(owner, hidden), count -> new TreeSet<>())
                .add(item);
    }

    void write() {
        changed.forEach(this::write);
    }

    private void write(Count count, SortedSet<UUID> items) {
        handle.createUpdate("WITH counted AS ("
                        + " INSERT INTO change_count (owner, hidden, number) VALUES (:owner, :hidden, :items)"
                        + " ON CONFLICT (owner, hidden) DO UPDATE SET number = change_count.number + excluded.number"
                        + " RETURNING number)"
                        + " INSERT INTO item_change (owner, hidden, item, number)"
                        + " SELECT :owner, :hidden, c.item, counted.number - :items + c.place"
                        + " FROM counted CROSS JOIN unnest(:ids) WITH ORDINALITY AS c(item, place)"
                        + " ON CONFLICT (owner, hidden, item) DO UPDATE SET number = excluded.number")
                .bind("owner", count.owner())
                .bind("hidden", count.hidden())
                .bind("items", (long) items.size())
                .bind("ids", items.toArray(UUID[]::new))
                .execute();
    }
}
