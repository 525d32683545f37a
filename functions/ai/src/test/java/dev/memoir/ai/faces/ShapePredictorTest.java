package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation.Channels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a predictor of one tree, written down as dlib would. */
class ShapePredictorTest {
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    private void integer(long value) {
        byte[] bytes = new byte[8];
        int length = 0;
        for (long rest = Math.abs(value); rest > 0; rest >>= 8) {
            bytes[length++] = (byte) rest;
        }
        file.write(length | (value < 0 ? 0x80 : 0));
        file.write(bytes, 0, length);
    }

    private void number(double value) {
        integer(Math.round(value * 256));
        integer(-8);
    }

    private void matrix(double... values) {
        integer(-values.length);
        integer(-1);
        Arrays.stream(values).forEach(this::number);
    }

    /**
     * Two points; the tree compares the pixels at them, moves the first one right by a quarter of the box if the first is
     * brighter by more than 10, else the second one down by a half.
     */
    private ByteBuffer predictor() {
        integer(1);
        matrix(0.25, 0.5, 0.75, 0.5);
        integer(1);
        integer(1);
        integer(1);
        integer(0);
        integer(1);
        number(10);
        integer(2);
        matrix(0.25, 0, 0, 0);
        matrix(0, 0, 0, 0.5);
        integer(1);
        integer(2);
        integer(0);
        integer(1);
        integer(1);
        integer(2);
        number(0);
        number(0);
        number(0);
        number(0);
        return ByteBuffer.wrap(file.toByteArray());
    }

    private static Pixels gray(int left, int right) {
        byte[] rgb = new byte[3 * 40 * 40];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 40 < 20 ? left : right);
        }
        return new Pixels(rgb, Channels.RGB, 40, 40);
    }

    @Test
    void theTreeMovesThePointsByWhatItSees() throws IOException {
        var predictor = ShapePredictor.read(new DlibReader(predictor()));
        var box = new Box(0, 0, 40, 40);
        assertEquals(List.of(new Point(20, 20), new Point(30, 20)), predictor.points(gray(200, 100), box));
        assertEquals(List.of(new Point(10, 20), new Point(30, 40)), predictor.points(gray(100, 100), box));
        assertEquals(List.of(new Point(10, 20), new Point(30, 40)), predictor.points(gray(110, 100), box));
    }

    @Test
    void outsideOfThePictureItIsBlack() throws IOException {
        var predictor = ShapePredictor.read(new DlibReader(predictor()));
        List<Point> points = predictor.points(gray(200, 200), new Box(20, 0, 60, 40));
        assertEquals(List.of(new Point(40, 20), new Point(50, 20)), points);
    }

    @Test
    void integersHaveSignAndLength() {
        integer(0);
        integer(-300);
        integer(70_000);
        number(-1.5);
        var reader = new DlibReader(ByteBuffer.wrap(file.toByteArray()));
        assertEquals(0, reader.integer());
        assertEquals(-300, reader.integer());
        assertEquals(70_000, reader.count());
        assertEquals(-1.5f, reader.number());
        assertTrue(reader.atEnd());
    }

    @Test
    void aFileThatIsCutShortIsNamed(@TempDir Path folder) throws IOException {
        byte[] whole = predictor().array();
        Path cut = Files.write(folder.resolve("cut.dat"), Arrays.copyOf(whole, whole.length - 3));
        var refused = assertThrows(IllegalStateException.class, () -> ShapePredictor.load(cut));
        assertTrue(refused.getMessage().contains("cut.dat"), refused.getMessage());
    }
}
