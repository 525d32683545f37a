package dev.memoir.operator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.crdv2.generator.CRDGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code crds/} is what the types say. After a change of the types:
 * {@code mvn test -pl operator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=CrdTest -Dcrds.write=true}.
 */
class CrdTest {
    private static final Path COMMITTED = Path.of("../crds/memoirinstances.memoir.dev-v1.yml");

    /** A chart can't read what lies outside of it. */
    private static final Path OF_THE_CHART =
            Path.of("../charts/memoir-operator/files/memoirinstances.memoir.dev-v1.yml");

    /** What a client-side apply can carry in its annotation. */
    private static final int MOST_BYTES = 256 * 1024;

    @TempDir
    private Path folder;

    @Test
    void theCommittedDefinitionIsTheOneThatTheTypesGenerate() throws IOException {
        String generated = Files.readString(generate());
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(COMMITTED.getParent());
            Files.writeString(COMMITTED, generated);
            Files.writeString(OF_THE_CHART, generated);
        }
        assertEquals(Files.readString(OF_THE_CHART), generated);
        assertEquals(Files.readString(COMMITTED), generated);
        assertTrue(generated.length() < MOST_BYTES, generated.length() + " bytes");
    }

    @Test
    void everyFieldOfTheSpecSaysWhatItDoesInASentence() throws IOException {
        JsonNode schema = new YAMLMapper()
                .readTree(generate().toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
        List<String> silent = new ArrayList<>();
        undocumented("spec", schema, silent);
        assertEquals(List.of(), silent);
    }

    /** Records can't inherit, so the AI's settings stand twice. */
    @Test
    void theAiHasTheSettingsOfAFunctionAGpuAnAddressAndAVisionService() throws IOException {
        JsonNode functions = new YAMLMapper()
                .readTree(generate().toFile())
                .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/functions/properties");
        ObjectNode ai = functions.path("ai").path("properties").deepCopy();
        for (String own : List.of("gpu", "url", "vision")) {
            assertTrue(ai.has(own));
            ai.remove(own);
        }
        assertEquals(functions.path("api").path("properties"), ai);
        for (JsonNode rule : functions.path("api").path("x-kubernetes-validations")) {
            assertTrue(
                    functions
                            .path("ai")
                            .path("x-kubernetes-validations")
                            .valueStream()
                            .anyMatch(rule::equals),
                    rule::toString);
        }
    }

    /** Kubernetes' own types within ours are documented by Kubernetes. */
    private static void undocumented(String path, JsonNode schema, List<String> silent) {
        schema.path("properties").properties().forEach(property -> {
            String name = path + "." + property.getKey();
            String description = property.getValue().path("description").asText();
            if (description.isEmpty() || !description.endsWith(".")) {
                silent.add(name);
            }
            if (!name.endsWith(".resources")) {
                undocumented(name, property.getValue(), silent);
                if (!name.endsWith(".tolerations")) {
                    undocumented(name + "[]", property.getValue().path("items"), silent);
                }
            }
        });
    }

    private Path generate() {
        int made = new CRDGenerator()
                .inOutputDir(folder.toFile())
                .customResourceClasses(MemoirInstance.class)
                .forCRDVersions("v1")
                .generate();
        assertEquals(1, made);
        return folder.resolve("memoirinstances.memoir.dev-v1.yml");
    }
}
