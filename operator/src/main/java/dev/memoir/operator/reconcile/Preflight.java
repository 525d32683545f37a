package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Capabilities;
import dev.memoir.operator.desired.FunctionServices;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the cluster can do, and whether that is enough for what an instance wishes. */
final class Preflight {
    private static final String KNATIVE = "knative-serving";

    /** Knative's own, where the administrator says nothing. */
    private static final Duration USUAL_TIMEOUT_CAP = Duration.ofSeconds(600);

    private Preflight() {}

    /**
     * Asks the API server; to be kept for a while.
     *
     * @param knative whether Knative's services are watched: what came later counts after a restart
     * @param podMonitors the same of PodMonitors
     */
    static Capabilities look(KubernetesClient client, boolean knative, boolean podMonitors) {
        return new Capabilities(knative ? Optional.of(knative(client)) : Optional.empty(), podMonitors);
    }

    private static Capabilities.Knative knative(KubernetesClient client) {
        Map<String, String> features = settings(client, "config-features");
        Map<String, String> defaults = settings(client, "config-defaults");
        Map<String, String> autoscaler = settings(client, "config-autoscaler");
        return new Capabilities.Knative(
                Optional.ofNullable(defaults.get("max-revision-timeout-seconds"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.strip())))
                        .orElse(USUAL_TIMEOUT_CAP),
                "true"
                        .equalsIgnoreCase(autoscaler
                                .getOrDefault("allow-zero-initial-scale", "false")
                                .strip()),
                features.entrySet().stream()
                        .filter(feature -> Set.of("enabled", "allowed")
                                .contains(feature.getValue().strip().toLowerCase(Locale.ROOT)))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    /** Without the right to read it, what Knative has by default is taken to hold. */
    private static Map<String, String> settings(KubernetesClient client, String map) {
        try {
            var found = client.configMaps().inNamespace(KNATIVE).withName(map).get();
            return found == null ? Map.of() : Objects.requireNonNullElse(found.getData(), Map.of());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Map.of();
            }
            throw e;
        }
    }

    static Outcome judge(MemoirInstance instance, Capabilities can) {
        List<String> unsupported = NotYet.wishedFor(instance.getSpec());
        if (!unsupported.isEmpty()) {
            return new Outcome.Blocked(
                    Reason.NotSupported, "Not there yet in this version: " + String.join(", ", unsupported));
        }
        if (can.knative().isEmpty()) {
            return new Outcome.Done(
                    Reason.WithoutKnative,
                    "There is no Knative Serving here: the functions are Deployments, and do not sleep unless somebody scales them.");
        }
        Capabilities.Knative knative = can.knative().get();
        Set<String> missing = new TreeSet<>();
        Set<String> wishes = new TreeSet<>();
        FunctionServices.features(instance).forEach((wish, feature) -> {
            if (!knative.allows(feature)) {
                missing.add(feature);
                wishes.add(wish);
            }
        });
        if (!missing.isEmpty()) {
            return new Outcome.Blocked(
                    Reason.FeatureDisabled,
                    String.join(", ", wishes) + ": this cluster's Knative does not allow it. An administrator can: "
                            + patch(Reason.FeatureDisabled, missing, "enabled"));
        }
        var gpu = instance.getSpec().functions().ai().gpu();
        if (gpu != null && gpu.spot() && !knative.startsAtZero()) {
            return new Outcome.Blocked(
                    Reason.WakesAtInstall,
                    "functions.ai.gpu.spot: this cluster's Knative starts a pod for each new revision, which would rent a GPU."
                            + " An administrator can change that: "
                            + patch(Reason.WakesAtInstall, Set.of("allow-zero-initial-scale"), "true"));
        }
        return new Outcome.Done("This cluster can do all that is wished for.");
    }

    private static String patch(Reason reason, Set<String> settings, String value) {
        String data = settings.stream()
                .map(setting -> "\"" + setting + "\":\"" + value + "\"")
                .collect(Collectors.joining(","));
        return reason.next().replace("PATCH", "{\"data\":{" + data + "}}");
    }
}
