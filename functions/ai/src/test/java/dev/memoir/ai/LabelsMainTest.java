package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        assertEquals("animal", rows.at("/0/labels/0/name").asText());
        assertTrue(rows.at("/0/labels").findValuesAsText("name").contains("tiger cat"), rows.toString());
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

    static Stream<Arguments> oddPictures() {
        return Stream.of(
                arguments("one pixel", new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB)),
                arguments("a line", new BufferedImage(1, 5000, BufferedImage.TYPE_INT_RGB)),
                arguments("gray", new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY)),
                arguments("16 bits of gray", new BufferedImage(40, 30, BufferedImage.TYPE_USHORT_GRAY)),
                arguments("black or white", new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_BINARY)),
                arguments("transparent", new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddPictures")
    void anOddPictureIsLookedAt(String name, BufferedImage picture, @TempDir Path folder) throws Exception {
        Path file = folder.resolve(name + ".png");
        assertTrue(ImageIO.write(picture, "png", file.toFile()));
        assertLookedAt(file);
    }

    private void assertLookedAt(Path file) throws IOException {
        int status = run(Parts.open().path(Part.MODELS), "--json", file.toString());
        assertEquals(0, status, errors.toString(StandardCharsets.UTF_8));
        double nsfw =
                new ObjectMapper().readTree(out.toByteArray()).at("/0/nsfw").asDouble(-1);
        assertTrue(nsfw >= 0 && nsfw <= 1, out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void fourColoursAreLookedAt(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("cmyk.jpg"), cmyk());
        assertLookedAt(file);
    }

    /** Four channels, and Adobe's marker behind the first two bytes, which makes them cyan, magenta, yellow and black. */
    private static byte[] cmyk() throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        var bytes = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(bytes)) {
            var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
            writer.setOutput(stream);
            writer.write(new IIOImage(raster, null, null));
            writer.dispose();
        }
        byte[] adobe = HexFormat.of().parseHex("ffee000e41646f626500640000000000");
        return ByteBuffer.allocate(bytes.size() + adobe.length)
                .put(bytes.toByteArray(), 0, 2)
                .put(adobe)
                .put(bytes.toByteArray(), 2, bytes.size() - 2)
                .array();
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
