package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.imaging.PixelReader;
import dev.memoir.imaging.Pixmap;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FacesMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path astronaut;
    private Path blank;

    @BeforeEach
    void writePixmaps() throws IOException {
        astronaut = folder.resolve("0.ppm");
        Pixmap.write(astronaut, pixels("photos/astronaut.png"));
        blank = folder.resolve("1.ppm");
        Pixmap.write(blank, new PixelReader.Picture(3, 2, new byte[18]));
    }

    private static PixelReader.Picture pixels(String sample) throws IOException {
        BufferedImage image =
                ImageIO.read(Parts.open().file(Part.SAMPLES, sample).toFile());
        int[] argb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] rgb = new byte[3 * argb.length];
        for (int i = 0; i < argb.length; i++) {
            rgb[3 * i] = (byte) (argb[i] >> 16);
            rgb[3 * i + 1] = (byte) (argb[i] >> 8);
            rgb[3 * i + 2] = (byte) argb[i];
        }
        return new PixelReader.Picture(image.getWidth(), image.getHeight(), rgb);
    }

    private int run(Path models, Object... arguments) {
        return FacesMain.run(
                List.of(arguments).stream().map(Object::toString).toList(),
                Map.of("MEMOIR_MODELS_DIR", models.toString(), "MEMOIR_AI_DEVICE", "cpu"),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    private static Path models() {
        return Parts.open().path(Part.MODELS_FACES);
    }

    @Test
    void jsonHasOneRowForEachPictureWithOneObjectForEachFace() throws IOException {
        assertEquals(0, run(models(), astronaut, blank), errors());
        JsonNode rows = new ObjectMapper().readTree(out.toByteArray());
        assertEquals("0.ppm", rows.at("/0/name").asText());
        assertEquals(600, rows.at("/0/width").asInt());
        assertEquals(600, rows.at("/0/height").asInt());
        assertEquals(1, rows.at("/0/faces").size());
        assertEquals("[195,79,313,197]", rows.at("/0/faces/0/box").toString());
        assertEquals(
                "[[299,122],[279,122],[228,118],[248,121],[263,158]]",
                rows.at("/0/faces/0/points").toString());
        assertEquals(1.05, rows.at("/0/faces/0/score").asDouble(), 0.01);
        assertEquals(128, rows.at("/0/faces/0/embedding").size());
        assertEquals(400, rows.at("/1/height").asInt());
        assertTrue(rows.at("/1/faces").isArray() && rows.at("/1/faces").isEmpty());
    }

    @Test
    void theWidthIsASetting() throws IOException {
        assertEquals(0, run(models(), "--width", "300", "--enlarge", "0", "--score", "0.2", astronaut), errors());
        JsonNode row = new ObjectMapper().readTree(out.toByteArray()).path(0);
        assertEquals(300, row.path("width").asInt());
        assertEquals(300, row.path("height").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--width", "--width wide 0.ppm", "--width 0 0.ppm", "--enlarge -1 0.ppm", "--score 0.5"})
    void argumentsThatMakeNoSenseAreAnsweredByTheUsage(String arguments) {
        assertEquals(2, run(models(), (Object[]) arguments.split(" ")), errors());
        assertTrue(errors().contains("usage: "), errors());
    }

    @Test
    void withoutAFileThereIsNothingToDo() {
        assertEquals(2, run(models()));
        assertTrue(errors().contains("usage: "), errors());
    }

    @Test
    void whatCannotBeReadIsNamed() throws IOException {
        Path cut = Files.write(folder.resolve("cut.ppm"), new byte[] {'P', '6', '\n'});
        assertEquals(1, run(models(), cut));
        assertTrue(errors().contains("cut.ppm"), errors());
        assertEquals(1, run(models(), folder.resolve("nowhere.ppm")));
        assertTrue(errors().contains("nowhere.ppm"), errors());
        assertEquals(1, run(folder, astronaut));
        assertTrue(errors().contains("dlib-mmod/1/dlib-mmod.onnx is missing"), errors());
        assertFalse(errors().contains("\tat "), errors());
    }
}
