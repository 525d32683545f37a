package dev.memoir.operator.desired;

import dev.memoir.operator.api.Storage;
import dev.memoir.operator.desired.BackingParts.Part;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The S3 server of a homelab: versitygw, or MinIO for those who know it already. */
final class ManagedStore {
    /** The name of the key that MinIO encrypts with. */
    static final String KEY_NAME = "memoir";

    private static final String SUBJECT = "memoir.store";

    private ManagedStore() {}

    static Part of(Names names, Given given, Storage.Engine engine) {
        return switch (engine) {
            case versitygw -> versitygw(names, given);
            case minio -> minio(names, given);
        };
    }

    /** Attributes beside the objects, since network storage of many homes has no extended attributes. */
    private static Part versitygw(Names names, Given given) {
        Environment environment = new Environment()
                .secret("ROOT_ACCESS_KEY", names.secrets(), Credentials.STORE_ACCESS_KEY)
                .secret("ROOT_SECRET_KEY", names.secrets(), Credentials.STORE_SECRET_KEY)
                .value("VGW_PORT", ":" + Connections.STORE_PORT)
                .value("VGW_REGION", "us-east-1")
                .value("VGW_QUIET", "true")
                .value("VGW_HEALTH", "/health")
                .value("VGW_IAM_DIR", "/private")
                .value("VGW_EVENT_NATS_TOPIC", SUBJECT)
                .value("GOMEMLIMIT", "192MiB");
        if (isEncrypted(names)) {
            environment
                    .value("VGW_CERT", "/tls/" + Certificates.CERTIFICATE)
                    .value("VGW_KEY", "/tls/" + Certificates.KEY);
        }
        Environment all = new Connections(names)
                .queue(environment)
                .value("VGW_EVENT_NATS_URL", "$(MEMOIR_NATS_URL)")
                .value("SSL_CERT_FILE", "/tls/" + Certificates.AUTHORITY);
        Container container = Pods.container(
                Component.STORE.token(), given.images().versitygw(), all, Pods.resources("50m", "64Mi", "256Mi"));
        container.setArgs(List.of("posix", "--versioning-dir", "/versions", "--sidecar", "/sidecar", "/buckets"));
        container.setReadinessProbe(answers(names, "/health"));
        container.setVolumeMounts(List.of(
                BackingParts.folder("buckets"),
                BackingParts.folder("versions"),
                BackingParts.folder("sidecar"),
                BackingParts.readOnly(BackingParts.PRIVATE, "/private"),
                BackingParts.readOnly(BackingParts.TLS, "/tls")));
        return new Part(
                Component.STORE,
                container,
                List.of(names.secrets(), names.certificate(Component.STORE)),
                List.of(
                        BackingParts.secret(names, Credentials.STORE_ACCOUNTS),
                        BackingParts.certificate(names, Component.STORE)));
    }

    /** Events that the queue can't take are kept in a folder until it can. */
    private static Part minio(Names names, Given given) {
        Environment environment = new Environment()
                .secret("MINIO_ROOT_USER", names.secrets(), Credentials.STORE_ACCESS_KEY)
                .secret("MINIO_ROOT_PASSWORD", names.secrets(), Credentials.STORE_SECRET_KEY)
                .value("MINIO_BROWSER", "off")
                .value("MINIO_UPDATE", "off")
                .value("MINIO_NOTIFY_NATS_ENABLE_PRIMARY", "on")
                .value("MINIO_NOTIFY_NATS_SUBJECT_PRIMARY", SUBJECT)
                .value("MINIO_NOTIFY_NATS_QUEUE_DIR_PRIMARY", "/unsent")
                .value("GOMEMLIMIT", "768MiB");
        new Connections(names).queueForMinio(environment);
        List<String> secrets = new ArrayList<>(List.of(names.certificate(Component.STORE)));
        encryptionKey(names).ifPresent(secret -> {
            secrets.add(secret);
            environment
                    .secret("ENCRYPTION_KEY", secret, "key")
                    .value("MINIO_KMS_SECRET_KEY", KEY_NAME + ":$(ENCRYPTION_KEY)");
        });
        Container container = Pods.container(
                Component.STORE.token(), given.images().minio(), environment, Pods.resources("50m", "192Mi", "1Gi"));
        container.setArgs(List.of(
                "server", "--quiet", "--address", ":" + Connections.STORE_PORT, "--certs-dir", "/tls", "/minio"));
        container.setReadinessProbe(answers(names, "/minio/health/ready"));
        container.setVolumeMounts(List.of(
                BackingParts.folder("minio"),
                BackingParts.folder("unsent"),
                BackingParts.readOnly(BackingParts.TLS, "/tls")));
        return new Part(Component.STORE, container, secrets, List.of(minioCertificates(names)));
    }

    private static Optional<String> encryptionKey(Names names) {
        return Optional.ofNullable(names.instance().getSpec().storage().encryption())
                .map(Storage.Encryption::keySecret);
    }

    /** Under the names that MinIO looks for; without the first two it serves without TLS. */
    private static Volume minioCertificates(Names names) {
        VolumeBuilder volume = new VolumeBuilder()
                .withName(BackingParts.TLS)
                .withNewSecret()
                .withSecretName(names.certificate(Component.STORE))
                .withDefaultMode(0440)
                .addNewItem(Certificates.AUTHORITY, null, "CAs/" + Certificates.AUTHORITY)
                .endSecret();
        if (isEncrypted(names)) {
            volume.editSecret()
                    .addNewItem(Certificates.CERTIFICATE, null, "public.crt")
                    .addNewItem(Certificates.KEY, null, "private.key")
                    .endSecret();
        }
        return volume.build();
    }

    private static Probe answers(Names names, String path) {
        Probe healthy = Pods.answers(path, Connections.STORE_PORT, 2);
        return isEncrypted(names) ? Pods.overTls(healthy) : healthy;
    }

    private static boolean isEncrypted(Names names) {
        return Connections.isEncrypted(names.instance().getSpec().storage());
    }
}
