package dev.memoir.runner.delivery;

import java.time.Duration;
import java.util.List;

/**
 * How often failed work is tried, and how long apart.
 *
 * @param attempts after which an event becomes a dead letter; at least 1
 * @param delays after the first, second … failure; the last one repeats
 */
public record RetryRules(int attempts, List<Duration> delays) {
    public static final RetryRules USUAL = new RetryRules(
            5,
            List.of(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(10)));

    public RetryRules {
        delays = List.copyOf(delays);
        if (attempts < 1 || delays.isEmpty()) {
            throw new IllegalArgumentException("at least one attempt and one delay are needed");
        }
    }

    /** @param failures so far, at least 1 */
    Duration after(int failures) {
        return delays.get(Math.min(failures, delays.size()) - 1);
    }
}
