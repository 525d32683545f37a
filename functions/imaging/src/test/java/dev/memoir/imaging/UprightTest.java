package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures as pixels, and on their way from one program to another. */
class UprightTest {
    private static final int LONGEST = 4096;

    @TempDir
    static Path scratch;

    @TempDir
    private Path folder;

    private static Darkroom darkroom;

    @BeforeAll
    static void open() {
        darkroom = Darkroom.open(RealTools.tools(scratch), RealTools.CLOCK);
    }

    private static Upright upright(Path file) {
        return darkroom.upright(file, file.getFileName().toString(), LONGEST);
    }

    /** Two of them carry the profile of sRGB, the third none. */
    @ParameterizedTest
    @ValueSource(strings = {"people/obama.jpg", "people/obama2.jpg", "people/biden.jpg", "photos/astronaut.png"})
    void thePixelsAreThoseOfTheFileToTheBit(String sample) throws IOException {
        PixelReader.Picture picture =
                upright(RealTools.sample(sample)).picture().orElseThrow();
        BufferedImage image = ImageIO.read(RealTools.sample(sample).toFile());
        assertEquals(image.getWidth(), picture.width());
        assertEquals(image.getHeight(), picture.height());
        int different = 0;
        int[] pixel = new int[4];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++) {
                image.getRaster().getPixel(x, y, pixel);
                for (int channel = 0; channel < 3; channel++) {
                    int value = picture.rgb()[3 * (y * picture.width() + x) + channel] & 0xFF;
                    different += value == pixel[channel] ? 0 : 1;
                }
            }
        }
        assertEquals(0, different);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 8})
    void aPhotoIsTurnedUpright(int orientation) {
        PixelReader.Picture turned = upright(RealTools.sample("orientation/Landscape_" + orientation + ".jpg"))
                .picture()
                .orElseThrow();
        assertTrue(turned.width() > turned.height(), turned.width() + "x" + turned.height());
    }

    @Test
    void whatIsTransparentIsWhite() throws IOException {
        var image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x00102030);
        image.setRGB(1, 0, 0xFF102030);
        image.setRGB(2, 0, 0x80000000);
        Path file = folder.resolve("transparent.png");
        ImageIO.write(image, "png", file.toFile());
        byte[] rgb = upright(file).picture().orElseThrow().rgb();
        assertArrayEquals(new byte[] {-1, -1, -1, 0x10, 0x20, 0x30, 127, 127, 127}, rgb);
    }

    @Test
    void a16BitGrayPictureIsOneOfThreeColours() throws IOException {
        var image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(1, 1, 0, 0xFFFF);
        Path file = folder.resolve("gray.png");
        ImageIO.write(image, "png", file.toFile());
        byte[] rgb = upright(file).picture().orElseThrow().rgb();
        assertArrayEquals(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1}, rgb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "broken/empty.heic",
                "broken/corrupted.heic",
                "bombs/200MP.heic",
                "broken/5145e95a-02a8-11e7-8372-4787a7307ab8.jpg"
            })
    void whereThereIsNoPictureThereIsAReason(String sample) {
        Upright upright = upright(RealTools.sample(sample));
        assertTrue(
                upright.picture().isEmpty() && !upright.reason().orElse("").isBlank(),
                upright.reason().toString());
    }

    @Test
    void aPixmapIsReadAsItWasWritten() throws IOException {
        var picture = new PixelReader.Picture(2, 1, new byte[] {1, 2, 3, (byte) 200, '\n', '5'});
        Path file = folder.resolve("0.ppm");
        Pixmap.write(file, picture);
        assertArrayEquals(picture.rgb(), Pixmap.read(file).rgb());
        assertEquals(2, Pixmap.read(file).width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P6", "P5\n2 1\n255\n123456", "P6\n2 1\n65535\n123456", "P6\n2 1\n255\n12345"})
    void whatIsNoWholePixmapIsRefused(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("0.ppm"), content);
        assertThrows(IOException.class, () -> Pixmap.read(file));
    }
}
