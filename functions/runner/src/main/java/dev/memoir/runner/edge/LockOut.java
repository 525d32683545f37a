package dev.memoir.runner.edge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Makes those wait who guess: after some failures under a name each further one costs twice the wait of the one before. An
 * attempt counts as failed until it is known to have succeeded, so that many at once are no way around. Safe for many threads.
 */
final class LockOut {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** After so long without an attempt all is forgotten. */
    private static final Duration MEMORY = Duration.ofDays(1);

    /** Names that are remembered; the one unseen for longest is forgotten first. */
    private static final int NAMES = 10_000;

    private final int free;
    private final LongSupplier nanoTime;
    private final Map<String, Failures> failures = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
            return size() > NAMES;
        }
    };

    /** @param free failures that cost nothing */
    LockOut(int free) {
        this(free, System::nanoTime);
    }

    LockOut(int free, LongSupplier nanoTime) {
        this.free = free;
        this.nanoTime = nanoTime;
    }

    private record Failures(int count, long last) {
        private Duration wait(int free) {
            if (count < free) {
                return Duration.ZERO;
            }
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(count - free, 20));
            return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        }
    }

    /** @return how long to wait; empty when it may be tried now, and then it counts */
    synchronized Optional<Duration> attempt(String name) {
        long now = nanoTime.getAsLong();
        Failures before = failures.getOrDefault(name, new Failures(0, now));
        Duration passed = Duration.ofNanos(now - before.last());
        if (passed.compareTo(MEMORY) > 0) {
            before = new Failures(0, now);
        }
        Duration left = before.wait(free).minus(passed);
        if (before.count() > 0 && left.isPositive()) {
            return Optional.of(left);
        }
        failures.put(name, new Failures(before.count() + 1, now));
        return Optional.empty();
    }

    /** It was the right one. */
    synchronized void succeeded(String name) {
        failures.remove(name);
    }

    /** Nobody could say whether it was the right one. */
    synchronized void undecided(String name) {
        failures.computeIfPresent(name, (n, f) -> f.count() > 1 ? new Failures(f.count() - 1, f.last()) : null);
    }
}
