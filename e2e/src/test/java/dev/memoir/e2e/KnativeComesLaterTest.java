package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster that gets Knative only after the operator and an instance: run by hand, since the testbed of the other tests has it
 * from the beginning ({@code k8s/testbed/testbed up --without-knative}, {@code load-image}, then this test alone).
 */
@Tag("cluster")
class KnativeComesLaterTest {
    private static final Duration READY = Duration.ofSeconds(180);

    @Test
    void functionsAreDeploymentsUntilThereIsKnativeAndSleepFromThenOn(@TempDir Path folder) throws Exception {
        assumeTrue(Cluster.isTestbed(), "the testbed can be given Knative later");
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            assumeTrue(!client.supports(Service.class), "there is Knative already: testbed up --without-knative");
        }
        Cluster cluster = Cluster.open(folder);
        try {
            cluster.client().resource(cluster.homelab()).create();
            cluster.awaitCondition("Ready", "True/Done", READY);
            assertTrue(cluster.condition("Capable").equals("True/WithoutKnative"), cluster.condition("Capable"));
            put(cluster, "holiday/rocket.jpg", "photos/rocket.jpg", "image/jpeg");
            cluster.awaitLabels();

            Cluster.testbed("up");

            cluster.awaitCondition("Capable", "True/Done", READY);
            cluster.awaitCondition("Ready", "True/Done", READY);
            assertTrue(deployments(cluster).isEmpty(), deployments(cluster).toString());
            put(cluster, "holiday/pug.heic", "heic/pug.heic", "image/heic");
            Await.until("both are ready", READY, () -> cluster.ready(cluster.edge()) == 2);
            cluster.awaitAsleep();
        } finally {
            cluster.close();
        }
    }

    private static void put(Cluster cluster, String key, String photo, String type) throws Exception {
        try (MediaStore store = cluster.store()) {
            store.put("originals", key, Photos.sample(photo), type);
        }
    }

    /** Those of before: Knative's have names of revisions. */
    private static List<String> deployments(Cluster cluster) {
        return cluster.client().apps().deployments().inNamespace(cluster.namespace()).list().getItems().stream()
                .map((Deployment deployment) -> deployment.getMetadata().getName())
                .filter(name -> List.of("photos-api", "photos-postprocessor", "photos-ai")
                        .contains(name))
                .toList();
    }
}
