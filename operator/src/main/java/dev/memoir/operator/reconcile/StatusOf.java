package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.desired.RunnerEdge;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The status of an instance from how far its phases came. As kstatus has it: {@code Ready} is unknown while something goes on by
 * itself, with {@code Reconciling} beside it; where somebody is needed it is false, with {@code Stalled} beside it.
 */
final class StatusOf {
    static final String READY = "Ready";

    private static final String TRUE = "True";
    private static final String UNKNOWN = "Unknown";

    private final MemoirInstance instance;
    private final Instant now;

    StatusOf(MemoirInstance instance, Instant now) {
        this.instance = instance;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @param version of the programs that serve when all is done */
    MemoirInstanceStatus after(Walk walk, Seen seen, String version) {
        List<Condition> conditions = new ArrayList<>();
        Outcome overall = walk.outcome();
        conditions.add(condition(READY, overall));
        Consequence.of(overall).beside().ifPresent(type -> conditions.add(condition(type, TRUE, overall)));
        for (Phase phase : Phase.values()) {
            Outcome outcome = walk.outcomes().get(phase);
            conditions.add(
                    outcome == null
                            ? condition(
                                    phase.name(),
                                    UNKNOWN,
                                    new Outcome.Waiting(Reason.NotYet, "It begins when what stands before it is done."))
                            : condition(phase.name(), outcome));
        }
        return seen.into(
                instance,
                RunnerEdge.url(instance),
                overall instanceof Outcome.Done ? Optional.of(version) : Optional.empty(),
                conditions);
    }

    private Condition condition(String type, Outcome outcome) {
        return condition(type, Consequence.of(outcome).status(), outcome);
    }

    private Condition condition(String type, String status, Outcome outcome) {
        Optional<Condition> before =
                Optional.ofNullable(instance.getStatus()).map(MemoirInstanceStatus::conditions).stream()
                        .flatMap(List::stream)
                        .filter(condition -> condition.getType().equals(type))
                        .findFirst();
        return new ConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(outcome.reason().name())
                .withMessage(outcome.message())
                .withObservedGeneration(instance.getMetadata().getGeneration())
                .withLastTransitionTime(
                        before.filter(condition -> condition.getStatus().equals(status))
                                .map(Condition::getLastTransitionTime)
                                .orElse(now.toString()))
                .build();
    }

    /** A reason's next step with the names that are known. */
    static String next(Reason reason, MemoirInstance instance, Map<String, String> names) {
        String next = reason.next()
                .replace("NAMESPACE", instance.getMetadata().getNamespace())
                .replace("INSTANCE", instance.getMetadata().getName());
        for (var name : names.entrySet()) {
            next = next.replace(name.getKey(), name.getValue());
        }
        return next;
    }
}
