package dev.memoir.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the chart renders for some values, as a snapshot beside them; helm comes with the testbed. After a change:
 * {@code -Dtest=RenderedChartTest -Dchart.write=true}, and read the difference.
 */
@Tag("cluster")
class RenderedChartTest {
    private static final Path EXAMPLES = Path.of("src/test/resources/dev/memoir/operator/chart");
    private static final YAMLMapper YAML = new YAMLMapper();

    static Stream<String> examples() throws IOException {
        try (Stream<Path> folders = Files.list(EXAMPLES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void valuesBecomeTheseObjectsAndNoOthers(String example) throws Exception {
        Path values = EXAMPLES.resolve(example).resolve("in-values.yaml").toAbsolutePath();
        Helm.Ran ran = Helm.template(
                "memoir-operator", "memoir", !example.equals("without-knative"), "--values", values.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        Path snapshot = EXAMPLES.resolve(example).resolve("out.yaml");
        String rendered = withoutSchemas(ran.out());
        if (Boolean.getBoolean("chart.write")) {
            Files.writeString(snapshot, rendered);
        }
        assertEquals(Files.readString(snapshot), rendered);
    }

    /** Another test holds the definition against its source. */
    private static String withoutSchemas(String rendered) throws IOException {
        StringBuilder kept = new StringBuilder();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(rendered)) {
            while (documents.hasNext()) {
                if (documents.next() instanceof ObjectNode object) {
                    if (object.path("kind").asText().equals("CustomResourceDefinition")) {
                        object.remove("spec");
                    }
                    kept.append(YAML.writeValueAsString(object));
                }
            }
        }
        return kept.toString();
    }

    @Test
    void theChartTakesTheValuesOfTheExamplesForGitOps(@TempDir Path folder) throws Exception {
        for (JsonNode values : GitOpsTest.values()) {
            Path file = folder.resolve("values.yaml");
            YAML.writeValue(file.toFile(), values);
            Helm.Ran ran = Helm.template("memoir-operator", "memoir", true, "--values", file.toString());
            assertEquals(0, ran.exitCode(), ran.err());
            assertTrue(ran.out().contains("registry.example.org/memoir/memoir-operator:"), ran.out());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"replicas=9", "images.prefix=", "no.such=value", "metrics.podMonitor=perhaps"})
    void valuesThatMeanNothingAreRefused(String value) throws Exception {
        Helm.Ran ran = Helm.template("memoir-operator", "memoir", true, "--set", value);

        assertNotEquals(0, ran.exitCode(), value);
        assertTrue(ran.err().contains("schema"), ran.err());
    }

    @Test
    void lintFindsNothing() throws Exception {
        Helm.Ran ran = Helm.helm(List.of("lint", "--strict", Helm.CHART.toString()));

        assertEquals(0, ran.exitCode(), ran.out() + ran.err());
    }
}
