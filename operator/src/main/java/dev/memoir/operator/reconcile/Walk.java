package dev.memoir.operator.reconcile;

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
            outcomes.put(phase, work.get());
        }
        return this;
    }

    boolean goesOn() {
        return outcomes.values().stream().allMatch(Outcome.Done.class::isInstance);
    }

    Map<Phase, Outcome> outcomes() {
        return Collections.unmodifiableMap(outcomes);
    }

    /** What it ended at; empty when all is done. */
    Optional<Outcome> obstacle() {
        return outcomes.values().stream()
                .filter(outcome -> !(outcome instanceof Outcome.Done))
                .findFirst();
    }
}
