package dev.memoir.operator.reconcile;

/** How a phase ended. */
public sealed interface Outcome {
    Reason reason();

    /** A sentence for people, with the names that matter. */
    String message();

    /** All of it is there. */
    record Done(Reason reason, String message) implements Outcome {
        public Done(String message) {
            this(Reason.Done, message);
        }
    }

    /** It goes on by itself. */
    record Waiting(Reason reason, String message) implements Outcome {}

    /** Somebody must change something first. */
    record Blocked(Reason reason, String message) implements Outcome {}

    /** It was tried and did not work; the cluster or the operator goes on trying. */
    record Failed(Reason reason, String message) implements Outcome {}
}
