package dev.memoir.catalog;

import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * What was taken on one day of an earlier year.
 *
 * @param items the first of the day, {@value #MOST} at most, without what is archived or flagged as not safe for work
 */
public record Memory(int year, List<Item> items) {
    static final int MOST = 12;

    private static final int YEARS_BACK = 100;

    /** The days that a day reminds of. On the 28th of February of a common year it is also the 29th of others. */
    static List<LocalDate> before(LocalDate day) {
        boolean leaps = day.getMonthValue() == 2 && day.getDayOfMonth() == 28 && !day.isLeapYear();
        List<MonthDay> days = Stream.concat(
                        Stream.of(MonthDay.from(day)), leaps ? Stream.of(MonthDay.of(2, 29)) : Stream.empty())
                .toList();
        return IntStream.rangeClosed(1, YEARS_BACK)
                .mapToObj(ago -> Year.of(day.getYear() - ago))
                .flatMap(year -> days.stream().filter(year::isValidMonthDay).map(year::atMonthDay))
                .toList();
    }

    /** Of one owner, on those days by the clock where it was taken: no zone is more than 14 hours from UTC. */
    static List<UUID> find(Handle handle, String owner, List<LocalDate> days) {
        return handle.createQuery("SELECT i.id FROM unnest(cast(:days AS text[])) AS d(day) CROSS JOIN LATERAL ("
                        + "SELECT o.id FROM item o CROSS JOIN LATERAL"
                        + " (SELECT taken_local FROM asset WHERE asset.sha256 = o.sha256 LIMIT 1) a"
                        + " WHERE o.owner = :owner AND o.present AND o.trashed_at IS NULL AND o.cover IS NULL AND NOT o.sensitive"
                        + " AND o.sort_time >= cast(d.day || 'T00:00:00Z' AS timestamptz) - interval '14 hours'"
                        + " AND o.sort_time < cast(d.day || 'T00:00:00Z' AS timestamptz) + interval '38 hours'"
                        + " AND cast(coalesce(cast(o.edits ->> 'taken' AS timestamp), a.taken_local) AS date)"
                        + " = cast(d.day AS date) AND o.edits ->> 'archived' IS NULL"
                        + " ORDER BY o.sort_time, o.id LIMIT " + MOST + ") i")
                .bind("days", days.stream().map(LocalDate::toString).toArray(String[]::new))
                .bind("owner", owner)
                .mapTo(UUID.class)
                .list();
    }

    /** The latest year first. */
    static List<Memory> of(Collection<Item> items) {
        SortedMap<Integer, List<Item>> years = new TreeMap<>(Comparator.reverseOrder());
        items.stream()
                .sorted(Comparator.comparing(Item::sortTime).thenComparing(Item::id))
                .forEach(item -> item.told()
                        .takenAt()
                        .ifPresent(taken -> years.computeIfAbsent(taken.local().getYear(), year -> new ArrayList<>())
                                .add(item)));
        return years.entrySet().stream()
                .map(year -> new Memory(
                        year.getKey(), year.getValue().stream().limit(MOST).toList()))
                .toList();
    }
}
