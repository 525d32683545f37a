package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstanceStatus.FunctionState;
import dev.memoir.operator.api.MemoirInstanceStatus.State;
import dev.memoir.operator.desired.Component;
import dev.memoir.operator.desired.Names;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How an instance's functions do, from Deployments alone: a request would wake them. */
final class FunctionLook {
    private static final List<Component> FUNCTIONS = List.of(Component.API, Component.POSTPROCESSOR, Component.AI);

    private final Cluster cluster;
    private final Names names;
    private final boolean knative;

    FunctionLook(Cluster cluster, Names names, boolean knative) {
        this.cluster = cluster;
        this.names = names;
        this.knative = knative;
    }

    List<FunctionState> states() {
        return FUNCTIONS.stream().flatMap(function -> state(function).stream()).toList();
    }

    /** What the pod of a function that is wished for and not there waits for. */
    Optional<Pending> pending(Component function) {
        return deployment(function)
                .filter(found -> state(found) == State.Waking)
                .flatMap(found -> cluster.pending(names.labels(function)));
    }

    private Optional<FunctionState> state(Component function) {
        return deployment(function)
                .map(found -> new FunctionState(
                        function.token(),
                        state(found),
                        found.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage(),
                        pending(function).map(Pending::message).orElse(null)));
    }

    private Optional<Deployment> deployment(Component function) {
        return knative
                ? cluster.find(Service.class, names.of(function))
                        .map(service -> service.getStatus())
                        .map(status -> status.getLatestReadyRevisionName())
                        .flatMap(revision -> cluster.find(Deployment.class, revision + "-deployment"))
                : cluster.find(Deployment.class, names.of(function));
    }

    private static State state(Deployment deployment) {
        int wanted = Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 0);
        int ready = deployment.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0);
        if (wanted == 0) {
            return State.Asleep;
        }
        return ready > 0 ? State.Awake : State.Waking;
    }
}
