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
        return deployment(function).flatMap(this::pending);
    }

    /** What the pod of a service's newest revision waits for, that nothing may be routed to yet. */
    Optional<Pending> pending(Service service) {
        return deploymentOf(service.getStatus().getLatestCreatedRevisionName()).flatMap(this::pending);
    }

    private Optional<FunctionState> state(Component function) {
        return deployment(function).map(found -> {
            Optional<Pending> pending = pending(found);
            String image = found.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage();
            return new FunctionState(
                    function.token(),
                    state(found, pending),
                    image,
                    pending.map(Pending::message).orElse(null));
        });
    }

    private Optional<Pending> pending(Deployment deployment) {
        return wanted(deployment) > 0 && ready(deployment) == 0
                ? cluster.pending(deployment.getSpec().getSelector().getMatchLabels())
                : Optional.empty();
    }

    private Optional<Deployment> deployment(Component function) {
        return knative
                ? cluster.find(Service.class, names.of(function))
                        .map(service -> service.getStatus())
                        .flatMap(status -> deploymentOf(status.getLatestReadyRevisionName()))
                : cluster.find(Deployment.class, names.of(function));
    }

    private Optional<Deployment> deploymentOf(String revision) {
        return Optional.ofNullable(revision).flatMap(name -> cluster.find(Deployment.class, name + "-deployment"));
    }

    private static State state(Deployment deployment, Optional<Pending> pending) {
        if (wanted(deployment) == 0) {
            return State.Asleep;
        }
        if (ready(deployment) > 0) {
            return State.Awake;
        }
        return pending.filter(Pending::isFailure).isPresent() ? State.Failing : State.Waking;
    }

    private static int wanted(Deployment deployment) {
        return Objects.requireNonNullElse(deployment.getSpec().getReplicas(), 0);
    }

    private static int ready(Deployment deployment) {
        return deployment.getStatus() == null
                ? 0
                : Objects.requireNonNullElse(deployment.getStatus().getReadyReplicas(), 0);
    }
}
