package dev.memoir.operator.reconcile;

import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a pod waits for, as Kubernetes says it.
 *
 * @param forNode since when the scheduler finds no node for it; empty when it has one
 * @param message in Kubernetes' words
 */
record Pending(Optional<Instant> forNode, String message) {
    /** A container that is only being made says nothing. */
    private static final Set<String> USUAL = Set.of("ContainerCreating", "PodInitializing");

    /** Empty when it waits for nothing that somebody should know. */
    static Optional<Pending> of(Pod pod) {
        if (pod.getMetadata().getDeletionTimestamp() != null || pod.getStatus() == null) {
            return Optional.empty();
        }
        return withoutNode(pod).or(() -> waiting(pod));
    }

    /** It has its node and does not start, which does not end by waiting. */
    boolean isFailure() {
        return forNode.isEmpty();
    }

    private static Optional<Pending> withoutNode(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getConditions(), List.<PodCondition>of()).stream()
                .filter(condition ->
                        condition.getType().equals("PodScheduled") && "Unschedulable".equals(condition.getReason()))
                .map(condition -> new Pending(
                        Optional.of(Instant.parse(condition.getLastTransitionTime())),
                        "no node for its pod: " + condition.getMessage()))
                .findFirst();
    }

    private static Optional<Pending> waiting(Pod pod) {
        return Objects.requireNonNullElse(pod.getStatus().getContainerStatuses(), List.<ContainerStatus>of()).stream()
                .map(container -> container.getState().getWaiting())
                .filter(Objects::nonNull)
                .filter(state -> !USUAL.contains(state.getReason()))
                .map(Pending::said)
                .findFirst();
    }

    private static Pending said(ContainerStateWaiting state) {
        String message = state.getMessage() == null ? "" : ": " + state.getMessage();
        return new Pending(Optional.empty(), state.getReason() + message);
    }
}
