package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance whose managed store is MinIO, which encrypts with a key of its owner's. */
@Tag("cluster")
class OnMinioTest {
    private static final Duration READY = Duration.ofSeconds(120);

    @TempDir
    private Path folder;

    @Test
    void aPhotoLiesEncryptedInAManagedMinioAndGoesItsWay() throws Exception {
        try (Cluster cluster = Cluster.open(folder)) {
            cluster.client()
                    .resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName("disk-key")
                            .withNamespace(cluster.namespace())
                            .addToLabels("memoir.dev/part-of", "memoir")
                            .endMetadata()
                            .withStringData(Map.of("key", Base64.getEncoder().encodeToString(new byte[32])))
                            .build())
                    .create();
            cluster.client().resource(wished(cluster)).create();
            cluster.awaitCondition("Ready", "True/Done", READY);

            String setup = cluster.lastWords("setup");
            assertTrue(setup.contains("\"encrypted\":true"), setup);
            try (MediaStore store = cluster.store()) {
                store.put("originals", "rocket.jpg", Photos.sample("photos/rocket.jpg"), "image/jpeg");
            }
            cluster.awaitLabels();
            Await.until(
                    "each node keeps the images",
                    READY,
                    () ->
                            cluster
                                    .client()
                                    .apps()
                                    .daemonSets()
                                    .inNamespace(cluster.namespace())
                                    .list()
                                    .getItems()
                                    .stream()
                                    .map(DaemonSet::getStatus)
                                    .anyMatch(status -> status.getNumberReady() > 0
                                            && status.getNumberReady().equals(status.getDesiredNumberScheduled())));
        }
    }

    private static GenericKubernetesResource wished(Cluster cluster) throws Exception {
        GenericKubernetesResource instance = cluster.homelab();
        Map<String, Object> spec = instance.get("spec");
        spec.put(
                "storage",
                Map.of(
                        "managed",
                        Map.of("engine", "minio", "size", "1Gi"),
                        "encryption",
                        Map.of("keySecret", "disk-key")));
        spec.put("functions", Map.of("prePull", true));
        return instance;
    }
}
