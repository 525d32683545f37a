package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.Gpu;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus.AiDevice;
import dev.memoir.operator.api.MemoirInstanceStatus.Device;
import dev.memoir.operator.desired.Component;
import dev.memoir.operator.desired.Names;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The GPU that an instance wishes for its AI: whether one can be had, and that one card is enough. */
final class AiGpu {
    private final MemoirInstance instance;
    private final Cluster cluster;
    private final Names names;
    private final boolean fails;
    private final Optional<Pending> pending;
    private final AiDevice device;

    /** Looks how long a pod of the AI has waited for one, which decides what it runs on. */
    AiGpu(MemoirInstance instance, Gpu wish, Cluster cluster, FunctionLook functions, Instant now) {
        this.instance = instance;
        this.cluster = cluster;
        this.names = new Names(instance);
        Optional<Pending> waits = functions.pending(Component.AI);
        this.fails = waits.filter(Pending::isFailure).isPresent();
        this.pending = waits.filter(one -> !one.isFailure());
        AiDevice before =
                instance.getStatus() == null ? null : instance.getStatus().aiDevice();
        this.device = DeviceChoice.next(wish, before, pending.flatMap(Pending::forNode), now);
    }

    AiDevice device() {
        return device;
    }

    boolean isDoneWithout() {
        return device.device() == Device.Cpu;
    }

    /**
     * A new revision of the AI while a pod of the one before holds its GPU: applied now, it would wait for a second one. One
     * that is never put to sleep does not give it back by itself, and begins without a pod ({@link Preflight}). Neither does one
     * that does not start: {@link #takeBack} its GPU.
     */
    boolean isInTheWayOf(HasMetadata service) {
        return service instanceof Service
                && service.getMetadata().getName().equals(names.of(Component.AI))
                && !isDoneWithout()
                && !fails
                && instance.getSpec().functions().ai().minScale() == 0
                && cluster.isToChange(service)
                && cluster.occupies(names.labels(Component.AI));
    }

    /** From a revision that does not start and is not the one that serves any more. */
    void takeBack() {
        if (pending.isPresent()) {
            cluster.find(Service.class, names.of(Component.AI)).ifPresent(cluster::removeStuckRevisions);
        }
    }

    Outcome inUse() {
        return new Outcome.Waiting(
                Reason.GpuInUse,
                "The AI's next revision waits until the present one has done its work and given its GPU back; photos wait"
                        + " for their labels meanwhile: " + next(Reason.GpuInUse));
    }

    /** That none can be had is nobody's mistake, and all else is served. */
    Optional<Outcome> without() {
        if (isDoneWithout()) {
            Instant until = Instant.parse(device.since()).plus(DeviceChoice.ON_PROCESSORS);
            return Optional.of(new Outcome.Done(
                    Reason.WithoutGpu,
                    "No GPU could be had: the AI does with processors and asks for a GPU again at " + until + "."));
        }
        return pending.map(waits -> new Outcome.Done(
                Reason.WithoutGpu, "Photos wait for their labels, " + waits.message() + " " + next(Reason.WithoutGpu)));
    }

    private String next(Reason reason) {
        return StatusOf.next(reason, instance, Map.of());
    }
}
