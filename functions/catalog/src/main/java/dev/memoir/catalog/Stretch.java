package dev.memoir.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A part of the timeline small enough to be read as a whole: the items from {@code from} on, before {@code before} and after
 * {@code after}, of which the first {@code items} belong to it. Stretches follow each other without a gap, the newest first,
 * so that who draws a timeline of a million items knows how long it is and where to read without reading it.
 *
 * @param items how many there were when they were counted
 * @param after where an earlier stretch of the same time ends, if the time had too many items for one
 */
public record Stretch(Instant from, Instant before, int items, Optional<Cursor> after) {
    /** A period of a library of a million over twenty years fits as a whole. */
    static final int MOST_ITEMS = 2_000;

    /** @param searches one for each owner */
    static List<Stretch> of(List<ItemSearch> searches, int most) {
        SortedMap<Long, Integer> items = new TreeMap<>(Comparator.reverseOrder());
        searches.forEach(search -> search.perPeriod().forEach((period, own) -> items.merge(period, own, Integer::sum)));
        List<Stretch> stretches = new ArrayList<>();
        items.forEach((period, all) -> stretches.addAll(ofPeriod(searches, period, all, most)));
        return stretches;
    }

    private static List<Stretch> ofPeriod(List<ItemSearch> searches, long period, int items, int most) {
        List<Optional<Cursor>> begins = new ArrayList<>();
        begins.add(Optional.empty());
        if (items > most) {
            marks(searches, period, most).forEach(mark -> begins.add(Optional.of(mark)));
        }
        List<Stretch> stretches = new ArrayList<>();
        int left = items;
        for (Optional<Cursor> begin : begins) {
            if (left > 0) {
                int here = Math.min(left, most);
                stretches.add(new Stretch(Slot.start(period), Slot.start(period + 1), here, begin));
                left -= here;
            }
        }
        return stretches;
    }

    /** Several owners' items lie among each other, so that their places must be known one by one. */
    private static List<Cursor> marks(List<ItemSearch> searches, long period, int apart) {
        if (searches.size() == 1) {
            return searches.getFirst().marks(period, apart);
        }
        List<Cursor> all = searches.stream()
                .flatMap(search -> search.marks(period, 1).stream())
                .sorted(Cursor.NEWEST_FIRST)
                .toList();
        return IntStream.rangeClosed(1, all.size() / apart)
                .mapToObj(mark -> all.get(mark * apart - 1))
                .toList();
    }
}
