package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.Await;
import dev.memoir.tls.Authority;
import io.fabric8.knative.serving.v1.Revision;
import io.fabric8.knative.serving.v1.Service;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** A namespace of a cluster in which the chart's operator runs, with an issuer of its own; gone again when it is closed. */
final class Cluster implements AutoCloseable {
    /** A pod that was told to end as it began does not hear that and goes on for the 300 s that Knative's revisions give. */
    private static final Duration GRACE = Duration.ofSeconds(330);

    static final String NAME = "photos";

    static final Path CHART = Ran.CHECKOUT.resolve("charts/memoir-operator");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OPERATOR_NAMESPACE = "memoir-system";
    private static final String RELEASE = "memoir-operator";
    private static final int ISSUER_PORT = 8080;

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final HttpClient http = HttpClient.newHttpClient();
    private final String namespace = "family-" + Long.toString(System.nanoTime(), 36);
    private final List<LocalPortForward> forwards = new ArrayList<>();
    private final TokenKeys keys;

    private Cluster(Path folder) throws IOException {
        this.keys = TokenKeys.in(folder);
    }

    /** A cluster that somebody gives has them only if they were brought there. */
    private static void assumeImages() {
        assumeTrue(
                System.getenv("MEMOIR_TESTBED_COMMAND") != null || System.getenv("MEMOIR_IMAGES_ARE_THERE") != null,
                "the cluster of KUBECONFIG may lack Memoir's images: load them (./memoir images) and set"
                        + " MEMOIR_IMAGES_ARE_THERE=1");
    }

    /** @param folder for the issuer's keys */
    static Cluster open(Path folder) throws Exception {
        assumeImages();
        return open(folder, CHART);
    }

    /** @param chart that is installed, or upgraded to */
    static Cluster open(Path folder, Path chart) throws Exception {
        Cluster cluster = new Cluster(folder);
        upgrade(chart);
        cluster.client
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(cluster.namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        // Pods are refused until the namespace has it, which takes a moment where the API server was away just before.
        Await.until(
                "pods may be made",
                Duration.ofMinutes(2),
                () -> cluster.client
                                .serviceAccounts()
                                .inNamespace(cluster.namespace)
                                .withName("default")
                                .get()
                        != null);
        cluster.issuer();
        return cluster;
    }

    /** Returns when the operator of this chart has taken over. */
    static void upgrade(Path chart) throws Exception {
        helm(
                "upgrade",
                "--install",
                RELEASE,
                chart.toString(),
                "--namespace",
                OPERATOR_NAMESPACE,
                "--create-namespace",
                // another test may have brought the definition
                "--take-ownership",
                "--force-conflicts",
                "--wait",
                "--timeout",
                "120s");
    }

    /** Returns when the operator of the release before has taken over. */
    static void rollback() throws Exception {
        helm(
                "rollback",
                RELEASE,
                "--namespace",
                OPERATOR_NAMESPACE,
                "--force-conflicts",
                "--wait",
                "--timeout",
                "120s");
    }

    /** The testbed's, else the one on the path. */
    static void helm(String... arguments) throws Exception {
        String testbed = System.getenv("MEMOIR_TESTBED_COMMAND");
        List<String> command = new ArrayList<>(testbed == null ? List.of("helm") : List.of(testbed, "helm"));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }

    static boolean isTestbed() {
        return System.getenv("MEMOIR_TESTBED_COMMAND") != null;
    }

    static void testbed(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(System.getenv("MEMOIR_TESTBED_COMMAND")));
        command.addAll(List.of(arguments));
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }

    KubernetesClient client() {
        return client;
    }

    String namespace() {
        return namespace;
    }

    private String issuerAddress() {
        return "http://issuer." + namespace + ".svc.cluster.local:" + ISSUER_PORT;
    }

    private void issuer() throws IOException {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("issuer")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withData(Map.of(
                                "openid-configuration",
                                "{\"issuer\":\"" + issuerAddress() + "\",\"jwks_uri\":\"" + issuerAddress()
                                        + "/.well-known/jwks.json\"}",
                                "jwks.json",
                                keys.publicJwks()))
                        .build())
                .create();
        apply("issuer.yaml");
        client.pods().inNamespace(namespace).withName("issuer").waitUntilReady(60, TimeUnit.SECONDS);
    }

    /** The homelab sample with this cluster's issuer, small volumes and functions that soon sleep. */
    GenericKubernetesResource homelab() throws IOException {
        String sample = Files.readString(Ran.CHECKOUT.resolve("k8s/samples/homelab.yaml"))
                .replace("name: home", "name: " + NAME)
                .replace("managed: {}", "managed: {size: 1Gi}")
                .replace("https://id.example.org/realms/family", issuerAddress());
        GenericKubernetesResource instance =
                client.getKubernetesSerialization().unmarshal(sample, GenericKubernetesResource.class);
        instance.getMetadata().setNamespace(namespace);
        Map<String, Object> spec = instance.get("spec");
        spec.put("database", Map.of("managed", Map.of("size", "1Gi")));
        spec.put("events", Map.of("managed", Map.of("size", "1Gi")));
        Map<String, Object> soon = Map.of("idleSeconds", 6);
        // Where everything is on one small node, a second pod of the AI must find room too.
        Map<String, Object> modest =
                Map.of("requests", Map.of("cpu", "100m", "memory", "512Mi"), "limits", Map.of("memory", "3Gi"));
        spec.put(
                "functions",
                Map.of("api", soon, "postprocessor", soon, "ai", Map.of("idleSeconds", 6, "resources", modest)));
        return instance;
    }

    /** @param file beside this class, with NAMESPACE and ISSUER for what they are here */
    void apply(String file) throws IOException {
        try (InputStream content = Cluster.class.getResourceAsStream(file)) {
            String yaml = new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("NAMESPACE", namespace)
                    .replace("ISSUER", issuerAddress());
            client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                    .serverSideApply();
        }
    }

    GenericKubernetesResource instance() {
        return client.genericKubernetesResources("memoir.dev/v1alpha1", "MemoirInstance")
                .inNamespace(namespace)
                .withName(NAME)
                .get();
    }

    /** The operator may write the status in between; then it is asked again. */
    void edit(UnaryOperator<GenericKubernetesResource> change) {
        var instance = client.genericKubernetesResources("memoir.dev/v1alpha1", "MemoirInstance")
                .inNamespace(namespace)
                .withName(NAME);
        Await.until("the instance is changed", () -> {
            instance.edit(change);
            return true;
        });
    }

    /** A condition as {@code STATUS/REASON} of the present generation; of an older one it says nothing. */
    String condition(String type) {
        GenericKubernetesResource instance = instance();
        List<Map<String, Object>> conditions = instance.get("status", "conditions");
        return conditions == null
                ? "?"
                : conditions.stream()
                        .filter(condition -> condition.get("type").equals(type))
                        .filter(condition -> ((Number) condition.get("observedGeneration")).longValue()
                                == instance.getMetadata().getGeneration())
                        .map(condition -> condition.get("status") + "/" + condition.get("reason"))
                        .findFirst()
                        .orElse("?");
    }

    void awaitCondition(String type, String wanted, Duration limit) {
        Await.until(type + " is " + wanted, limit, () -> condition(type).equals(wanted));
    }

    Secret secrets() {
        return client.secrets()
                .inNamespace(namespace)
                .withName(NAME + "-secrets")
                .get();
    }

    String secret(String key) {
        return decoded(secrets(), key);
    }

    /** The instance's own, in PEM format. */
    String authority() {
        return decoded(
                client.secrets()
                        .inNamespace(namespace)
                        .withName(NAME + "-authority")
                        .get(),
                "tls.crt");
    }

    private static String decoded(Secret secret, String key) {
        return new String(Base64.getDecoder().decode(secret.getData().get(key)), StandardCharsets.UTF_8);
    }

    /** One of the instance's services. */
    private URI forwarded(String service, int port) {
        return forwardedPlain(NAME + "-" + service, port);
    }

    /** One that serves with TLS: its certificate is for localhost too. */
    int forwardedPort(String service, int port) {
        return forwarded(service, port).getPort();
    }

    /** From a pod that will stay: a forward ends with its pod. */
    URI forwardedPlain(String service, int port) {
        Map<String, String> selector = client.services()
                .inNamespace(namespace)
                .withName(service)
                .get()
                .getSpec()
                .getSelector();
        Pod serves = Await.value(
                "a pod of " + service + " serves",
                () -> client.pods().inNamespace(namespace).withLabels(selector).list().getItems().stream()
                        .filter(pod ->
                                Readiness.isPodReady(pod) && pod.getMetadata().getDeletionTimestamp() == null)
                        .findFirst());
        LocalPortForward forward = client.pods().resource(serves).portForward(port);
        forwards.add(forward);
        return URI.create("http://127.0.0.1:" + forward.getLocalPort());
    }

    MediaStore store() {
        return store(URI.create("https://localhost:" + forwardedPort("store", 7070)), Optional.of(authority()));
    }

    MediaStore store(URI address, Optional<String> authority) {
        return MediaStore.open(new StoreConfig(
                address,
                address,
                "us-east-1",
                secret("store-access-key"),
                secret("store-secret-key"),
                "originals",
                "derived",
                authority));
    }

    /** What the pods of a component that has ended wrote. */
    String lastWords(String component) {
        return client
                .pods()
                .inNamespace(namespace)
                .withLabel("app.kubernetes.io/component", component)
                .list()
                .getItems()
                .stream()
                .map(pod -> client.pods().resource(pod).getLog())
                .collect(Collectors.joining("\n"));
    }

    /** Where people come in, without an ingress controller between. */
    URI edge() {
        return forwarded("runner", 7700);
    }

    /** Asks as a member of the family who owns what lies outside of everybody's folders. */
    JsonNode ask(URI edge, String query) throws Exception {
        String token = new TokenIssuer(keys, issuerAddress(), "memoir")
                .issue(new Claims("home", Set.of("family"), Map.of("adult", "true")), Duration.ofHours(1));
        HttpRequest request = HttpRequest.newBuilder(edge.resolve("/graphql"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.createObjectNode().put("query", query).toString()))
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode body = answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.createObjectNode();
        if (!body.has("data") || body.has("errors")) {
            throw new IOException("status " + answer.statusCode() + ": " + answer.body());
        }
        return body.get("data");
    }

    /** Of the newest photo. */
    void awaitLabels() {
        URI edge = edge();
        Await.until(
                "it is labelled",
                Duration.ofSeconds(120),
                () -> ask(edge, "{ assets(first: 5) { edges { node { labels { name } } } } }")
                                .at("/assets/edges/0/node/labels")
                                .size()
                        > 0);
    }

    /** Assets of which all is known but what the AI sees. */
    long ready(URI edge) throws Exception {
        return ask(edge, "{ assets(first: 50) { edges { node { state } } } }")
                .at("/assets/edges")
                .valueStream()
                .filter(item -> item.at("/node/state").asText().equals("READY"))
                .count();
    }

    /** How many pods a function has or shall have. */
    int pods(String function) {
        return pods("serving.knative.dev/service", NAME + "-" + function);
    }

    /** The same of one of its revisions. */
    int podsOf(String revision) {
        return pods("serving.knative.dev/revision", revision);
    }

    private int pods(String label, String value) {
        return client.apps().deployments().inNamespace(namespace).withLabel(label, value).list().getItems().stream()
                .mapToInt((Deployment deployment) -> deployment.getSpec().getReplicas())
                .sum();
    }

    void awaitAsleep() {
        Await.until(
                "all functions sleep",
                Duration.ofSeconds(120),
                () -> pods("api") + pods("postprocessor") + pods("ai") == 0);
    }

    /** Pods that have been told to end go on for as long as their proxies let requests end. */
    void awaitEnded() {
        Await.until(
                "the functions' last pods are gone",
                GRACE,
                () -> client.pods()
                        .inNamespace(namespace)
                        .withLabel("serving.knative.dev/service")
                        .list()
                        .getItems()
                        .isEmpty());
    }

    /** As a node that dies takes it. */
    void kill(String pod) {
        client.pods().inNamespace(namespace).withName(pod).withGracePeriod(0).delete();
    }

    void killAll(String selector) {
        client.pods()
                .inNamespace(namespace)
                .withLabelSelector(selector)
                .withGracePeriod(0)
                .delete();
    }

    void killOperator() {
        client.pods()
                .inNamespace(OPERATOR_NAMESPACE)
                .withLabel("app.kubernetes.io/name", RELEASE)
                .withGracePeriod(0)
                .delete();
    }

    /** So many operators, all ready; one of them leads. */
    void operators(int count) {
        var deployment =
                client.apps().deployments().inNamespace(OPERATOR_NAMESPACE).withName(RELEASE);
        deployment.scale(count);
        Await.until(
                count + " operators",
                Duration.ofSeconds(60),
                () -> deployment.get().getStatus().getReadyReplicas() == count);
    }

    /** The pod of the operator that acts. */
    String leader() {
        return Objects.requireNonNullElse(
                client.leases()
                        .inNamespace(OPERATOR_NAMESPACE)
                        .withName(RELEASE)
                        .get()
                        .getSpec()
                        .getHolderIdentity(),
                "");
    }

    /** How often an operator's pod has begun anew. */
    int restarts(String pod) {
        return client.pods()
                .inNamespace(OPERATOR_NAMESPACE)
                .withName(pod)
                .get()
                .getStatus()
                .getContainerStatuses()
                .getFirst()
                .getRestartCount();
    }

    /** Which chart's operator runs, as its pod says. */
    String operatorOf() {
        return client
                .pods()
                .inNamespace(OPERATOR_NAMESPACE)
                .withLabel("app.kubernetes.io/name", RELEASE)
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .map(pod -> pod.getMetadata().getLabels().get("helm.sh/chart"))
                .collect(Collectors.joining(","));
    }

    /** What the instance's events say, as {@code TYPE PHASE/REASON}. */
    List<String> events() {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getRegarding().getKind().equals("MemoirInstance"))
                .map(event -> event.getType() + " " + event.getAction() + "/" + event.getReason())
                .sorted()
                .toList();
    }

    /** What the runner has counted, line by line as Prometheus reads it; it asks for no token. */
    List<String> metrics() throws Exception {
        URI address = URI.create("https://localhost:" + forwardedPort("runner", 7702) + "/metrics");
        try (HttpClient trusting = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Authority.of(authority()).context())
                .build()) {
            return trusting.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }

    /** What the nightly sweep would do, now; its pod waits by itself until queue and database are back. */
    void sweep() {
        begin("sweep");
    }

    void forgetSweep() {
        forget("sweep");
    }

    /** What a schedule would do, now. */
    void begin(String schedule) {
        var there = client.batch()
                .v1()
                .cronjobs()
                .inNamespace(namespace)
                .withName(NAME + "-" + schedule)
                .get();
        var job = new JobBuilder()
                .withNewMetadata()
                .withName(now(schedule))
                .withNamespace(namespace)
                .endMetadata()
                .withSpec(there.getSpec().getJobTemplate().getSpec())
                .build();
        job.getSpec().setBackoffLimit(8);
        client.resource(job).create();
    }

    /** Whether what {@link #begin} began has come to a good end. */
    boolean isDone(String schedule) {
        var status = client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(now(schedule))
                .get()
                .getStatus();
        return status != null && Objects.requireNonNullElse(status.getSucceeded(), 0) > 0;
    }

    /** Nobody owns that job. */
    void forget(String schedule) {
        client.batch()
                .v1()
                .jobs()
                .inNamespace(namespace)
                .withName(now(schedule))
                .delete();
    }

    private static String now(String schedule) {
        return schedule + "-now";
    }

    /** A function as Knative knows it. */
    Service knative(String function) {
        return client.resources(Service.class)
                .inNamespace(namespace)
                .withName(NAME + "-" + function)
                .get();
    }

    /** Events that were given up, as the status says. */
    long deadLetters() {
        Number dead = instance().get("status", "deadLetters");
        return dead == null ? 0 : dead.longValue();
    }

    int revisions() {
        return client.resources(Revision.class)
                .inNamespace(namespace)
                .list()
                .getItems()
                .size();
    }

    @Override
    public void close() throws IOException {
        for (LocalPortForward forward : forwards) {
            forward.close();
        }
        client.namespaces().withName(namespace).delete();
        // Its pods take what the next test's pods need; the rest of it may go by and by. One that was told to end as it
        // began
        // does not hear that, and would go on for its whole grace.
        Await.until("the pods of " + namespace + " are gone", Duration.ofSeconds(120), () -> {
            client.pods().inNamespace(namespace).withGracePeriod(0).delete();
            return client.pods().inNamespace(namespace).list().getItems().isEmpty();
        });
        client.close();
    }
}
