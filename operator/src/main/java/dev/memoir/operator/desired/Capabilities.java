package dev.memoir.operator.desired;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the cluster can do.
 *
 * @param knative empty: functions become Deployments that KEDA or somebody scales
 * @param keda whether KEDA's definitions are there
 * @param podMonitors whether the Prometheus Operator's definition is there
 * @param nodeResources what its nodes have, such as {@code nvidia.com/gpu}; empty when the operator may not look
 * @param runtimeClasses by name; empty when the operator may not look
 */
public record Capabilities(
        Optional<Knative> knative,
        boolean keda,
        boolean podMonitors,
        Optional<Set<String>> nodeResources,
        Optional<Set<String>> runtimeClasses) {

    /**
     * Knative Serving as its administrator has set it up.
     *
     * @param timeoutCap the most that a request may take
     * @param startsAtZero whether a new revision may begin without a pod
     * @param features of {@code config-features} that are switched on, such as {@code kubernetes.podspec-nodeselector}
     */
    public record Knative(Duration timeoutCap, boolean startsAtZero, Set<String> features) {
        public Knative {
            features = Set.copyOf(features);
        }

        public boolean allows(String feature) {
            return features.contains(feature);
        }
    }
}
