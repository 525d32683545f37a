package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstanceStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * After how long without news an instance is looked at again. Most changes are told by watches; this is for what is not watched,
 * such as the queue, the issuer's keys and what a pod waits for.
 */
final class NextLook {
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration LATER = Duration.ofMinutes(2);

    /** What has lasted is looked at when it has lasted by this part longer. */
    private static final int PART = 8;

    private NextLook() {}

    /**
     * @param status as it is told now
     * @param isWaking whether a function of an instance that is done is
     */
    static Duration after(Outcome outcome, boolean isWaking, MemoirInstanceStatus status, Instant now) {
        if (outcome instanceof Outcome.Done) {
            return isWaking ? SOON : LATER;
        }
        Duration lasts = status.conditions().stream()
                .filter(condition -> condition.getType().equals(StatusOf.READY))
                .map(condition -> Duration.between(Instant.parse(condition.getLastTransitionTime()), now))
                .findFirst()
                .orElse(Duration.ZERO);
        return Duration.ofMillis(Math.clamp(lasts.toMillis() / PART, SOON.toMillis(), LATER.toMillis()));
    }
}
