package dev.memoir.operator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a real API server makes of the definition: the cluster that KUBECONFIG leads to. Nothing but the definition stays. */
@Tag("cluster")
class DefinitionTest {
    private static final Path SAMPLES = Path.of("../k8s/samples");
    private static final Path FILES = Path.of("src/test/resources/dev/memoir/operator/api");

    private static KubernetesClient client;

    @BeforeAll
    static void define() {
        client = new KubernetesClientBuilder().build();
        CustomResourceDefinition definition = client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .load(Path.of("../crds/memoirinstances.memoir.dev-v1.yml").toFile())
                .item();
        client.resource(definition).forceConflicts().serverSideApply();
        client.resource(definition)
                .waitUntilCondition(
                        there -> there.getStatus() != null
                                && there.getStatus().getConditions().stream()
                                        .anyMatch(
                                                condition -> condition.getType().equals("Established")
                                                        && condition.getStatus().equals("True")),
                        30,
                        TimeUnit.SECONDS);
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static Stream<Path> accepted() throws IOException {
        return Stream.concat(Files.list(FILES.resolve("everything")), Files.list(SAMPLES))
                .sorted();
    }

    static Stream<Path> refused() throws IOException {
        return Files.list(FILES.resolve("refused")).sorted();
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void whatIsRightIsAccepted(Path file) throws IOException {
        MemoirInstance there = typed(apply(file));

        assertEquals(there.getSpec(), typed(there).getSpec());
        assertEquals(60, there.getSpec().functions().postprocessor().idleSeconds());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsWrongIsRefusedWithAWordOnWhy(Path file) throws IOException {
        String expected = Files.readAllLines(file).getFirst().replaceFirst("# refused: ", "");

        var refusal = assertThrows(KubernetesClientException.class, () -> apply(file));

        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }

    @Test
    void whatIsLeftOutHasADefault() throws IOException {
        MemoirInstanceSpec spec = typed(apply(SAMPLES.resolve("homelab.yaml"))).getSpec();

        assertEquals(Storage.Engine.versitygw, spec.storage().managed().engine());
        assertEquals("100Gi", spec.storage().managed().size().toString());
        assertEquals("10Gi", spec.database().managed().size().toString());
        assertEquals(0, spec.functions().ai().minScale());
        assertEquals("192Mi", spec.edge().resources().getLimits().get("memory").toString());
        assertEquals("30 3 * * *", spec.maintenance().sweep());
        assertEquals("0 4 * * *", spec.maintenance().grouping());
        assertNull(spec.people().faces(), "a decision has no default");
        assertEquals(MemoirInstanceSpec.DeletionPolicy.Keep, spec.deletionPolicy());
    }

    @Test
    void theManagedStoreStaysWhatItIs() throws IOException {
        GenericKubernetesResource instance = client.getKubernetesSerialization()
                .unmarshal(Files.readString(SAMPLES.resolve("homelab.yaml")), GenericKubernetesResource.class);
        instance.getMetadata().setNamespace("default");
        instance.getMetadata().setName("stays");
        instance.<Map<String, Object>>get("spec").put("paused", true);
        client.resource(instance).create();
        try {
            instance.<Map<String, Object>>get("spec").put("storage", Map.of("managed", Map.of("engine", "minio")));

            var refusal = assertThrows(
                    KubernetesClientException.class,
                    () -> client.resource(instance).patch());

            assertTrue(refusal.getMessage().contains("the engine can't be changed"), refusal.getMessage());
        } finally {
            client.resource(instance).delete();
        }
    }

    /** Asks for it without doing it; what the server doesn't know is a fault. */
    private static GenericKubernetesResource apply(Path file) throws IOException {
        GenericKubernetesResource instance =
                client.getKubernetesSerialization().unmarshal(Files.readString(file), GenericKubernetesResource.class);
        instance.getMetadata().setNamespace("default");
        return client.resource(instance)
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("memoir-test")
                                .withForce(true)
                                .withDryRun(List.of("All"))
                                .withFieldValidation(FieldValidateable.Validation.STRICT.parameterValue())
                                .build(),
                        instance);
    }

    private static MemoirInstance typed(Object instance) {
        var serialization = client.getKubernetesSerialization();
        return serialization.unmarshal(serialization.asJson(instance), MemoirInstance.class);
    }
}
