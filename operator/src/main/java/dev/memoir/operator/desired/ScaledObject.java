package dev.memoir.operator.desired;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import java.util.Map;

/** How many pods a Deployment has: of KEDA's definition, what an instance needs. */
@Group("keda.sh")
@Version("v1alpha1")
public final class ScaledObject extends CustomResource<ScaledObject.Spec, Void> implements Namespaced {
    private static final long serialVersionUID = 1;

    /**
     * @param pollingInterval seconds between two looks
     * @param cooldownPeriod seconds without work before the last pod goes
     */
    public record Spec(
            Target scaleTargetRef,
            int pollingInterval,
            int cooldownPeriod,
            int minReplicaCount,
            int maxReplicaCount,
            List<Trigger> triggers) {}

    /** @param name of a Deployment beside it */
    public record Target(String name) {}

    /**
     * @param type which of KEDA's scalers
     * @param metadata what that one is told
     */
    public record Trigger(String type, Map<String, String> metadata, Authentication authenticationRef) {}

    /** @param name of a {@link TriggerAuthentication} beside it */
    public record Authentication(String name) {}
}
