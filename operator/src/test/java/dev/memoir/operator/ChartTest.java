package dev.memoir.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The chart's README has a table of its values, made of {@code values.yaml} and its comments. After a change:
 * {@code mvn test -pl operator -am -Dsurefire.failIfNoSpecifiedTests=false -Dtest=ChartTest -Dchart.write=true}.
 */
class ChartTest {
    private static final Path CHART = Path.of("../charts/memoir-operator");
    private static final String BEGIN = "| Value | Default | What it says |\n| --- | --- | --- |\n";

    @Test
    void theReadmesTableIsWhatTheValuesSay() throws IOException {
        Path file = CHART.resolve("README.md");
        String readme = Files.readString(file);
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf("\n\n", begin);
        String fresh = readme.substring(0, begin) + BEGIN + String.join("\n", rows()) + readme.substring(end);
        if (Boolean.getBoolean("chart.write")) {
            Files.writeString(file, fresh);
        }
        assertEquals(fresh, Files.readString(file));
    }

    /** One with a comment before it is a value; one without is a group of them. */
    private static List<String> rows() throws IOException {
        JsonNode values = new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
        List<String> rows = new ArrayList<>();
        String group = "";
        String comment = "";
        for (String line : Files.readAllLines(CHART.resolve("values.yaml"))) {
            String content = line.strip();
            if (content.startsWith("#")) {
                comment = (comment + " " + content.substring(1).strip()).strip();
            } else if (content.contains(":") && !comment.isEmpty()) {
                String name = content.substring(0, content.indexOf(':'));
                String path = line.startsWith(" ") ? group + "." + name : name;
                JsonNode usual = values.at("/" + path.replace('.', '/'));
                assertFalse(usual.isMissingNode(), path);
                rows.add("| `" + path + "` | `" + usual + "` | " + comment + " |");
                comment = "";
            } else if (content.endsWith(":")) {
                group = content.substring(0, content.length() - 1);
            }
        }
        return rows;
    }

    @Test
    void theSchemaKnowsEveryValueAndNoOther() throws IOException {
        JsonNode values = new YAMLMapper().readTree(CHART.resolve("values.yaml").toFile());
        JsonNode schema =
                new ObjectMapper().readTree(CHART.resolve("values.schema.json").toFile());
        TreeSet<String> known = new TreeSet<>();
        schema.path("properties").fieldNames().forEachRemaining(known::add);
        TreeSet<String> there = new TreeSet<>();
        values.fieldNames().forEachRemaining(there::add);
        known.remove("global");
        assertEquals(there, known);
    }
}
