package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An AI that is pinned to a GPU, on a cluster with one GPU that comes and goes. The cluster counts it as any other; that nothing
 * computes on it is all that it lacks.
 */
@Tag("cluster")
class OnGpuTest {
    private static final String GPU = "example.org/gpu";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private Path folder;

    private Cluster cluster;
    private URI edge;

    @Test
    void theOnlyGpuIsHandedOnWaitedForAndDoneWithout() throws Exception {
        try (Cluster opened = Cluster.open(folder)) {
            cluster = opened;
            gpus(1);
            cluster.client().resource(instance()).create();
            cluster.awaitCondition("Ready", "True/Done", PATIENCE);
            assertEquals(0, cluster.pods("ai"), "nothing wakes a GPU at the installation");
            edge = cluster.edge();
            theNextRevisionWaitsForTheOnlyGpuAndNoEventIsLost();
            anImageThatCanNotBeHadIsToldAndLosesNothing();
            withoutOnePhotosWaitAndAllElseIsServed();
            processorsStandIn();
            gpus(0);
        }
    }

    private void theNextRevisionWaitsForTheOnlyGpuAndNoEventIsLost() throws Exception {
        put("first.jpg", Photos.numbered(1));
        Await.until("the AI works", PATIENCE, () -> pods().stream().anyMatch(OnGpuTest::holdsGpu));
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean told = new AtomicBoolean();
        String before = revision();

        ai(Map.of("maxScale", 3));
        put("second.jpg", Photos.numbered(2));
        Await.until("the next revision is served", PATIENCE, () -> {
            most.accumulateAndGet(
                    (int) pods().stream().filter(OnGpuTest::wantsGpu).count(), Math::max);
            told.compareAndSet(false, cluster.condition("FunctionsReady").equals("Unknown/GpuInUse"));
            return cluster.condition("Ready").equals("True/Done") && !revision().equals(before);
        });
        awaitLabelled(2);

        assertEquals(1, most.get(), "pods that wanted the one GPU at a time");
        assertTrue(told.get(), "the wait was told");
        assertEquals(0, cluster.deadLetters());
        cluster.awaitAsleep();
    }

    /** With a GPU a revision begins without a pod, so only work shows that it does not start. */
    private void anImageThatCanNotBeHadIsToldAndLosesNothing() throws Exception {
        String before = revision();
        ai(Map.of("image", "dev.local/no-such-image:1"));
        Await.until(
                "the next revision is routed to", PATIENCE, () -> !revision().equals(before));
        put("third.jpg", Photos.numbered(3));
        awaitAi("Failing", "ImagePull");

        cluster.edit(there -> {
            there.<Map<String, Object>>get("spec", "functions", "ai").remove("image");
            return there;
        });
        awaitLabelled(3);
        assertEquals(0, cluster.deadLetters());
        cluster.awaitAsleep();
    }

    private void withoutOnePhotosWaitAndAllElseIsServed() throws Exception {
        gpus(0);
        put("fourth.jpg", Photos.numbered(4));
        cluster.awaitCondition("FunctionsReady", "True/WithoutGpu", PATIENCE);
        cluster.awaitCondition("Ready", "True/Done", PATIENCE);
        awaitAi("Waking", "Insufficient " + GPU);
        // The API may have to wake.
        Await.until(
                "all photos are served",
                PATIENCE,
                () -> cluster.ask(edge, "{ assets(first: 9) { edges { node { state } } } }")
                                .at("/assets/edges")
                                .size()
                        == 4);
    }

    private void processorsStandIn() throws Exception {
        ai(Map.of("gpu", gpu(1)));
        awaitLabelled(4);
        assertEquals("Cpu", cluster.instance().get("status", "aiDevice", "device"));
        assertEquals(0, cluster.deadLetters());
    }

    private static Map<String, Object> gpu(int patienceMinutes) {
        return Map.of("resource", GPU, "whenNone", "Cpu", "patienceMinutes", patienceMinutes);
    }

    private GenericKubernetesResource instance() throws Exception {
        GenericKubernetesResource instance = cluster.homelab();
        Map<String, Object> spec = instance.get("spec");
        Map<String, Object> functions = new HashMap<>(instance.<Map<String, Object>>get("spec", "functions"));
        functions.put("ai", Map.of("idleSeconds", 6, "gpu", gpu(1440)));
        spec.put("functions", functions);
        return instance;
    }

    /** Changes settings of the AI. */
    private void ai(Map<String, Object> settings) {
        cluster.edit(there -> {
            there.<Map<String, Object>>get("spec", "functions", "ai").putAll(settings);
            return there;
        });
    }

    private void awaitAi(String state, String message) {
        Await.until("the AI is " + state + ": " + message, PATIENCE, () -> {
            Map<String, Object> ai = ai();
            return state.equals(ai.get("state"))
                    && String.valueOf(ai.get("message")).contains(message);
        });
    }

    private Map<String, Object> ai() {
        List<Map<String, Object>> functions = cluster.instance().get("status", "functions");
        return functions.stream()
                .filter(function -> function.get("name").equals("ai"))
                .findFirst()
                .orElseThrow();
    }

    private String revision() {
        return cluster.knative("ai").getStatus().getLatestReadyRevisionName();
    }

    private void put(String key, byte[] photo) {
        try (MediaStore store = cluster.store()) {
            store.put("originals", key, photo, "image/jpeg");
        }
    }

    private void awaitLabelled(int count) {
        Await.until(count + " photos are labelled", Duration.ofMinutes(5), () -> {
            JsonNode edges = cluster.ask(edge, "{ assets(first: 9) { edges { node { labels { name } } } } }")
                    .at("/assets/edges");
            return edges.valueStream()
                            .filter(item -> item.at("/node/labels").size() > 0)
                            .count()
                    == count;
        });
    }

    private List<Pod> pods() {
        return cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("serving.knative.dev/service", Cluster.NAME + "-ai")
                .list()
                .getItems();
    }

    private static boolean wantsGpu(Pod pod) {
        return pod.getSpec().getContainers().stream()
                .anyMatch(container -> container.getResources().getLimits() != null
                        && container.getResources().getLimits().containsKey(GPU));
    }

    private static boolean holdsGpu(Pod pod) {
        return wantsGpu(pod) && "Running".equals(pod.getStatus().getPhase());
    }

    /** As a device plugin of the kubelet says it. */
    private void gpus(int count) {
        String has = "{\"" + GPU + "\":\"" + count + "\"}";
        cluster.client().nodes().list().getItems().forEach(node -> {
            cluster.client()
                    .nodes()
                    .withName(node.getMetadata().getName())
                    .subresource("status")
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"status\":{\"capacity\":" + has + ",\"allocatable\":" + has + "}}");
        });
        Await.until(
                "the cluster has " + count + " of " + GPU,
                PATIENCE,
                () -> cluster.client().nodes().list().getItems().stream()
                        .map(node -> node.getStatus().getAllocatable().get(GPU))
                        .allMatch(new Quantity(Integer.toString(count))::equals));
    }
}
