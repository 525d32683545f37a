package dev.memoir.operator.reconcile;

import dev.memoir.operator.api.AiFunction;
import dev.memoir.operator.api.Gpu;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Capabilities;
import dev.memoir.operator.desired.FunctionServices;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.node.v1.RuntimeClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
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
     * @param extensions whose kinds are watched
     */
    static Capabilities look(KubernetesClient client, Set<Extension> extensions) {
        return new Capabilities(
                extensions.contains(Extension.KNATIVE) ? Optional.of(knative(client)) : Optional.empty(),
                extensions.contains(Extension.KEDA),
                extensions.contains(Extension.PROMETHEUS_OPERATOR),
                allowed(() -> client.nodes().list().getItems().stream()
                        .map(node -> node.getStatus().getAllocatable())
                        .flatMap(offered -> offered.entrySet().stream())
                        .filter(offered ->
                                offered.getValue().getNumericalAmount().signum() > 0)
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet())),
                allowed(() -> client.resources(RuntimeClass.class).list().getItems().stream()
                        .map(known -> known.getMetadata().getName())
                        .collect(Collectors.toSet())));
    }

    /** Empty without the right to look, as where the operator has rights in some namespaces only. */
    private static <T> Optional<T> allowed(Supplier<T> look) {
        try {
            return Optional.ofNullable(look.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403) {
                return Optional.empty();
            }
            throw e;
        }
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
        return allowed(() ->
                        client.configMaps().inNamespace(KNATIVE).withName(map).get())
                .map(ConfigMap::getData)
                .orElse(Map.of());
    }

    static Outcome judge(MemoirInstance instance, Capabilities can) {
        List<String> unsupported = NotYet.wishedFor(instance.getSpec());
        if (!unsupported.isEmpty()) {
            return new Outcome.Blocked(
                    Reason.NotSupported, "Not there yet in this version: " + String.join(", ", unsupported));
        }
        if (can.knative().isEmpty()) {
            return withoutKnative(can);
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
        AiFunction ai = instance.getSpec().functions().ai();
        return ai.gpu() == null
                ? new Outcome.Done("This cluster can do all that is wished for.")
                : judge(ai, ai.gpu(), can, knative.startsAtZero());
    }

    private static Outcome withoutKnative(Capabilities can) {
        return can.keda()
                ? new Outcome.Done(
                        Reason.ScaledByKeda,
                        "There is no Knative Serving here: KEDA lets postprocessor and AI sleep while no event waits, and"
                                + " the API keeps a pod.")
                : new Outcome.Done(
                        Reason.WithoutKnative,
                        "There is no Knative Serving here: the functions are Deployments, and do not sleep unless somebody"
                                + " scales them.");
    }

    private static Outcome judge(AiFunction ai, Gpu gpu, Capabilities can, boolean startsAtZero) {
        if (gpu.runtimeClass() != null
                && !can.runtimeClasses()
                        .map(known -> known.contains(gpu.runtimeClass()))
                        .orElse(true)) {
            return new Outcome.Blocked(
                    Reason.RuntimeClassMissing,
                    "functions.ai.gpu.runtimeClass: this cluster has no runtime class " + gpu.runtimeClass()
                            + ". Those that it has: " + Reason.RuntimeClassMissing.next());
        }
        if (gpu.spot() && !startsAtZero) {
            return new Outcome.Blocked(
                    Reason.WakesAtInstall,
                    "functions.ai.gpu.spot: this cluster's Knative starts a pod for each new revision, which would rent a GPU."
                            + " An administrator can change that: "
                            + patch(Reason.WakesAtInstall, Set.of("allow-zero-initial-scale"), "true"));
        }
        if (ai.minScale() > 0 && !startsAtZero) {
            return new Outcome.Blocked(
                    Reason.SecondGpuNeeded,
                    "functions.ai.minScale: this cluster's Knative starts a pod for each new revision, and the one before"
                            + " would never give its GPU back. An administrator can change that: "
                            + patch(Reason.SecondGpuNeeded, Set.of("allow-zero-initial-scale"), "true"));
        }
        if (!can.nodeResources().map(has -> has.contains(gpu.resource())).orElse(true)) {
            return new Outcome.Done(
                    Reason.WithoutGpu,
                    "No node has " + gpu.resource()
                            + " now. All else works, and where nodes come on demand one will come.");
        }
        return new Outcome.Done("This cluster can do all that is wished for, a GPU included.");
    }

    private static String patch(Reason reason, Set<String> settings, String value) {
        String data = settings.stream()
                .map(setting -> "\"" + setting + "\":\"" + value + "\"")
                .collect(Collectors.joining(","));
        return reason.next().replace("PATCH", "{\"data\":{" + data + "}}");
    }
}
