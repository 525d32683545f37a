package dev.memoir.operator.testbed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The testbed is a real cluster: a service rises from zero for a request that comes in by the ingress, and goes back. */
@Tag("cluster")
class ScaleToZeroTest {
    private static final String INGRESS = "10.96.0.80:80";
    private static final String NAMESPACE = "default";

    @Test
    void aServiceRisesFromZeroForARequestAndGoesBack() throws Exception {
        String testbed = System.getenv("MEMOIR_TESTBED_COMMAND");
        assumeTrue(testbed != null, "the cluster of KUBECONFIG lacks the testbed's image and ingress");
        int port = freePort();
        run(testbed, "forward", Integer.toString(port), INGRESS);
        try (KubernetesClient client = new KubernetesClientBuilder().build();
                InputStream yaml = ScaleToZeroTest.class.getResourceAsStream("hello.yaml")) {
            var service = client.resource(
                    client.getKubernetesSerialization().unmarshal(yaml, GenericKubernetesResource.class));
            service.forceConflicts().serverSideApply();
            try {
                service.waitUntilCondition(ScaleToZeroTest::isReady, 60, TimeUnit.SECONDS);
                awaitPods(client, pods -> pods == 0);

                assertEquals("hello", get(port).strip());
                assertTrue(pods(client) > 0, "it answered without a pod");

                awaitPods(client, pods -> pods == 0);
            } finally {
                service.delete();
            }
        }
    }

    private static boolean isReady(GenericKubernetesResource service) {
        List<Map<String, String>> conditions = service.get("status", "conditions");
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition -> condition.get("type").equals("Ready")
                                && condition.get("status").equals("True"));
    }

    private static void awaitPods(KubernetesClient client, Predicate<Integer> wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!wanted.test(pods(client))) {
            assertTrue(System.nanoTime() < deadline, "still " + pods(client) + " pods");
            Thread.sleep(200);
        }
    }

    /** How many its deployment wants. */
    private static int pods(KubernetesClient client) {
        return client
                .apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel("serving.knative.dev/service", "hello")
                .list()
                .getItems()
                .stream()
                .mapToInt((Deployment deployment) -> deployment.getSpec().getReplicas())
                .sum();
    }

    /** By hand, since Java's client sets the host itself. */
    private static String get(int port) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: hello.default.example.test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), String.join(" ", command));
    }
}
