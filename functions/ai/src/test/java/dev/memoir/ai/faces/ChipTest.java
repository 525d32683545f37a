package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation.Channels;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChipTest {
    private static final List<Point> UPRIGHT =
            List.of(new Point(86, 21), new Point(65, 23), new Point(12, 21), new Point(33, 23), new Point(49, 63));

    private static Pixels plain(int side, int value) {
        byte[] rgb = new byte[3 * side * side];
        java.util.Arrays.fill(rgb, (byte) value);
        return new Pixels(rgb, Channels.RGB, side, side);
    }

    private static int red(Pixels pixels, int x, int y) {
        return pixels.values()[pixels.offset() + y * pixels.stride() + 3 * x] & 0xFF;
    }

    @Test
    void aPlainPictureGivesAPlainChip() {
        Pixels chip = Chip.cut(plain(400, 93), moved(UPRIGHT, 150, 150), 150, 0.25);
        assertEquals(150, chip.width());
        assertEquals(93, red(chip, 0, 0));
        assertEquals(93, red(chip, 149, 149));
        assertEquals(93, red(chip, 75, 75));
    }

    @Test
    void whatLiesOutsideOfThePictureIsBlack() {
        Pixels chip = Chip.cut(plain(400, 93), moved(UPRIGHT, -20, 150), 150, 0.25);
        assertEquals(0, red(chip, 0, 75));
        assertEquals(93, red(chip, 120, 75));
    }

    @Test
    void aFaceFarOutsideOfThePictureIsAllBlack() {
        Pixels chip = Chip.cut(plain(400, 93), moved(UPRIGHT, 5000, 5000), 150, 0.25);
        assertEquals(0, red(chip, 75, 75));
    }

    @Test
    void theNoseIsWhereTheMeanFaceHasIt() {
        Pixels picture = plain(400, 0);
        for (int dy = -4; dy <= 4; dy++) {
            for (int dx = -4; dx <= 4; dx++) {
                picture.values()[3 * ((213 + dy) * 400 + 199 + dx)] = (byte) 255;
            }
        }
        Pixels chip = Chip.cut(picture, moved(UPRIGHT, 150, 150), 150, 0.25);
        assertEquals(255, red(chip, 74, 88));
        assertEquals(0, red(chip, 74, 60));
    }

    @Test
    void halvingKeepsWhatIsPlainAndWeighsTheMiddleMost() {
        assertEquals(200, red(Chip.halved(plain(31, 200)), 5, 5));
        Pixels dot = plain(31, 0);
        dot.values()[3 * (12 * 31 + 12)] = (byte) 255;
        Pixels half = Chip.halved(dot);
        assertEquals(14, half.width());
        assertEquals(255 * 36 / 256, red(half, 5, 5));
        assertEquals(255 * 6 / 256, red(half, 4, 5));
        assertEquals(0, red(half, 3, 5));
    }

    @Test
    void aLargeFaceIsHalvedBeforeItIsSampled() {
        Pixels chequered = plain(1600, 0);
        for (int y = 0; y < 1600; y++) {
            for (int x = y % 2; x < 1600; x += 2) {
                chequered.values()[3 * (y * 1600 + x)] = (byte) 200;
            }
        }
        List<Point> large = UPRIGHT.stream()
                .map(point -> new Point(8 * point.x() + 400, 8 * point.y() + 400))
                .toList();
        Pixels chip = Chip.cut(chequered, large, 150, 0.25);
        assertTrue(Math.abs(red(chip, 75, 75) - 100) <= 4, "single pixels are not picked: " + red(chip, 75, 75));
    }

    private static List<Point> moved(List<Point> points, int x, int y) {
        return points.stream()
                .map(point -> new Point(point.x() + x, point.y() + y))
                .toList();
    }
}
