package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.memoir.testkit.Await;
import io.fabric8.knative.serving.v1.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From one version of the chart to the next and back, while an instance serves. No version was published yet, so the one before is
 * a copy of this one under another version, with other resources: its operator is another pod, of the same image.
 */
@Tag("cluster")
class ChartUpgradeTest {
    /** The lease of the operator before must end first. */
    private static final Duration LOOKED_AT = Duration.ofSeconds(60);

    @Test
    void anInstanceStaysReadyAndGetsNoNewRevisionThroughAnUpgradeAndARollback(@TempDir Path folder) throws Exception {
        try (Cluster cluster = Cluster.open(folder, previous(folder.resolve("previous")))) {
            cluster.client().resource(cluster.homelab()).create();
            cluster.awaitCondition("Ready", "True/Done", Duration.ofSeconds(120));
            cluster.awaitAsleep();
            assertEquals("memoir-operator-0.0.1", cluster.operatorOf());
            Object before = readiness(cluster);
            Map<String, Object> services = services(cluster);

            Cluster.upgrade(Cluster.CHART);
            assertNotEquals("memoir-operator-0.0.1", cluster.operatorOf());
            assertEquals(before, readinessAfterALook(cluster));
            assertEquals(services, services(cluster));
            assertEquals(3, cluster.revisions());

            Cluster.rollback();
            assertEquals("memoir-operator-0.0.1", cluster.operatorOf());
            assertEquals(before, readinessAfterALook(cluster));
            assertEquals(services, services(cluster));
            assertEquals(3, cluster.revisions());
        } finally {
            Cluster.upgrade(Cluster.CHART);
        }
    }

    private static Path previous(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(Cluster.CHART)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(Cluster.CHART.relativize(file).toString()));
            }
        }
        replace(copy.resolve("Chart.yaml"), "\nversion: 0.1.0", "\nversion: 0.0.1");
        replace(copy.resolve("values.yaml"), "cpu: 50m", "cpu: 40m");
        return copy;
    }

    private static void replace(Path file, String what, String by) throws IOException {
        String content = Files.readString(file);
        String changed = content.replace(what, by);
        assertNotEquals(content, changed, file + " lacks " + what);
        Files.writeString(file, changed);
    }

    /** With the moment at which it became so: any other state in between would have changed it. */
    private static Object readiness(Cluster cluster) {
        List<Map<String, Object>> conditions = cluster.instance().get("status", "conditions");
        return conditions.stream()
                .filter(condition -> condition.get("type").equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    /** The operator that has just started has looked at the instance: it has repaired what was broken for it to see. */
    private static Object readinessAfterALook(Cluster cluster) throws Exception {
        var budgets = cluster.client().policy().v1().podDisruptionBudget().inNamespace(cluster.namespace());
        budgets.withName(Cluster.NAME + "-runner").delete();
        Await.until(
                "the operator has looked",
                LOOKED_AT,
                () -> budgets.withName(Cluster.NAME + "-runner").get() != null);
        return readiness(cluster);
    }

    private static Map<String, Object> services(Cluster cluster) {
        return cluster.client().resources(Service.class).inNamespace(cluster.namespace()).list().getItems().stream()
                .collect(Collectors.toMap(
                        service -> service.getMetadata().getName(),
                        service -> service.getMetadata().getGeneration()));
    }
}
