package dev.memoir.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The examples for Argo CD and Flux name what there is, in an order that works. The tools themselves don't run here. */
class GitOpsTest {
    private static final Path CHECKOUT = Path.of("..");
    private static final Path GITOPS = CHECKOUT.resolve("k8s/gitops");
    private static final YAMLMapper YAML = new YAMLMapper();

    private static List<JsonNode> documents(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        List<JsonNode> documents = new ArrayList<>();
        for (Path file : files) {
            try (var read = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
                read.forEachRemaining(documents::add);
            }
        }
        return documents;
    }

    private static JsonNode document(Path folder, String kind, String name) throws IOException {
        return documents(folder).stream()
                .filter(document -> document.path("kind").asText().equals(kind)
                        && document.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void everythingIsAnObjectAndWhatItLeadsToIsThere() throws IOException {
        List<String> paths = new ArrayList<>();
        for (JsonNode document : documents(GITOPS)) {
            assertFalse(document.path("apiVersion").asText().isEmpty(), document.toString());
            assertFalse(document.path("kind").asText().isEmpty(), document.toString());
            assertFalse(document.at("/metadata/name").asText().isEmpty(), document.toString());
            for (String pointer : List.of("/spec/source/path", "/spec/path", "/spec/chart/spec/chart")) {
                Optional.of(document.at(pointer).asText())
                        .filter(path -> !path.isEmpty())
                        .ifPresent(paths::add);
            }
        }
        assertEquals(5, paths.size());
        paths.forEach(path -> assertTrue(Files.isDirectory(CHECKOUT.resolve(path)), path));
    }

    /** That the chart takes them, the test of what it renders shows. */
    static List<JsonNode> values() throws IOException {
        return List.of(
                document(GITOPS.resolve("argocd"), "Application", "memoir-operator")
                        .at("/spec/source/helm/valuesObject"),
                document(GITOPS.resolve("flux"), "HelmRelease", "memoir-operator")
                        .at("/spec/values"));
    }

    @Test
    void argoCdAppliesAndComparesOnTheServerAndTheOperatorFirst() throws IOException {
        JsonNode operator = document(GITOPS.resolve("argocd"), "Application", "memoir-operator");
        JsonNode instance = document(GITOPS.resolve("argocd"), "Application", "home");

        for (JsonNode application : List.of(operator, instance)) {
            assertTrue(texts(application.at("/spec/syncPolicy/syncOptions")).contains("ServerSideApply=true"));
            assertEquals("ServerSideDiff=true", annotation(application, "compare-options"));
        }
        assertTrue(texts(instance.at("/spec/syncPolicy/syncOptions")).contains("SkipDryRunOnMissingResource=true"));
        assertTrue(Integer.parseInt(annotation(operator, "sync-wave"))
                < Integer.parseInt(annotation(instance, "sync-wave")));
    }

    private static String annotation(JsonNode application, String name) {
        return application
                .at("/metadata/annotations")
                .path("argocd.argoproj.io/" + name)
                .asText();
    }

    @Test
    void fluxWaitsForTheOperatorBeforeTheInstance() throws IOException {
        JsonNode operator = document(GITOPS.resolve("flux"), "Kustomization", "memoir-operator");
        JsonNode instance = document(GITOPS.resolve("flux"), "Kustomization", "home");

        assertTrue(operator.at("/spec/wait").asBoolean());
        assertEquals("memoir-operator", instance.at("/spec/dependsOn/0/name").asText());
        assertFalse(instance.at("/spec/prune").asBoolean());
    }

    @ParameterizedTest
    @CsvSource({
        "True, Done, 3, Healthy",
        "Unknown, PartStarting, 3, Progressing",
        "False, SecretMissing, 3, Degraded",
        "False, Paused, 3, Suspended",
        "True, Done, 2, Progressing"
    })
    void argoCdTellsHowHealthyAnInstanceIs(String status, String reason, int observed, String health)
            throws IOException {
        JsonNode instance = YAML.readTree("""
                metadata: {generation: 3}
                status:
                  observedGeneration: %d
                  conditions:
                    - {type: Ready, status: "%s", reason: %s, message: why}
                    - {type: Capable, status: "True", reason: Done, message: other}
                """.formatted(observed, status, reason));

        LuaValue said = health(lua(instance));

        assertEquals(health, said.get("status").tojstring());
        if (observed == 3) {
            assertEquals("why", said.get("message").tojstring());
        }
    }

    @Test
    void argoCdWaitsForAnInstanceThatNobodyHasLookedAt() throws IOException {
        LuaValue said = health(lua(YAML.readTree("metadata: {generation: 1}")));

        assertEquals("Progressing", said.get("status").tojstring());
    }

    private static LuaValue health(LuaValue instance) throws IOException {
        String script = document(GITOPS.resolve("argocd"), "ConfigMap", "argocd-cm")
                .path("data")
                .path("resource.customizations.health.memoir.dev_MemoirInstance")
                .asText();
        Globals globals = JsePlatform.standardGlobals();
        globals.set("obj", instance);
        return globals.load(script).call();
    }

    private static LuaValue lua(JsonNode node) {
        if (node.isObject()) {
            LuaTable table = new LuaTable();
            node.properties().forEach(field -> table.set(field.getKey(), lua(field.getValue())));
            return table;
        }
        if (node.isArray()) {
            return LuaValue.listOf(node.valueStream().map(GitOpsTest::lua).toArray(LuaValue[]::new));
        }
        return node.isNumber() ? LuaValue.valueOf(node.asInt()) : LuaValue.valueOf(node.asText());
    }
}
