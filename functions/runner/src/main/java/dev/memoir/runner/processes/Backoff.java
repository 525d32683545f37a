package dev.memoir.runner.processes;

import java.time.Duration;

/** How long to wait before the next try: nothing after the first failure, then doubling up to a limit. */
public record Backoff(Duration first, Duration most) {
    public static final Backoff USUAL = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** @param failures in a row so far, 0 or more */
    public Duration after(int failures) {
        if (failures <= 1) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - 2, 20);
        Duration wait = first.multipliedBy(1L << doublings);
        return wait.compareTo(most) > 0 ? most : wait;
    }
}
