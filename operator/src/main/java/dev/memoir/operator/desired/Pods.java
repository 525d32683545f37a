package dev.memoir.operator.desired;

import dev.memoir.operator.api.Scheduling;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What all of an instance's pods have in common: no rights, no token, nothing writable but what is said. */
final class Pods {
    /** The images' user. */
    static final long USER = 65532;

    /** Pods are replaced when the content of one of their secrets changes; this is how they notice. */
    static final String SECRETS = "memoir.dev/secrets";

    private Pods() {}

    static SecurityContext confined() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .build();
    }

    private static PodSecurityContext group() {
        return new PodSecurityContextBuilder()
                .withFsGroup(USER)
                .withFsGroupChangePolicy("OnRootMismatch")
                .build();
    }

    static Container container(String name, String image, Environment environment, ResourceRequirements resources) {
        return new ContainerBuilder()
                .withName(name)
                .withImage(image)
                .withEnv(environment.variables())
                .withResources(resources)
                .withSecurityContext(confined())
                .build();
    }

    static PodSpec pod(Names names, Container container, List<Volume> volumes) {
        return new PodSpecBuilder()
                .withServiceAccountName(Trust.accountName(names))
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(group())
                .withContainers(container)
                .withVolumes(volumes)
                .build();
    }

    static PodTemplateSpec template(Names names, Component component, Map<String, String> annotations, PodSpec pod) {
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(names.labels(component))
                .withAnnotations(annotations)
                .endMetadata()
                .withSpec(pod)
                .build();
    }

    static PodSpec scheduled(PodSpec pod, Optional<Scheduling> scheduling) {
        scheduling.ifPresent(wish -> {
            pod.setNodeSelector(wish.nodeSelector());
            pod.setTolerations(wish.tolerations());
            pod.setPriorityClassName(wish.priorityClass());
        });
        return pod;
    }

    /** What of these secrets' content is known; a secret that isn't there has no hash. */
    static Map<String, String> secretHashes(Given given, Collection<String> secrets) {
        Map<String, String> known = new TreeMap<>();
        secrets.forEach(
                name -> Optional.ofNullable(given.secrets().get(name)).ifPresent(hash -> known.put(name, hash)));
        return known.isEmpty() ? Map.of() : Map.of(SECRETS, Hash.of(known.toString()));
    }

    /** In front of a part's pods. */
    static Service service(Names names, Component component, ServicePort... ports) {
        return new ServiceBuilder()
                .withMetadata(names.owned(component))
                .withNewSpec()
                .withSelector(names.selector(component))
                .withPorts(ports)
                .endSpec()
                .build();
    }

    static ServicePort port(String name, int port, IntOrString target) {
        return new ServicePortBuilder()
                .withName(name)
                .withPort(port)
                .withTargetPort(target)
                .build();
    }

    static Probe answers(String path, int port, int everySeconds) {
        return new ProbeBuilder()
                .withHttpGet(new HTTPGetActionBuilder()
                        .withPath(path)
                        .withPort(new IntOrString(port))
                        .build())
                .withPeriodSeconds(everySeconds)
                .withTimeoutSeconds(2)
                .build();
    }

    static Probe overTls(Probe probe) {
        probe.getHttpGet().setScheme("HTTPS");
        return probe;
    }

    static Volume empty(String name, String limit) {
        return new VolumeBuilder()
                .withName(name)
                .withEmptyDir(new EmptyDirVolumeSource(null, new Quantity(limit)))
                .build();
    }

    static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    static ResourceRequirements resources(String cpu, String memory, String memoryLimit) {
        return new ResourceRequirementsBuilder()
                .addToRequests("cpu", new Quantity(cpu))
                .addToRequests("memory", new Quantity(memory))
                .addToLimits("memory", new Quantity(memoryLimit))
                .build();
    }
}
