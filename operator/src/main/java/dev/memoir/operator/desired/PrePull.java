package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Has every node keep the functions' images: a node's kubelet removes none that a pod there was made from. */
public final class PrePull {
    /** There in every image of a function, and soon done. */
    private static final List<String> NOTHING = List.of("/jre/bin/java", "--version");

    private PrePull() {}

    public static List<HasMetadata> of(MemoirInstance instance, Given given) {
        if (!instance.getSpec().functions().prePull()) {
            return List.of();
        }
        Names names = new Names(instance);
        List<String> images = FunctionServices.images(instance, given);
        // Of the operator's own images one that can sleep.
        Container stays = container("stays", given.images().postprocessor(), Pods.resources("1m", "4Mi", "16Mi"));
        stays.setCommand(List.of("/usr/bin/busybox", "sleep", "infinity"));
        PodSpec pod = Pods.pod(names, stays, List.of());
        pod.setTerminationGracePeriodSeconds(0L);
        pod.setInitContainers(IntStream.range(0, images.size())
                .mapToObj(image -> pulled("image-" + image, images.get(image)))
                .toList());
        return List.of(new DaemonSetBuilder()
                .withMetadata(names.owned(Component.PRE_PULL))
                .withNewSpec()
                .withNewSelector()
                .withMatchLabels(names.selector(Component.PRE_PULL))
                .endSelector()
                .withTemplate(Pods.template(names, Component.PRE_PULL, Map.of(), pod))
                .endSpec()
                .build());
    }

    private static Container pulled(String name, String image) {
        Container container = container(name, image, Pods.resources("10m", "64Mi", "128Mi"));
        container.setCommand(NOTHING);
        return container;
    }

    private static Container container(String name, String image, ResourceRequirements resources) {
        return Pods.container(name, image, new Environment(), resources);
    }
}
