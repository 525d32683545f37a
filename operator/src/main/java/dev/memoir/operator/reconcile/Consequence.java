package dev.memoir.operator.reconcile;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;

/**
 * What follows from an outcome, for conditions, events, the log and the next look alike.
 *
 * @param status of the condition
 * @param beside the condition that kstatus wants beside {@code Ready}
 * @param event type of the Kubernetes event
 * @param level at which it is logged
 * @param lookAgain after how long without news the instance is looked at again
 */
record Consequence(String status, Optional<String> beside, String event, Level level, Duration lookAgain) {
    /** Most changes are told by watches; this is for what is not watched, such as the queue and the issuer's keys. */
    private static final Duration LATER = Duration.ofMinutes(2);

    static final Duration SOON = Duration.ofSeconds(5);

    static Consequence of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> new Consequence("True", Optional.empty(), "Normal", Level.DEBUG, LATER);
            case Outcome.Waiting _ ->
                new Consequence("Unknown", Optional.of("Reconciling"), "Normal", Level.DEBUG, SOON);
            case Outcome.Blocked _ -> new Consequence("False", Optional.of("Stalled"), "Warning", Level.INFO, SOON);
            case Outcome.Failed _ -> new Consequence("False", Optional.of("Stalled"), "Warning", Level.WARNING, SOON);
        };
    }
}
