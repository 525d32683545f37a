package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Example;
import dev.memoir.operator.desired.ScaledObject;
import dev.memoir.operator.desired.TriggerAuthentication;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.javaoperatorsdk.operator.Operator;
import io.prometheus.client.CollectorRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real API server that nobody has installed anything on yet. */
@Tag("cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaterDefinitionsTest {
    private static final String KEDA = "github.com/kedacore/keda/v2@v2.21.0";
    private static final String KNATIVE = "knative.dev/serving@v0.42.2";

    private BareApiServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        String testbed = System.getenv("MEMOIR_TESTBED_COMMAND");
        assumeTrue(testbed != null, "the API server is the testbed's");
        server = new BareApiServer(Path.of(testbed), folder);
        define(Path.of("../crds/memoirinstances.memoir.dev-v1.yml"));
        server.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("family")
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void theOperatorNoticesThemWithoutARestartAndTellsItsInstances() throws Exception {
        KubernetesClient client = server.client();
        MemoirInstance instance = example().instance();
        instance.getMetadata().setUid(null);
        client.resource(instance).create();
        Operator operator =
                new Operator(settings -> settings.withKubernetesClient(client).withCloseClientOnStop(false));
        operator.register(new MemoirReconciler(
                "dev.local",
                "0.1.0",
                new IssuerKeys(),
                new QueueLook(),
                new EventRecorder(),
                new InstanceMetrics(new CollectorRegistry())));
        operator.start();
        try {
            awaitCapable(instance, Reason.WithoutKnative);

            Path keda = BareApiServer.module(KEDA).resolve("config/crd/bases");
            define(keda.resolve("keda.sh_scaledobjects.yaml"));
            define(keda.resolve("keda.sh_triggerauthentications.yaml"));
            awaitCapable(instance, Reason.ScaledByKeda);
            theyTakeWhatAnInstanceBecomes();

            define(BareApiServer.module(KNATIVE).resolve("config/core/300-resources/service.yaml"));
            awaitCapable(instance, Reason.Done);
        } finally {
            operator.stop();
        }
    }

    /** What its definition does not know is refused, too. */
    private void theyTakeWhatAnInstanceBecomes() throws IOException {
        List<HasMetadata> told = example().desired().stream()
                .filter(object -> object instanceof ScaledObject || object instanceof TriggerAuthentication)
                .toList();
        assertEquals(3, told.size());
        for (HasMetadata object : told) {
            HasMetadata there = server.client()
                    .resource(object)
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .create();
            assertFalse(there.getMetadata().getUid().isEmpty());
        }
    }

    private static Example example() throws IOException {
        return Example.all()
                .filter(example -> example.toString().equals("keda"))
                .findFirst()
                .orElseThrow();
    }

    /** Only once the server answers for a definition's objects may one be made. */
    private void define(Path definition) throws Exception {
        CustomResourceDefinition defined;
        try (InputStream content = Files.newInputStream(definition)) {
            defined = server.client()
                    .apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(content)
                    .serverSideApply();
        }
        CustomResourceDefinitionSpec spec = defined.getSpec();
        String objects =
                "/apis/" + spec.getGroup() + "/" + spec.getVersions().getFirst().getName() + "/"
                        + spec.getNames().getPlural();
        Instant end = Instant.now().plusSeconds(30);
        while (server.client().raw(objects) == null) {
            assertTrue(Instant.now().isBefore(end), () -> objects + " is not served");
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void awaitCapable(MemoirInstance instance, Reason reason) {
        server.client()
                .resource(instance)
                .waitUntilCondition(
                        now -> now != null
                                && now.getStatus() != null
                                && now.getStatus().conditions().stream()
                                        .filter(condition -> condition.getType().equals(Phase.Capable.name()))
                                        .anyMatch(condition -> Objects.equals(condition.getReason(), reason.name())),
                        150,
                        TimeUnit.SECONDS);
    }
}
