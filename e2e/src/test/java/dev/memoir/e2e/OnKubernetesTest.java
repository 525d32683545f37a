package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import dev.memoir.testkit.TestCertificate;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it on a real cluster: the chart's operator makes the homelab sample a running instance, a photo goes its way from
 * zero and back to zero, and what is broken on purpose is mended. One instance lives through all of it, so the order matters.
 */
@Tag("cluster")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OnKubernetesTest {
    private static final String ALL = "{ assets(first: 10) { edges { node { state mediaType labels { name } } } } }";
    private static final Duration READY = Duration.ofSeconds(120);

    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            Service.class,
            Deployment.class,
            StatefulSet.class,
            Job.class,
            CronJob.class,
            io.fabric8.kubernetes.api.model.Service.class,
            io.fabric8.kubernetes.api.model.Secret.class,
            io.fabric8.kubernetes.api.model.ConfigMap.class);

    @TempDir
    private static Path folder;

    private static int done;
    private static Cluster cluster;
    private static URI edge;

    @BeforeAll
    static void open() throws Exception {
        cluster = Cluster.open(folder);
    }

    /** What a step left unfinished would only fail again, more slowly. */
    private static void follows(int step) {
        assertEquals(step, done, "a step before this one failed");
    }

    private static void function(String name, Map<String, Object> settings) {
        cluster.edit(there -> {
            there.<Map<String, Object>>get("spec", "functions").put(name, settings);
            return there;
        });
    }

    @AfterAll
    static void close() throws Exception {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void anInstanceOfTheSampleBecomesReadyWithAllFunctionsAsleep() throws Exception {
        follows(0);
        long begin = System.nanoTime();
        cluster.client().resource(cluster.homelab()).create();
        cluster.awaitCondition("Ready", "True/Done", READY);
        System.out.println("apply of a homelab instance to Ready: " + (System.nanoTime() - begin) / 1_000_000 + " ms");

        cluster.awaitAsleep();
        assertEquals("True/Done", cluster.condition("Arranged"));
        assertEquals(3, cluster.revisions());
        List<String> events = cluster.events();
        assertEquals(events.stream().distinct().toList(), events, "each change of a phase's outcome is told once");
        for (String told : List.of("Normal Backed/PartStarting", "Normal Backed/Done", "Normal Arranged/Done")) {
            assertTrue(events.contains(told), told + " in " + events);
        }
        done = 1;
    }

    @Test
    @Order(2)
    void aPhotoInTheBucketBecomesSearchableFromZeroAndEverythingGoesBackToZero() throws Exception {
        follows(1);
        edge = cluster.edge();
        try (MediaStore store = cluster.store()) {
            long begin = System.nanoTime();
            store.put("originals", "holiday/rocket.jpg", Photos.sample("photos/rocket.jpg"), "image/jpeg");
            store.put("originals", "holiday/pug.heic", Photos.sample("heic/pug.heic"), "image/heic");
            Await.until("renditions are there", Duration.ofSeconds(60), () -> pictures(store) >= 4);
            System.out.println(
                    "two photos put to renditions, all at zero: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        }
        AtomicReference<JsonNode> seen = new AtomicReference<>();
        Await.until("both are labelled", Duration.ofSeconds(120), () -> {
            seen.set(cluster.ask(edge, ALL).at("/assets/edges"));
            return seen.get().size() == 2
                    && seen.get()
                            .valueStream()
                            .allMatch(item -> item.at("/node/labels").size() > 0);
        });
        assertTrue(seen.get()
                .valueStream()
                .allMatch(item -> item.at("/node/state").asText().equals("READY")));

        // Another program of the image takes part: ffmpeg.
        try (MediaStore store = cluster.store()) {
            store.put("originals", "holiday/bikes.mp4", Photos.sample("videos/bikes.mp4"), "video/mp4");
        }
        Await.until(
                "the video has its poster and its facts",
                Duration.ofSeconds(120),
                () -> cluster.ask(edge, ALL)
                        .at("/assets/edges")
                        .valueStream()
                        .anyMatch(item -> item.at("/node/mediaType").asText().equals("video/mp4")
                                && item.at("/node/state").asText().equals("READY")));
        cluster.awaitAsleep();
        List<String> metrics = cluster.metrics();
        // Nobody waits for the AI's start: it is woken while the postprocessor works.
        for (String function : List.of("api", "postprocessor")) {
            String count = "memoir_cold_start_seconds_count{function=\"" + function + "\"} ";
            assertTrue(
                    metrics.stream().anyMatch(line -> line.startsWith(count) && !line.equals(count + "0")),
                    count + metrics);
        }
        done = 2;
    }

    private static long pictures(MediaStore store) {
        return store.list("derived", "", "")
                .filter(object -> !object.key().startsWith("models/"))
                .count();
    }

    @Test
    @Order(3)
    void afterReadyNothingIsWrittenAndNoRevisionIsMade() throws Exception {
        follows(2);
        cluster.awaitAsleep();
        cluster.awaitEnded();
        Await.until("the cluster is quiet", Duration.ofSeconds(60), () -> {
            Map<String, String> before = versions();
            Thread.sleep(3000);
            return before.equals(versions());
        });
        Map<String, String> before = versions();
        int revisions = cluster.revisions();
        String instance = status();
        List<String> events = cluster.events();
        for (int i = 0; i < 10; i++) {
            String mark = Integer.toString(i);
            cluster.edit(there -> {
                there.getMetadata().setAnnotations(Map.of("example.org/looked-at", mark));
                return there;
            });
            Thread.sleep(300);
        }
        Thread.sleep(2000);

        assertEquals(before, versions());
        assertEquals(revisions, cluster.revisions());
        assertEquals(instance, status());
        assertEquals(events, cluster.events());
        done = 3;
    }

    private static String status() {
        return cluster.instance().get("status").toString();
    }

    /** Of every object that the operator made. */
    private static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        KINDS.forEach(kind -> cluster.client()
                .resources(kind)
                .inNamespace(cluster.namespace())
                .withLabel("memoir.dev/instance", Cluster.NAME)
                .list()
                .getItems()
                .forEach(object -> versions.put(
                        object.getFullResourceName() + "/"
                                + object.getMetadata().getName(),
                        object.getMetadata().getResourceVersion())));
        return versions;
    }

    @Test
    @Order(4)
    void whatSomebodyChangesOrDeletesIsMended() throws Exception {
        follows(3);
        var deployments = cluster.client().apps().deployments().inNamespace(cluster.namespace());
        deployments.withName("photos-runner").scale(2);
        Await.until(
                "one runner, as desired",
                () -> deployments.withName("photos-runner").get().getSpec().getReplicas() == 1);

        var cronJobs = cluster.client().batch().v1().cronjobs().inNamespace(cluster.namespace());
        cronJobs.withName("photos-sweep").delete();
        Await.until(
                "the sweep's schedule is there again",
                () -> cronJobs.withName("photos-sweep").get() != null);

        var services = cluster.client().resources(Service.class).inNamespace(cluster.namespace());
        String uid = services.withName("photos-api").get().getMetadata().getUid();
        services.withName("photos-api").delete();
        Await.until("the API's service is another one", () -> {
            Service there = services.withName("photos-api").get();
            return there != null && !there.getMetadata().getUid().equals(uid);
        });
        // Until the operator has looked, what it says is of the one before.
        Await.until(
                "the new service is ready",
                READY,
                () -> services.withName("photos-api").get().getStatus().getLatestReadyRevisionName() != null);
        cluster.awaitCondition("Ready", "True/Done", READY);
        Await.until(
                "the new service answers",
                Duration.ofSeconds(60),
                () -> cluster.ask(edge, ALL).at("/assets/edges").size() == 3);
        done = 4;
    }

    @Test
    @Order(5)
    void withABadImageTheLastGoodOneGoesOnServingAndTheConditionSaysSo() throws Exception {
        follows(4);
        String good = cluster.knative("api").getStatus().getLatestReadyRevisionName();
        function("api", Map.of("idleSeconds", 6, "image", "dev.local/no-such-image:1"));
        cluster.awaitCondition("Ready", "False/FunctionFails", READY);
        assertEquals(good, cluster.knative("api").getStatus().getLatestReadyRevisionName());
        assertEquals(3, cluster.ask(edge, ALL).at("/assets/edges").size());

        function("api", Map.of("idleSeconds", 6, "image", "registry.invalid/memoir-api:1"));
        cluster.awaitCondition("Ready", "False/TagUnresolved", READY);
        List<Map<String, Object>> conditions = cluster.instance().get("status", "conditions");
        assertTrue(conditions.toString().contains("dev.local,registry.invalid\"}}'"), conditions::toString);
        Await.until("the last good one sleeps", READY, () -> cluster.podsOf(good) == 0);
        assertEquals(3, cluster.ask(edge, ALL).at("/assets/edges").size(), "from zero");

        function("api", Map.of("idleSeconds", 6));
        cluster.awaitCondition("Ready", "True/Done", READY);
        assertEquals(3, cluster.ask(edge, ALL).at("/assets/edges").size());
        done = 5;
    }

    @Test
    @Order(6)
    void aWishThatThisClusterOrVersionCanNotFulfilIsToldWithTheNextStep() {
        follows(5);
        function("ai", Map.of("idleSeconds", 6, "scheduling", Map.of("nodeSelector", Map.of("pool", "gpu"))));
        cluster.awaitCondition("Ready", "False/FeatureDisabled", READY);
        List<Map<String, Object>> conditions = cluster.instance().get("status", "conditions");
        assertTrue(
                conditions.toString().contains("patch configmap config-features")
                        && conditions.toString().contains("kubernetes.podspec-nodeselector"),
                conditions.toString());
        function("ai", Map.of("idleSeconds", 6));
        cluster.awaitCondition("Ready", "True/Done", READY);
        done = 6;
    }

    @Test
    @Order(7)
    void photosThatComeWhileQueueDatabaseRunnerAndOperatorAreKilledAllArrive() throws Exception {
        follows(6);
        try (MediaStore store = cluster.store()) {
            for (int i = 0; i < 8; i++) {
                store.put("originals", "storm/" + i + ".jpg", Photos.numbered(i), "image/jpeg");
                if (i == 2) {
                    cluster.kill("photos-queue-0");
                }
                if (i == 4) {
                    cluster.kill("photos-database-0");
                    cluster.killAll("app.kubernetes.io/component=runner");
                }
                if (i == 6) {
                    cluster.killOperator();
                }
            }
        }
        long begin = System.nanoTime();
        cluster.sweep();
        edge = cluster.edge();
        Await.until("all eleven are there", Duration.ofSeconds(180), () -> cluster.ready(edge) == 11);
        System.out.println("eight photos put while everything was killed, all there after "
                + (System.nanoTime() - begin) / 1_000_000 + " ms");
        cluster.forgetSweep();
        cluster.awaitCondition("Ready", "True/Done", READY);
        assertEquals(0, ((Number) cluster.instance().get("status", "deadLetters")).intValue());
        done = 7;
    }

    @Test
    @Order(8)
    void eachPartServesWithTlsAloneAndACertificateThatIsLostIsMadeAnew() throws Exception {
        follows(7);
        try (TestCertificate another = TestCertificate.make()) {
            new PartsOverTls(cluster, another.certificate(), folder).check();
        }
        String authority = cluster.authority();
        String queue = pod("photos-queue-0");
        cluster.client()
                .secrets()
                .inNamespace(cluster.namespace())
                .withName("photos-queue-tls")
                .delete();
        Await.until(
                "the queue has another certificate",
                Duration.ofSeconds(60),
                () -> !Set.of("", queue).contains(pod("photos-queue-0")));
        cluster.awaitCondition("Ready", "True/Done", READY);
        assertEquals(authority, cluster.authority());
        try (MediaStore store = cluster.store()) {
            store.put("originals", "after/renewal.jpg", Photos.numbered(9), "image/jpeg");
        }
        Await.until(
                "a photo goes its way",
                Duration.ofSeconds(120),
                () -> cluster.ask(edge, "{ assets(first: 50) { edges { node { state } } } }")
                                .at("/assets/edges")
                                .size()
                        == 12);
        done = 8;
    }

    /** One pod of this name is told from the next by it. */
    private static String pod(String name) {
        Pod pod = cluster.client()
                .pods()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
        return pod == null ? "" : pod.getMetadata().getUid();
    }

    @Test
    @Order(9)
    void facesThatAreWishedForBecomePeopleAndAreGoneWithTheWish() throws Exception {
        follows(8);
        portraits("obama.jpg", "obama2.jpg", "biden.jpg");
        Await.until("the portraits are there", Duration.ofSeconds(120), () -> cluster.ready(edge) == 15);
        assertEquals(0, people().size(), "nobody has decided");

        wishForFaces(true);
        cluster.awaitCondition("Ready", "True/Done", READY);
        long begin = System.nanoTime();
        Await.until("photos that were there are looked at", Duration.ofSeconds(180), () -> people().size() == 2);
        System.out.println("faces of 15 photos that were there: " + (System.nanoTime() - begin) / 1_000_000 + " ms");
        portraits("obama3.jpg");
        Await.until(
                "a new photo joins its person",
                Duration.ofSeconds(120),
                () -> people().valueStream()
                        .anyMatch(person -> person.at("/node/count").asInt() == 3));

        cluster.begin("grouping");
        Await.until("all are grouped anew", Duration.ofSeconds(120), () -> cluster.isDone("grouping"));
        String said = cluster.lastWords("grouping");
        assertTrue(said.contains("\"faces\":\"on\"") && said.contains("\"people\":2"), said);
        cluster.forget("grouping");

        wishForFaces(false);
        cluster.awaitCondition("Ready", "True/Done", READY);
        assertEquals(0, people().size());
        try (MediaStore store = cluster.store()) {
            Await.until(
                    "no cut-out face is left",
                    Duration.ofSeconds(60),
                    () -> store.list("derived", Keys.FACES, "").findAny().isEmpty());
        }
        assertNull(
                cluster.client()
                        .batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(cluster.namespace())
                        .withName("photos-grouping")
                        .get(),
                "nothing groups at night any more");
        done = 9;
    }

    private static void portraits(String... names) throws Exception {
        try (MediaStore store = cluster.store()) {
            for (String name : names) {
                store.put("originals", "portraits/" + name, Photos.sample("people/" + name), "image/jpeg");
            }
        }
    }

    private static JsonNode people() throws Exception {
        return cluster.ask(edge, "{ people(atLeast: 1) { edges { node { count } } } }")
                .at("/people/edges");
    }

    private static void wishForFaces(boolean wish) {
        cluster.edit(there -> {
            there.<Map<String, Object>>get("spec").put("people", Map.of("faces", wish));
            return there;
        });
    }

    @Test
    @Order(10)
    void aDeletedInstanceLeavesItsVolumesAndPasswordsAndNothingElse() {
        follows(9);
        cluster.client().resource(cluster.instance()).delete();
        Await.until(
                "its objects are gone, and its pods have been told to end",
                Duration.ofSeconds(120),
                () -> versions().keySet().equals(Set.of("secrets/photos-secrets"))
                        && cluster
                                .client()
                                .pods()
                                .inNamespace(cluster.namespace())
                                .withLabel("memoir.dev/instance", Cluster.NAME)
                                .list()
                                .getItems()
                                .stream()
                                .allMatch(pod -> pod.getMetadata().getDeletionTimestamp() != null));
        assertNotNull(cluster.secrets());
        List<PersistentVolumeClaim> claims = cluster.client()
                .persistentVolumeClaims()
                .inNamespace(cluster.namespace())
                .list()
                .getItems();
        assertEquals(3, claims.size());
        done = 10;
    }
}
