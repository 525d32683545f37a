package dev.memoir.ai.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Samples;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    @Test
    void aGrayPictureKeepsItsGray() throws IOException {
        var gray = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        byte[] written = Decoder.bytes(gray);
        Arrays.fill(written, (byte) 100);
        Pixels read = Decoder.decode(file(gray, "png"));
        byte[] expected = new byte[3 * 64];
        Arrays.fill(expected, (byte) 100);
        assertArrayEquals(expected, read.values());
    }

    @Test
    void whatIsNoPictureIsRefused() {
        byte[] text = "not a picture".getBytes(StandardCharsets.UTF_8);
        assertThrows(UnreadablePicture.class, () -> Decoder.decode(text));
        assertThrows(UnreadablePicture.class, () -> Decoder.decode(new byte[0]));
    }

    static Stream<Path> brokenSamples() throws IOException {
        try (var files = Files.list(Parts.open().file(Part.SAMPLES, Samples.BROKEN))) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("brokenSamples")
    void aBrokenFileIsReadOrRefusedWithAReason(Path file) throws IOException {
        try {
            assertTrue(Decoder.decode(Files.readAllBytes(file)).width() > 0);
        } catch (UnreadablePicture e) {
            assertFalse(e.getMessage().isBlank());
        }
    }

    @Test
    void aPictureTooLargeToDecodeIsRefusedBeforeItIsDecoded() throws IOException {
        byte[] png = file(new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_BINARY), "png");
        // Width and height in the header of a PNG: 65,536 each.
        png[17] = 1;
        png[18] = 0;
        png[19] = 0;
        png[21] = 1;
        png[22] = 0;
        png[23] = 0;
        var refused = assertThrows(UnreadablePicture.class, () -> Decoder.decode(png));
        assertTrue(refused.getMessage().contains("pixels"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void everyOrientationIsTurnedUpright(int orientation) throws IOException {
        Pixels upright = sample(1);
        Pixels turned = sample(orientation).upright(orientation);
        assertEquals(upright.width(), turned.width());
        assertEquals(upright.height(), turned.height());
        assertTrue(difference(upright, turned) < 8, "mean difference " + difference(upright, turned));
    }

    /** The same landscape, stored in each orientation (and compressed anew, so not equal to the bit). */
    private static Pixels sample(int orientation) throws IOException {
        return Decoder.decode(Files.readAllBytes(
                Parts.open().file(Part.SAMPLES, Samples.ORIENTATION + "/Landscape_" + orientation + ".jpg")));
    }

    private static double difference(Pixels one, Pixels other) {
        Pixels a = Resampler.resize(one, 32, 32, Resampler.Filter.BILINEAR);
        Pixels b = Resampler.resize(other, 32, 32, Resampler.Filter.BILINEAR);
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            sum += Math.abs((a.values()[i] & 0xFF) - (b.values()[i] & 0xFF));
        }
        return sum / a.values().length;
    }

    private static byte[] file(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }
}
