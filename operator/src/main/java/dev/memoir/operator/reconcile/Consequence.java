package dev.memoir.operator.reconcile;

import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * What follows from an outcome, for conditions, events, the log and the next look alike.
 *
 * @param status of the condition
 * @param beside the condition that kstatus wants beside {@code Ready}
 * @param event type of the Kubernetes event
 * @param level at which it is logged
 */
record Consequence(String status, Optional<String> beside, String event, Level level) {
    static Consequence of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> new Consequence("True", Optional.empty(), "Normal", Level.DEBUG);
            case Outcome.Waiting _ -> new Consequence("Unknown", Optional.of("Reconciling"), "Normal", Level.DEBUG);
            case Outcome.Blocked _ -> new Consequence("False", Optional.of("Stalled"), "Warning", Level.INFO);
            case Outcome.Failed _ -> new Consequence("False", Optional.of("Stalled"), "Warning", Level.WARNING);
        };
    }
}
