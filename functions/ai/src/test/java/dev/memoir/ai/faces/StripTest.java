package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripTest {
    private static final int WIDTH = 1224;
    private static final int MOST = 2_500_000;

    @Test
    void whatIsSmallEnoughGoesInOnePiece() {
        assertEquals(List.of(new Strip(0, 1500, 0, 0, 184)), Strip.cut(WIDTH, 1500, MOST));
    }

    @ParameterizedTest
    @CsvSource({"2932", "2933", "3000", "4097", "5555", "12345"})
    void eachRowOfCellsIsWantedOnceAndSeesAllThatItDependsOn(int height) {
        int cells = new Strip(0, height, 0, 0, 0).cells();
        int next = 0;
        for (Strip strip : Strip.cut(WIDTH, height, MOST)) {
            assertEquals(next, strip.firstCell() + strip.skip());
            assertEquals(8 * strip.firstCell(), strip.firstRow());
            assertTrue(strip.firstRow() + strip.rows() <= height);
            assertTrue(strip.rows() * WIDTH <= MOST);
            int end = strip.firstCell() + strip.cells();
            int last = next + strip.wanted();
            assertTrue(strip.firstCell() == 0 || strip.skip() >= 10, "above " + strip);
            assertTrue(end == cells || end - last >= 10, "below " + strip);
            next = last;
        }
        assertEquals(cells, next);
    }

    @Test
    void allStripsAreOfOneHeightSoThatMemoryIsUsedAgain() {
        assertEquals(
                1,
                Strip.cut(WIDTH, 12345, MOST).stream()
                        .map(Strip::rows)
                        .collect(Collectors.toSet())
                        .size());
    }
}
