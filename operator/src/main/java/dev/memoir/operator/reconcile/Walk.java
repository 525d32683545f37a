package dev.memoir.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One way through the phases: it ends at the first that is not done. */
final class Walk {
    private final Map<Phase, Outcome> outcomes = new EnumMap<>(Phase.class);

    /** Takes the phase if all before it are done. */
    Walk then(Phase phase, Supplier<Outcome> work) {
        if (goesOn()) {
            outcomes.put(phase, attempt(work));
        }
        return this;
    }

    /** What the API server refuses belongs to the phase that asked for it. */
    private static Outcome attempt(Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (KubernetesClientException e) {
            return new Outcome.Failed(Reason.Unexpected, "The operator will try again: " + e.getMessage());
        }
    }

    boolean goesOn() {
        return outcomes.values().stream().allMatch(Outcome.Done.class::isInstance);
    }

    Map<Phase, Outcome> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    /** That of the whole. */
    Outcome outcome() {
        return obstacle().orElse(new Outcome.Done("The library is served."));
    }

    /** What it ended at; empty when all is done. */
    Optional<Outcome> obstacle() {
        return outcomes.values().stream()
                .filter(outcome -> !(outcome instanceof Outcome.Done))
                .findFirst();
    }
}
