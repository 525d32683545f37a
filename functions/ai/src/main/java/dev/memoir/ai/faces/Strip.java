package dev.memoir.ai.faces;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a tiled pyramid that go through the detector's network together, and which of the resulting rows of cells are
 * meant. The network halves its input three times by 5 x 5 filters without a border; then come three filters of 5 x 5 and one
 * of 9 x 9 with a border of zeros. So a row of cells depends on the 10 rows of cells above and below it, and n rows of cells
 * on 8 n + 21 rows of pixels.
 *
 * @param firstRow of pixels
 * @param rows of pixels
 * @param firstCell the row of cells that the first row of the result is
 * @param skip rows of the result that are another strip's
 * @param wanted rows of the result after those
 */
record Strip(int firstRow, int rows, int firstCell, int skip, int wanted) {
    private static final int CELL = 8;
    private static final int SEEN = 10;
    private static final int BEYOND = 21;
    /** What a single cell takes. */
    static final int LEAST_PIXELS = CELL + BEYOND;

    /** Rows of cells. */
    int cells() {
        return cells(rows);
    }

    private static int cells(int pixels) {
        int half = (pixels - 5) / 2 + 1;
        int quarter = (half - 5) / 2 + 1;
        return (quarter - 5) / 2 + 1;
    }

    /** All the same height, so that the network's memory is used again; none larger than this many pixels if that can be. */
    static List<Strip> cut(int width, int height, int mostPixels) {
        int cells = cells(height);
        int most = Math.max((mostPixels / width - BEYOND) / CELL, 4 * SEEN);
        if (cells <= most) {
            return List.of(new Strip(0, height, 0, 0, cells));
        }
        int count = (cells - 2 * SEEN + most - 2 * SEEN - 1) / (most - 2 * SEEN);
        int wanted = (cells - 2 * SEEN + count - 1) / count;
        int high = wanted + 2 * SEEN;
        List<Strip> strips = new ArrayList<>();
        int done = 0;
        while (done < cells) {
            int first = Math.clamp(done - SEEN, 0, cells - high);
            int end = first + high == cells ? cells : first + high - SEEN;
            strips.add(new Strip(CELL * first, CELL * high + BEYOND, first, done - first, end - done));
            done = end;
        }
        return List.copyOf(strips);
    }
}
