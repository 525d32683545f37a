package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelsMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int run(Path models, String... arguments) {
        return LabelsMain.run(
                List.of(arguments),
                Map.of("MEMOIR_MODELS_DIR", models.toString(), "MEMOIR_AI_DEVICE", "cpu"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private static String sample(String file) {
        return Parts.open().file(Part.SAMPLES, file).toString();
    }

    @Test
    void jsonHasOneRowForEachFile() throws Exception {
        int status = run(
                Parts.open().path(Part.MODELS), "--json", sample("photos/chelsea.png"), sample("photos/coffee.png"));
        assertEquals(0, status, errors.toString(StandardCharsets.UTF_8));
        JsonNode rows = new ObjectMapper().readTree(out.toByteArray());
        assertEquals("chelsea.png", rows.at("/0/name").asText());
        assertEquals("tiger cat", rows.at("/0/labels/0/name").asText());
        assertTrue(rows.at("/1/labels/0/confidence").asDouble() > 0.9);
        assertTrue(rows.at("/1/nsfw").isDouble());
    }

    @Test
    void aPhotoLyingOnItsSideIsLookedAtUpright() throws Exception {
        run(
                Parts.open().path(Part.MODELS),
                "--json",
                sample("orientation/Landscape_1.jpg"),
                sample("orientation/Landscape_8.jpg"));
        JsonNode rows = new ObjectMapper().readTree(out.toByteArray());
        assertEquals(rows.at("/0/labels/0/name"), rows.at("/1/labels/0/name"));
        assertEquals(
                rows.at("/0/labels/0/confidence").asDouble(),
                rows.at("/1/labels/0/confidence").asDouble(),
                0.1);
    }

    @Test
    void whatCannotBeReadIsNamed(@TempDir Path empty) {
        assertEquals(1, run(Parts.open().path(Part.MODELS), "nowhere.jpg"));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("nowhere.jpg"));
        assertEquals(1, run(empty, sample("photos/coffee.png")));
        assertTrue(errors.toString(StandardCharsets.UTF_8).contains("models/convert.py"));
        assertEquals(2, run(empty));
    }
}
