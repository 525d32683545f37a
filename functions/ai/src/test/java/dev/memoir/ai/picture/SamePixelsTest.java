package dev.memoir.ai.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.imaging.PixelReader;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether libvips or Java decodes a rendition, models see the same picture. */
class SamePixelsTest {
    private static final PixelReader LIBVIPS =
            PixelReader.load(Parts.open().path(Part.LIBVIPS)).orElseThrow();

    @ParameterizedTest
    @ValueSource(strings = {"photos/starfish.jpg", "photos/chelsea.png", "people/obama2.jpg"})
    void everyPixelIsTheSame(String sample) throws IOException {
        Pixels original = Decoder.decode(sample(sample));
        byte[] rendition = Encoder.jpeg(original, 90);
        Pixels java = Decoder.decode(rendition);
        PixelReader.Picture vips = LIBVIPS.read(rendition).orElseThrow();
        assertEquals(java.width(), vips.width());
        assertEquals(java.height(), vips.height());
        assertEquals(Channels.BGR, java.order());
        assertArrayEquals(reversed(java.values()), vips.rgb());
    }

    @Test
    void whatLibvipsCannotTakeIsLeftToJava() throws IOException {
        byte[] whole = sample("photos/starfish.jpg");
        assertEquals(Optional.empty(), LIBVIPS.read(Arrays.copyOf(whole, whole.length / 2)), "cut short");
        assertEquals(Optional.empty(), LIBVIPS.read(new byte[] {1, 2, 3}), "no picture");
        assertEquals(Optional.empty(), LIBVIPS.read(new byte[0]), "nothing");
        assertTrue(PixelReader.load(Parts.open().path(Part.VERSITYGW)).isEmpty(), "not libvips at all");
    }

    @Test
    void aSmallFileThatClaimsToBeHugeIsLeftToJavaWhichRefusesIt() throws IOException {
        byte[] file = Encoder.jpeg(new Pixels(new byte[3 * 64], Channels.BGR, 8, 8), 90);
        // Height and width in the frame header, after the marker (FFC0), a length and a precision.
        int frame = 0;
        while ((file[frame] & 0xFF) != 0xFF || (file[frame + 1] & 0xFF) != 0xC0) {
            frame++;
        }
        Arrays.fill(file, frame + 5, frame + 9, (byte) 0x7F);
        assertEquals(Optional.empty(), LIBVIPS.read(file));
        var refused = assertThrows(UnreadablePicture.class, () -> Decoder.decode(file));
        assertTrue(refused.getMessage().contains("pixels"), refused.getMessage());
    }

    private static byte[] sample(String name) throws IOException {
        return Files.readAllBytes(Parts.open().file(Part.SAMPLES, name));
    }

    private static byte[] reversed(byte[] pixels) {
        byte[] reversed = pixels.clone();
        for (int i = 0; i < pixels.length; i += 3) {
            reversed[i] = pixels[i + 2];
            reversed[i + 2] = pixels[i];
        }
        return reversed;
    }
}
