package dev.memoir.operator.desired;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sleep where there is no Knative but KEDA (2.16 or newer): it asks the runner's metrics how many events wait for a function.
 * KEDA's own scaler for NATS would have to reach the queue's monitoring port, which it can't be told an authority for, and which
 * nobody knows of a queue that is given. The API answers people, whom a queue knows nothing of, and keeps a pod.
 */
final class KedaScaling {
    /** Seconds between two looks at a queue: what somebody waits at most before a function begins to wake. */
    private static final int LOOK = 5;

    private static final List<String> LANES = List.of("new", "backfill");

    private KedaScaling() {}

    /** By which KEDA believes the runner; it can be told an authority only together with a certificate of its own. */
    static HasMetadata trust(Names names) {
        String certificate = names.certificate(Component.RUNNER);
        TriggerAuthentication trust = new TriggerAuthentication();
        trust.setMetadata(names.owned(Component.RUNNER));
        trust.setSpec(new TriggerAuthentication.Spec(List.of(
                new TriggerAuthentication.FromSecret("ca", certificate, Certificates.AUTHORITY),
                new TriggerAuthentication.FromSecret("cert", certificate, Certificates.CERTIFICATE),
                new TriggerAuthentication.FromSecret("key", certificate, Certificates.KEY))));
        return trust;
    }

    /**
     * How many pods a function has: one while anything waits or is under way. The runner brings no more events at once than one pod
     * takes, so another would have nothing to do.
     *
     * @param idleSeconds without work after which it sleeps
     * @param minScale pods that never do
     */
    static HasMetadata of(Names names, Component function, int idleSeconds, int minScale) {
        ScaledObject scaling = new ScaledObject();
        scaling.setMetadata(names.owned(function));
        scaling.setSpec(new ScaledObject.Spec(
                new ScaledObject.Target(names.of(function)),
                LOOK,
                idleSeconds,
                minScale,
                Math.max(1, minScale),
                LANES.stream().map(lane -> trigger(names, function, lane)).toList()));
        return scaling;
    }

    private static ScaledObject.Trigger trigger(Names names, Component function, String lane) {
        Map<String, String> metadata = new TreeMap<>(Map.of(
                "url", "https://" + names.host(Component.RUNNER) + ":" + RunnerEdge.ADMIN_PORT + "/metrics",
                "format", "prometheus",
                "valueLocation", "memoir_queue_waiting{function=\"" + function.token() + "\",lane=\"" + lane + "\"}",
                "targetValue", "1",
                "authMode", "tls"));
        return new ScaledObject.Trigger(
                "metrics-api", metadata, new ScaledObject.Authentication(names.of(Component.RUNNER)));
    }
}
