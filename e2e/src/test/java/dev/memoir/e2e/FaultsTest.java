package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What befalls the operator and the cluster itself. The figures that this prints stand in docs/failure-modes.md. */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsTest {
    private static final List<String> PHASES =
            List.of("Capable", "Trusted", "Backed", "SetUp", "FunctionsReady", "EdgeReady", "Arranged");
    private static final Duration READY = Duration.ofSeconds(240);

    @TempDir
    private static Path folder;

    private static Cluster cluster;

    @BeforeAll
    static void open() throws Exception {
        cluster = Cluster.open(folder);
    }

    @AfterAll
    static void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void anOperatorThatIsKilledInEveryPhaseBringsTheInstanceToReady() throws Exception {
        long begin = System.nanoTime();
        cluster.client().resource(cluster.homelab()).create();
        List<String> killedIn = new ArrayList<>();
        Await.until("Ready", READY, () -> {
            String phase = phaseUnderWay();
            if (!phase.isEmpty() && !killedIn.contains(phase)) {
                killedIn.add(phase);
                cluster.killOperator();
            }
            return cluster.condition("Ready").equals("True/Done");
        });
        System.out.println("operator killed in " + killedIn + ", Ready " + millis(begin) + " ms after the apply");
        assertTrue(killedIn.containsAll(Set.of("Backed", "SetUp", "FunctionsReady")), killedIn::toString);
        assertEquals(3, cluster.revisions(), "nothing was made twice");
    }

    /** The first that is not done; empty as long as nothing is known, and when all is done. */
    private static String phaseUnderWay() {
        return PHASES.stream()
                .filter(phase -> !cluster.condition(phase).startsWith("True"))
                .filter(phase -> !cluster.condition(phase).equals("?"))
                .findFirst()
                .orElse("");
    }

    @Test
    @Order(2)
    void aFrozenLeaderIsReplacedAndActsNoMore() throws Exception {
        assumeTrue(Cluster.isTestbed(), "only the testbed lets a pod be frozen from outside");
        cluster.operators(2);
        String frozen = cluster.leader();
        String schedule = scheduleUid();
        Cluster.testbed("signal", frozen, "STOP");
        long begin = System.nanoTime();
        try {
            removeSchedule();
            Await.until(
                    "another one leads",
                    Duration.ofSeconds(60),
                    () -> !cluster.leader().equals(frozen));
            Await.until(
                    "it mends",
                    Duration.ofSeconds(60),
                    () -> !List.of("", schedule).contains(scheduleUid()));
            System.out.println("frozen leader: another one has mended after " + millis(begin) + " ms");
        } finally {
            Cluster.testbed("signal", frozen, "CONT");
        }
        String leader = cluster.leader();
        Await.until(
                "who was frozen has ended, and began anew", Duration.ofSeconds(60), () -> cluster.restarts(frozen) > 0);
        assertEquals(leader, cluster.leader());
        cluster.operators(1);
    }

    @Test
    @Order(3)
    void evictedPodsNeverBlockADrainAndNoPhotoIsLost() throws Exception {
        try (MediaStore store = cluster.store()) {
            for (int i = 0; i < 4; i++) {
                store.put("originals", "drain/" + i + ".jpg", Photos.numbered(i), "image/jpeg");
            }
        }
        long begin = System.nanoTime();
        for (Pod pod : pods()) {
            evict(pod);
        }
        cluster.awaitCondition("Ready", "True/Done", READY);
        Await.until(
                "every part is back",
                READY,
                () -> pods().stream()
                        .filter(Readiness::isPodReady)
                        .map(pod -> pod.getMetadata().getLabels().get("app.kubernetes.io/component"))
                        .collect(Collectors.toSet())
                        .containsAll(Set.of("store", "queue", "database", "runner")));
        cluster.sweep();
        var edge = cluster.edge();
        Await.until("all four are there", READY, () -> cluster.ready(edge) == 4);
        System.out.println("all pods evicted while four photos came: all there after " + millis(begin) + " ms");
        cluster.forgetSweep();
        assertEquals(0, cluster.deadLetters());
    }

    /** Those that stay, and those of functions that work just now. */
    private static List<Pod> pods() {
        return cluster
                .client()
                .pods()
                .inNamespace(cluster.namespace())
                .withLabel("memoir.dev/instance", Cluster.NAME)
                .list()
                .getItems()
                .stream()
                .filter(pod -> "Running".equals(pod.getStatus().getPhase())
                        && pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
    }

    private static void evict(Pod pod) {
        var there = cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(pod.getMetadata().getName());
        boolean evicted = there.evict();
        Pod left = there.get();
        assertTrue(
                evicted || left == null || left.getMetadata().getDeletionTimestamp() != null,
                () -> "something forbids that it goes: " + pod.getMetadata().getName());
    }

    @Test
    @Order(4)
    void anApiServerThatRestartsIsFollowedAgain() throws Exception {
        assumeTrue(Cluster.isTestbed(), "only the testbed's API server may be restarted");
        String schedule = scheduleUid();
        Cluster.testbed("restart-api-server", "10");
        long begin = System.nanoTime();
        removeSchedule();
        Await.until(
                "drift is mended",
                Duration.ofSeconds(120),
                () -> !List.of("", schedule).contains(scheduleUid()));
        System.out.println("API server away for 10 s: drift mended " + millis(begin) + " ms after it was back");
        cluster.awaitCondition("Ready", "True/Done", READY);
        GenericKubernetesResource before = cluster.instance();
        cluster.edit(there -> {
            there.getMetadata().setAnnotations(Map.of("example.org/looked-at", "after"));
            return there;
        });
        Thread.sleep(2000);
        assertNotEquals("", cluster.leader());
        assertEquals(withoutLiveFigures(before), withoutLiveFigures(cluster.instance()));
    }

    /** Of the status: photos may be under way, and functions fall asleep. */
    private static Map<String, Object> withoutLiveFigures(GenericKubernetesResource instance) {
        Map<String, Object> status = new TreeMap<>(instance.<Map<String, Object>>get("status"));
        status.keySet().removeAll(Set.of("queueLag", "functions"));
        return status;
    }

    private static String scheduleUid() {
        var found = schedule().get();
        return found == null ? "" : found.getMetadata().getUid();
    }

    private static void removeSchedule() throws IOException {
        schedule().delete();
    }

    private static io.fabric8.kubernetes.client.dsl.Resource<io.fabric8.kubernetes.api.model.batch.v1.CronJob>
            schedule() {
        return cluster.client()
                .batch()
                .v1()
                .cronjobs()
                .inNamespace(cluster.namespace())
                .withName(Cluster.NAME + "-sweep");
    }

    private static long millis(long since) {
        return (System.nanoTime() - since) / 1_000_000;
    }
}
