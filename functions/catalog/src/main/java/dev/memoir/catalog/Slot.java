package dev.memoir.catalog;

import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Which bit stands for an item in the rows of its terms. The timeline is cut into periods of equal length, and a period's
 * items, in the order of their arrival, into blocks. Blocks are numbered in the order of their periods.
 *
 * @param block number of the block: its period's times {@link #MOST_BLOCKS}, plus its own within the period
 * @param slot the bit, 0 to {@link #SLOTS} - 1, the leftmost first
 */
record Slot(long block, int slot) {
    /** Bits of a block: short enough for rare terms, long enough that a frequent one has few rows. */
    static final int SLOTS = 1024;

    /** The bits of a block none of whose items carries a term, as SQL. */
    static final String NO_BITS = "cast(0 AS bit(" + SLOTS + "))";

    /** In a library of a million over twenty years, a period holds as many items as a block. */
    static final Duration PERIOD = Duration.ofDays(7);

    /** A period has room for 2³⁰ items: undated ones of a whole library may come on one day. */
    static final long MOST_BLOCKS = 1L << 20;

    /** Number of the period since 1970 in which a time lies. */
    static long period(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), PERIOD.toSeconds());
    }

    static Instant start(long period) {
        return Instant.ofEpochSecond(period * PERIOD.toSeconds());
    }

    static long firstBlock(long period) {
        return period * MOST_BLOCKS;
    }

    static long periodOf(long block) {
        return Math.floorDiv(block, MOST_BLOCKS);
    }

    /** Takes the next free slot of a time's period; it stays taken if the item leaves. Locks the period's row. */
    static Slot take(Handle handle, String owner, Instant time) {
        long period = period(time);
        long number = handle.createQuery("INSERT INTO period (owner, number, slots) VALUES (:owner, :number, 1)"
                        + " ON CONFLICT (owner, number) DO UPDATE SET slots = period.slots + 1 RETURNING slots - 1")
                .bind("owner", owner)
                .bind("number", period)
                .mapTo(Long.class)
                .one();
        return new Slot(firstBlock(period) + number / SLOTS, (int) (number % SLOTS));
    }

    /** Whether an item with this sort time may keep the slot. */
    boolean holds(Instant time) {
        return periodOf(block) == period(time);
    }
}
