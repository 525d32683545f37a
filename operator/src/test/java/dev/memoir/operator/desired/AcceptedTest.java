package dev.memoir.operator.desired;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.operator.api.MemoirInstance;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server with Knative's webhooks makes of the examples, in and out; it is asked without doing it. */
@Tag("cluster")
class AcceptedTest {
    private static KubernetesClient client;

    @BeforeAll
    static void namespace() {
        client = new KubernetesClientBuilder().build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("family")
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    @AfterAll
    static void close() {
        client.namespaces().withName("family").delete();
        client.close();
    }

    @ParameterizedTest
    @MethodSource("dev.memoir.operator.desired.Example#all")
    void itIsAcceptedAndTheDefaultsAreThoseThatTheExamplesAreGiven(Example example) throws IOException {
        MemoirInstance instance = example.instance();
        instance.getMetadata().setUid(null);
        MemoirInstance there = client.resource(instance).dryRun().create();
        assertEquals(instance.getSpec(), there.getSpec());
    }

    @ParameterizedTest
    @MethodSource("dev.memoir.operator.desired.Example#all")
    void everythingThatItBecomesIsAccepted(Example example) throws IOException {
        for (HasMetadata object : example.desired()) {
            if (!needsFeatures(object) && isKnown(object)) {
                client.resource(object).dryRun().create();
            }
        }
    }

    /** The testbed has neither Prometheus Operator nor KEDA. */
    private static boolean isKnown(HasMetadata object) {
        return !(object instanceof PodMonitor
                        || object instanceof ScaledObject
                        || object instanceof TriggerAuthentication)
                || client.supports(object.getClass());
    }

    /** What Knative's administrator must allow first is refused before. */
    private static boolean needsFeatures(HasMetadata object) {
        return object instanceof io.fabric8.knative.serving.v1.Service service
                && service.getSpec().getTemplate().getSpec().getRuntimeClassName() != null;
    }
}
