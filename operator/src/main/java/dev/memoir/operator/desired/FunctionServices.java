package dev.memoir.operator.desired;

import dev.memoir.operator.api.AiFunction;
import dev.memoir.operator.api.Function;
import dev.memoir.operator.api.Functions;
import dev.memoir.operator.api.Gpu;
import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.Scheduling;
import dev.memoir.operator.api.SecretVariable;
import io.fabric8.knative.serving.v1.RevisionSpec;
import io.fabric8.knative.serving.v1.RevisionSpecBuilder;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.knative.serving.v1.ServiceBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions that run here, which all three do but for an AI with an address of its own: Knative services that only the cluster reaches. Where there is no Knative they are Deployments behind
 * services of the same names, which KEDA or somebody else scales.
 */
public final class FunctionServices {
    static final int PORT = 8080;

    /** Work in one request ends well before this; Knative's own default is the same. */
    private static final Duration TIMEOUT = Duration.ofSeconds(300);

    private static final Duration GPU_DEADLINE = Duration.ofMinutes(30);

    private static final String SCRATCH = "scratch";

    private FunctionServices() {}

    public static List<HasMetadata> of(MemoirInstance instance, Given given) {
        List<One> functions = all(instance, given);
        if (given.can().knative().isPresent()) {
            return functions.stream()
                    .<HasMetadata>map(
                            one -> service(one, given, given.can().knative().get()))
                    .toList();
        }
        List<HasMetadata> objects = new ArrayList<>();
        functions.forEach(one -> objects.addAll(deployment(one, given)));
        if (given.can().keda()) {
            objects.add(KedaScaling.trust(new Names(instance)));
            functions.stream()
                    .filter(one -> one.component() != Component.API)
                    .map(one -> KedaScaling.of(one.names(), one.component(), one.idleSeconds(), one.minScale()))
                    .forEach(objects::add);
        }
        return objects;
    }

    /** The images that the functions are started from. */
    static List<String> images(MemoirInstance instance, Given given) {
        return all(instance, given).stream().map(One::image).toList();
    }

    /** One function in the terms that Knative and a Deployment share. */
    private record One(
            Names names,
            Component component,
            String image,
            ResourceRequirements resources,
            int idleSeconds,
            int minScale,
            int maxScale,
            int concurrency,
            Environment environment,
            Optional<Scheduling> scheduling,
            Optional<Gpu> gpu,
            Optional<String> scratch) {}

    private static List<One> all(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        Connections to = new Connections(names);
        Functions functions = instance.getSpec().functions();
        Environment api = to.identity(to.queue(to.database(to.store(common(to)), Connections.Role.API)))
                .value("MEMOIR_WORDS_URL", address(names, Component.AI) + "/words");
        Environment postprocessor = to.database(to.store(common(to)), Connections.Role.INGEST);
        Optional<Gpu> gpu = Optional.ofNullable(functions.ai().gpu()).filter(wish -> !given.onProcessors());
        Environment ai = VisionService.tell(
                to.database(to.store(common(to)), Connections.Role.INGEST).value("MEMOIR_AI_DEVICE", device(gpu)),
                instance);
        List<One> all = List.of(
                one(
                        names,
                        Component.API,
                        functions.api(),
                        given.images().api(),
                        api,
                        Pods.resources("100m", "192Mi", "384Mi"),
                        32,
                        Optional.empty(),
                        Optional.empty()),
                one(
                        names,
                        Component.POSTPROCESSOR,
                        functions.postprocessor(),
                        given.images().postprocessor(),
                        postprocessor,
                        Pods.resources("200m", "384Mi", "2Gi"),
                        2,
                        Optional.of("4Gi"),
                        Optional.empty()),
                one(
                        names,
                        Component.AI,
                        withoutGpu(
                                functions.ai(),
                                given.onProcessors() ? null : functions.ai().scheduling()),
                        given.images().ai(),
                        ai,
                        Pods.resources("500m", "768Mi", "3Gi"),
                        1,
                        Optional.of("2Gi"),
                        gpu));
        return all.stream()
                .filter(one -> here(names.instance()).contains(one.component()))
                .toList();
    }

    /** Those that run here. */
    static List<Component> here(MemoirInstance instance) {
        List<Component> functions = List.of(Component.API, Component.POSTPROCESSOR, Component.AI);
        return instance.getSpec().functions().ai().url() == null ? functions : functions.subList(0, 2);
    }

    /** Where the runner finds one. */
    static String address(Names names, Component function) {
        String elsewhere = names.instance().getSpec().functions().ai().url();
        return function == Component.AI && elsewhere != null ? elsewhere : "http://" + names.host(function);
    }

    /** Who rather waits than uses processors gets a pod that fails where its GPU can't be used. */
    private static String device(Optional<Gpu> gpu) {
        return gpu.map(wish -> wish.whenNone() == Gpu.WhenNone.Cpu ? "auto" : "cuda")
                .orElse("cpu");
    }

    private static Environment common(Connections to) {
        return to.delivery(new Environment());
    }

    private static One one(
            Names names,
            Component component,
            Function wish,
            String image,
            Environment environment,
            ResourceRequirements resources,
            int concurrency,
            Optional<String> scratch,
            Optional<Gpu> gpu) {
        ResourceRequirements wanted = orElse(wish.resources(), resources);
        return new One(
                names,
                component,
                orElse(wish.image(), image),
                gpu.map(one -> withGpu(wanted, one)).orElse(wanted),
                wish.idleSeconds(),
                wish.minScale(),
                wish.maxScale(),
                orElse(wish.concurrency(), concurrency),
                environment.secrets(orElse(wish.environment(), List.<SecretVariable>of())),
                Optional.ofNullable(wish.scheduling()),
                gpu,
                scratch);
    }

    /** Processors are everywhere: nodes that were chosen for their GPU say nothing about them. */
    private static Function withoutGpu(AiFunction ai, Scheduling scheduling) {
        return new Function(
                ai.image(),
                ai.resources(),
                ai.idleSeconds(),
                ai.minScale(),
                ai.maxScale(),
                ai.concurrency(),
                ai.environment(),
                scheduling);
    }

    private static ResourceRequirements withGpu(ResourceRequirements resources, Gpu gpu) {
        return new ResourceRequirementsBuilder(resources)
                .addToLimits(gpu.resource(), new Quantity(Integer.toString(gpu.count())))
                .build();
    }

    private static Service service(One one, Given given, Capabilities.Knative knative) {
        Map<String, String> labels = new TreeMap<>(one.names().labels(one.component()));
        labels.put("networking.knative.dev/visibility", "cluster-local");
        var meta = one.names().owned(one.names().of(one.component()), labels);
        return new ServiceBuilder()
                .withMetadata(meta)
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(one.names().labels(one.component()))
                .withAnnotations(annotations(one, given, knative))
                .endMetadata()
                .withSpec(revision(one, knative))
                .endTemplate()
                .endSpec()
                .build();
    }

    private static Map<String, String> annotations(One one, Given given, Capabilities.Knative knative) {
        Map<String, String> annotations = new TreeMap<>(shared(one, given));
        annotations.put("autoscaling.knative.dev/min-scale", Integer.toString(one.minScale()));
        annotations.put("autoscaling.knative.dev/max-scale", Integer.toString(one.maxScale()));
        annotations.put("autoscaling.knative.dev/window", one.idleSeconds() + "s");
        if (one.component() != Component.API) {
            // Events wait in the queue: a pod may be full, and one event never asks for a second pod, or a second GPU.
            annotations.put("autoscaling.knative.dev/target-utilization-percentage", "100");
        }
        // A revision shows with one pod that it works before anything is routed to it, and is put to sleep after.
        if (one.gpu().isPresent()) {
            if (knative.startsAtZero()) {
                // The pod of the revision before may hold the only one.
                annotations.put("autoscaling.knative.dev/initial-scale", "0");
            }
            // A node with a GPU may have to be rented first.
            annotations.put("serving.knative.dev/progress-deadline", GPU_DEADLINE.toSeconds() + "s");
        }
        return annotations;
    }

    /** A change of these is the one reason for new pods besides a change of the spec or of the operator's version. */
    private static Map<String, String> shared(One one, Given given) {
        Map<String, String> annotations =
                new TreeMap<>(Pods.secretHashes(given, one.environment().secrets()));
        if (one.component() == Component.API) {
            annotations.put("memoir.dev/keys", Hash.of(given.keys()));
        }
        return annotations;
    }

    private static RevisionSpec revision(One one, Capabilities.Knative knative) {
        RevisionSpec spec = new RevisionSpecBuilder()
                .withServiceAccountName(Trust.accountName(one.names()))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withContainerConcurrency((long) one.concurrency())
                .withTimeoutSeconds(
                        Math.min(TIMEOUT.toSeconds(), knative.timeoutCap().toSeconds()))
                .withContainers(container(one))
                .withVolumes(volumes(one))
                .build();
        one.scheduling().ifPresent(wish -> {
            spec.setNodeSelector(wish.nodeSelector());
            spec.setTolerations(wish.tolerations());
            spec.setPriorityClassName(wish.priorityClass());
        });
        one.gpu().map(Gpu::runtimeClass).ifPresent(spec::setRuntimeClassName);
        return spec;
    }

    private static Container container(One one) {
        Container container = Pods.container(one.component().token(), one.image(), one.environment(), one.resources());
        container.setPorts(List.of(new ContainerPortBuilder()
                .withContainerPort(PORT)
                .withName("http1")
                .build()));
        container.setReadinessProbe(Pods.answers("/ready", PORT, 1));
        one.scratch().ifPresent(limit -> container.setVolumeMounts(List.of(Pods.mount(SCRATCH, "/scratch"))));
        return container;
    }

    private static List<Volume> volumes(One one) {
        return one.scratch().map(limit -> List.of(Pods.empty(SCRATCH, limit))).orElse(List.of());
    }

    private static List<HasMetadata> deployment(One one, Given given) {
        Names names = one.names();
        PodSpec pod = Pods.scheduled(Pods.pod(names, container(one), volumes(one)), one.scheduling());
        one.gpu().map(Gpu::runtimeClass).ifPresent(pod::setRuntimeClassName);
        List<HasMetadata> objects = new ArrayList<>();
        // Without replicas: whoever scales it says how many, and is not contradicted.
        objects.add(new DeploymentBuilder()
                .withMetadata(names.owned(one.component()))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(names.selector(one.component()))
                .endSelector()
                .withTemplate(Pods.template(names, one.component(), shared(one, given), pod))
                .endSpec()
                .build());
        objects.add(Pods.service(names, one.component(), Pods.port("http", 80, new IntOrString(PORT))));
        return objects;
    }

    /** The feature flag of Knative that a wish of the instance needs, by the wish. */
    public static Map<String, String> features(MemoirInstance instance) {
        Map<String, String> needed = new TreeMap<>();
        Functions functions = instance.getSpec().functions();
        scheduling(needed, "functions.api", functions.api().scheduling());
        scheduling(needed, "functions.postprocessor", functions.postprocessor().scheduling());
        scheduling(needed, "functions.ai", functions.ai().scheduling());
        if (functions.ai().gpu() != null && functions.ai().gpu().runtimeClass() != null) {
            needed.put("functions.ai.gpu.runtimeClass", "kubernetes.podspec-runtimeclassname");
        }
        return needed;
    }

    private static void scheduling(Map<String, String> needed, String where, Scheduling wish) {
        if (wish == null) {
            return;
        }
        if (wish.nodeSelector() != null && !wish.nodeSelector().isEmpty()) {
            needed.put(where + ".scheduling.nodeSelector", "kubernetes.podspec-nodeselector");
        }
        if (wish.tolerations() != null && !wish.tolerations().isEmpty()) {
            needed.put(where + ".scheduling.tolerations", "kubernetes.podspec-tolerations");
        }
        if (wish.priorityClass() != null) {
            needed.put(where + ".scheduling.priorityClass", "kubernetes.podspec-priorityclassname");
        }
    }

    private static <T> T orElse(T wish, T usual) {
        return wish == null ? usual : wish;
    }
}
