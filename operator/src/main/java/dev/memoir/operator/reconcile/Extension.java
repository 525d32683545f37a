package dev.memoir.operator.reconcile;

import dev.memoir.operator.desired.PodMonitor;
import dev.memoir.operator.desired.ScaledObject;
import dev.memoir.operator.desired.TriggerAuthentication;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;

/** What a cluster may have besides Kubernetes, known by its kinds' definitions, now or later. */
enum Extension {
    KNATIVE(List.of(Service.class)),
    KEDA(List.of(ScaledObject.class, TriggerAuthentication.class)),
    PROMETHEUS_OPERATOR(List.of(PodMonitor.class));

    private final List<Class<? extends HasMetadata>> kinds;

    Extension(List<Class<? extends HasMetadata>> kinds) {
        this.kinds = kinds;
    }

    /** Those of which an instance may have objects. */
    List<Class<? extends HasMetadata>> kinds() {
        return kinds;
    }

    boolean isIn(KubernetesClient client) {
        return kinds.stream().allMatch(client::supports);
    }
}
