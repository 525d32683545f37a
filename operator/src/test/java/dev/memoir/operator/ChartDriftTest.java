package dev.memoir.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What tools that apply by server-side apply compare: a second apply of the same must change nothing. */
@Tag("cluster")
class ChartDriftTest {
    private final String namespace = "drift-" + Long.toString(System.nanoTime(), 36);
    private static final PatchContext APPLY = patch().build();
    private static final PatchContext DRY_RUN =
            patch().withDryRun(List.of("All")).build();

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    private final List<HasMetadata> applied = new ArrayList<>();

    private static PatchContext.Builder patch() {
        return new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager("gitops")
                .withForce(true);
    }

    @BeforeEach
    void namespace() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** The definition stays: others have instances. */
    @AfterEach
    void remove() {
        applied.stream()
                .filter(object -> !(object instanceof CustomResourceDefinition))
                .forEach(object -> client.resource(object).delete());
        client.namespaces().withName(namespace).delete();
        client.close();
    }

    /** Without a pod, since this operator would look after everybody's instances. */
    @Test
    void theChartAppliedTwiceChangesNothing() throws Exception {
        Helm.Ran ran = Helm.template("memoir-drift", namespace, true, "--set", "replicas=0");
        assertEquals(0, ran.exitCode(), ran.err());

        List<HasMetadata> objects = client.load(
                        new ByteArrayInputStream(ran.out().getBytes(StandardCharsets.UTF_8)))
                .items();

        assertFalse(objects.isEmpty());
        objects.forEach(this::secondApplyChangesNothing);
    }

    /** Paused, so that no operator of this cluster makes anything of them. */
    @ParameterizedTest
    @ValueSource(strings = {"samples", "gitops/instance"})
    void anInstanceAppliedTwiceChangesNothing(String folder) throws Exception {
        int instances = 0;
        try (Stream<Path> files = Files.list(Path.of("../k8s").resolve(folder))) {
            for (Path file : files.sorted().toList()) {
                for (HasMetadata object :
                        client.load(Files.newInputStream(file)).items()) {
                    if (object instanceof GenericKubernetesResource instance) {
                        instance.getMetadata().setNamespace(namespace);
                        instance.<Map<String, Object>>get("spec").put("paused", true);
                        secondApplyChangesNothing(instance);
                        instances++;
                    }
                }
            }
        }
        assertTrue(instances > 0);
    }

    private void secondApplyChangesNothing(HasMetadata object) {
        client.resource(object).patch(APPLY);
        applied.add(object);
        HasMetadata again = client.resource(object).patch(DRY_RUN);
        assertEquals(written(client.resource(object).get()), written(again));
    }

    /** Without who wrote what when, and without what others say of it, the deployments' controller for one. */
    private String written(HasMetadata object) {
        var tree = client.getKubernetesSerialization().convertValue(object, GenericKubernetesResource.class);
        tree.getMetadata().setManagedFields(null);
        tree.getMetadata().setResourceVersion(null);
        tree.getMetadata().getAnnotations().remove("deployment.kubernetes.io/revision");
        tree.getAdditionalProperties().remove("status");
        return client.getKubernetesSerialization().asYaml(tree);
    }
}
