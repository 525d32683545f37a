package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation.Channels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionSizeTest {

    @ParameterizedTest
    @CsvSource({"910, 1137, 750", "970, 2204, 1363", "626, 1200, 1150", "1200, 800, 400", "60, 40, 400", "6000, 2, 1"})
    void theHeightFollowsTheWidth(int width, int height, int expected) {
        Pixels scaled = DetectionSize.of(blank(width, height), 600, 1);
        assertEquals(600, scaled.width());
        assertEquals(expected, scaled.height());
    }

    @ParameterizedTest
    @CsvSource({"100, 1000", "10, 5000", "1, 9000"})
    void aLongStripIsMadeSmallerThanAskedSoThatMemoryIsBounded(int width, int height) {
        Pixels scaled = DetectionSize.of(blank(width, height), 600, 1);
        assertTrue(scaled.width() < 600);
        assertTrue(
                scaled.width() * scaled.height() <= 1.01 * DetectionSize.MOST_PIXELS / 4,
                scaled.width() + "x" + scaled.height());
    }

    private static Pixels blank(int width, int height) {
        return new Pixels(new byte[3 * width * height], Channels.RGB, width, height);
    }
}
