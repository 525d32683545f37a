package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TiledPyramidTest {

    /** The sizes that dlib's own code gives. */
    @ParameterizedTest
    @CsvSource({"1202, 801, 1224, 2932", "600, 400, 622, 1493"})
    void theWholeIsAsLargeAsDlibs(int width, int height, int wide, int high) {
        var pyramid = TiledPyramid.of(width, height);
        assertEquals(wide, pyramid.width());
        assertEquals(high, pyramid.height());
    }

    @ParameterizedTest
    @CsvSource({"1202, 801", "1202, 1501", "1202, 2727", "300, 80", "80, 300", "6, 5"})
    void eachLevelHasFiveSixthsOfTheOneBeforeAndNoTwoMeet(int width, int height) {
        List<TiledPyramid.Tile> levels = TiledPyramid.of(width, height).levels();
        for (int i = 1; i < levels.size(); i++) {
            assertEquals(levels.get(i - 1).width() * 5 / 6, levels.get(i).width());
            assertEquals(levels.get(i - 1).height() * 5 / 6, levels.get(i).height());
            for (int j = 0; j < i; j++) {
                assertFalse(meet(levels.get(i), levels.get(j)), i + " meets " + j);
            }
        }
    }

    private static boolean meet(TiledPyramid.Tile one, TiledPyramid.Tile other) {
        return one.left() < other.left() + other.width()
                && other.left() < one.left() + one.width()
                && one.top() < other.top() + other.height()
                && other.top() < one.top() + one.height();
    }

    @Test
    void allLevelsLieWithin() {
        var pyramid = TiledPyramid.of(1202, 801);
        for (TiledPyramid.Tile level : pyramid.levels()) {
            assertTrue(level.left() >= TiledPyramid.OUTER_PADDING && level.top() >= TiledPyramid.OUTER_PADDING);
            assertTrue(level.left() + level.width() <= pyramid.width() - TiledPyramid.OUTER_PADDING);
            assertTrue(level.top() + level.height() <= pyramid.height() - TiledPyramid.OUTER_PADDING);
        }
    }

    @Test
    void aPlaceInALevelIsAPlaceInThePicture() {
        var pyramid = TiledPyramid.of(1202, 801);
        TiledPyramid.Tile third = pyramid.levels().get(2);
        assertEquals(2, pyramid.levelAt(third.left() + 5, third.top() + 5));
        TiledPyramid.Place place = pyramid.inPicture(2, third.left() + 100, third.top() + 50);
        assertEquals((100 * 1.2 + 0.3) * 1.2 + 0.3, place.x(), 1e-9);
        assertEquals((50 * 1.2 + 0.3) * 1.2 + 0.3, place.y(), 1e-9);
    }
}
