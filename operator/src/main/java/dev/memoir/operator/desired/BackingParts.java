package dev.memoir.operator.desired;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceSpec;
import dev.memoir.operator.api.MemoirInstanceSpec.DeletionPolicy;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Store, queue and database of a homelab, where nobody gives them: one pod with one volume each. */
public final class BackingParts {
    private static final String DATA = "data";
    static final String PRIVATE = "private";
    static final String TLS = "tls";
    private static final int QUEUE_HEALTH = 8222;

    private BackingParts() {}

    public static List<HasMetadata> of(MemoirInstance instance, Given given) {
        Names names = new Names(instance);
        MemoirInstanceSpec spec = instance.getSpec();
        List<HasMetadata> objects = new ArrayList<>();
        if (spec.database().managed() != null) {
            var wish = spec.database().managed();
            add(
                    objects,
                    names,
                    given,
                    database(names, given),
                    Connections.DATABASE_PORT,
                    claim(names, wish.size(), wish.storageClass()));
        }
        if (spec.events().managed() != null) {
            var wish = spec.events().managed();
            add(
                    objects,
                    names,
                    given,
                    queue(names, given),
                    Connections.QUEUE_PORT,
                    claim(names, wish.size(), wish.storageClass()));
        }
        if (spec.storage().managed() != null) {
            var wish = spec.storage().managed();
            add(
                    objects,
                    names,
                    given,
                    ManagedStore.of(names, given, wish.engine()),
                    Connections.STORE_PORT,
                    claim(names, wish.size(), wish.storageClass()));
        }
        return objects;
    }

    /** A part: its container, the secrets that it is told, and what it has besides its own volume. */
    record Part(Component component, Container container, List<String> secrets, List<Volume> volumes) {}

    private static Part database(Names names, Given given) {
        Environment environment = new Environment()
                .value("PGDATA", "/data/postgresql")
                .value("POSTGRES_USER", Connections.OWNER)
                .value("POSTGRES_DB", Connections.DATABASE)
                .secret("POSTGRES_PASSWORD", names.secrets(), Credentials.DATABASE_OWNER);
        Container container = Pods.container(
                Component.DATABASE.token(),
                given.images().database(),
                environment,
                Pods.resources("50m", "96Mi", "512Mi"));
        container.setArgs(List.of(
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=/tls/" + Certificates.CERTIFICATE,
                "-c",
                "ssl_key_file=/tls/" + Certificates.KEY));
        container.setReadinessProbe(listens(Connections.DATABASE_PORT));
        container.setVolumeMounts(List.of(Pods.mount(DATA, "/data"), Pods.mount("tmp", "/tmp"), readOnly(TLS, "/tls")));
        // Its password stays as it was made: a pod must not be replaced for another key of that secret.
        return new Part(
                Component.DATABASE,
                container,
                List.of(names.certificate(Component.DATABASE)),
                List.of(Pods.empty("tmp", "64Mi"), certificate(names, Component.DATABASE)));
    }

    private static Part queue(Names names, Given given) {
        Environment environment = new Environment().value("GOMEMLIMIT", "96MiB");
        Container container = Pods.container(
                Component.QUEUE.token(), given.images().queue(), environment, Pods.resources("25m", "32Mi", "128Mi"));
        container.setArgs(List.of("--config", "/private/" + Credentials.QUEUE_CONFIGURATION));
        container.setReadinessProbe(Pods.overTls(Pods.answers("/healthz", QUEUE_HEALTH, 2)));
        container.setVolumeMounts(
                List.of(Pods.mount(DATA, "/data"), readOnly(PRIVATE, "/private"), readOnly(TLS, "/tls")));
        return new Part(
                Component.QUEUE,
                container,
                List.of(names.secrets(), names.certificate(Component.QUEUE)),
                List.of(secret(names, Credentials.QUEUE_CONFIGURATION), certificate(names, Component.QUEUE)));
    }

    private static void add(
            List<HasMetadata> objects, Names names, Given given, Part part, int port, PersistentVolumeClaim claim) {
        part.container()
                .setPorts(List.of(
                        new ContainerPortBuilder().withContainerPort(port).build()));
        objects.add(Pods.service(
                names, part.component(), Pods.port(part.component().token(), port, new IntOrString(port))));
        objects.add(statefulSet(names, given, part, claim));
    }

    private static StatefulSet statefulSet(Names names, Given given, Part part, PersistentVolumeClaim claim) {
        boolean goes = names.instance().getSpec().deletionPolicy() == DeletionPolicy.Delete;
        Map<String, String> annotations = Pods.secretHashes(given, part.secrets());
        return new StatefulSetBuilder()
                .withMetadata(names.owned(part.component()))
                .withNewSpec()
                .withReplicas(1)
                .withServiceName(names.of(part.component()))
                .withNewSelector()
                .withMatchLabels(names.selector(part.component()))
                .endSelector()
                .withNewPersistentVolumeClaimRetentionPolicy(goes ? "Delete" : "Retain", "Retain")
                .withTemplate(Pods.template(
                        names, part.component(), annotations, Pods.pod(names, part.container(), part.volumes())))
                .withVolumeClaimTemplates(claim)
                .endSpec()
                .build();
    }

    private static PersistentVolumeClaim claim(Names names, Quantity size, String storageClass) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName(DATA)
                .withLabels(names.labels())
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass)
                .withNewResources()
                .addToRequests("storage", size)
                .endResources()
                .endSpec()
                .build();
    }

    static Volume secret(Names names, String file) {
        return new VolumeBuilder()
                .withName(PRIVATE)
                .withNewSecret()
                .withSecretName(names.secrets())
                .withDefaultMode(0440)
                .addNewItem(file, null, file)
                .endSecret()
                .build();
    }

    static Volume certificate(Names names, Component component) {
        return new VolumeBuilder()
                .withName(TLS)
                .withNewSecret()
                .withSecretName(names.certificate(component))
                .withDefaultMode(0440)
                .endSecret()
                .build();
    }

    /** Of the volume, and made if need be. */
    static VolumeMount folder(String name) {
        return new VolumeMountBuilder()
                .withName(DATA)
                .withSubPath(name)
                .withMountPath("/" + name)
                .build();
    }

    static VolumeMount readOnly(String name, String path) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(true)
                .build();
    }

    private static Probe listens(int port) {
        return new ProbeBuilder()
                .withNewTcpSocket()
                .withPort(new IntOrString(port))
                .endTcpSocket()
                .withPeriodSeconds(1)
                .build();
    }
}
