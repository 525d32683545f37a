package dev.memoir.operator.desired;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** Which pods Prometheus asks for metrics: of the Prometheus Operator's definition, what an instance needs. */
@Group("monitoring.coreos.com")
@Version("v1")
public final class PodMonitor extends CustomResource<PodMonitor.Spec, Void> implements Namespaced {
    private static final long serialVersionUID = 1;

    /** The pods, and how each is asked. */
    public record Spec(LabelSelector selector, List<Endpoint> podMetricsEndpoints) {}

    /**
     * @param port a container port's name
     * @param path of the metrics
     */
    public record Endpoint(String port, String path, String scheme, Tls tlsConfig) {}

    /**
     * @param ca whom to believe
     * @param serverName that the certificate must have, whatever a pod's address
     */
    public record Tls(Source ca, String serverName) {}

    public record Source(SecretKeySelector secret) {}
}
