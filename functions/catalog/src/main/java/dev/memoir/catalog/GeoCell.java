package dev.memoir.catalog;

import dev.memoir.media.GeoPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A cell of a plain grid over latitude and longitude. At level n the earth is cut into 2ⁿ columns of longitude and 2ⁿ
 * rows of latitude, so a cell of the finest level is at most 610 m wide and 305 m high. Each cell of one level is cut
 * into 16 of the next.
 */
public record GeoCell(int level, int column, int row) {
    private static final int COARSEST = 4;
    private static final int FINEST = 16;
    private static final int STEP = 2;

    /** The cell of that level in which a place lies. */
    public static GeoCell at(int level, double latitude, double longitude) {
        return new GeoCell(level, index(level, (longitude + 180) / 360), index(level, (latitude + 90) / 180));
    }

    private static int index(int level, double fraction) {
        int cells = 1 << level;
        return Math.clamp((long) Math.floor(fraction * cells), 0, cells - 1);
    }

    /** The cells of all levels in which a place lies. */
    public static List<GeoCell> around(GeoPoint place) {
        List<GeoCell> cells = new ArrayList<>();
        for (int level = COARSEST; level <= FINEST; level += STEP) {
            cells.add(at(level, place.latitude(), place.longitude()));
        }
        return cells;
    }

    /**
     * Cells without overlap that together contain a box: coarse ones inside, finer ones along its border as long as there
     * are no more than {@code most} of them.
     *
     * @return empty when even the coarsest cells are more than {@code most}: the box is much of the earth
     */
    public static List<GeoCell> covering(GeoBox box, int most) {
        Deque<GeoCell> open = new ArrayDeque<>();
        for (GeoBox part : box.parts()) {
            at(COARSEST, part.south(), part.west()).until(at(COARSEST, part.north(), part.east()), open);
        }
        if (open.size() > most) {
            return List.of();
        }
        List<GeoCell> cover = new ArrayList<>();
        while (!open.isEmpty()) {
            GeoCell cell = open.poll();
            List<GeoCell> finer = cell.level == FINEST || box.contains(cell.box())
                    ? List.of(cell)
                    : cell.children().stream()
                            .filter(child -> box.touches(child.box()))
                            .toList();
            if (finer.size() == 1 && finer.getFirst().equals(cell)
                    || cover.size() + open.size() + finer.size() > most) {
                cover.add(cell);
            } else {
                open.addAll(finer);
            }
        }
        return cover;
    }

    private void until(GeoCell opposite, Deque<GeoCell> cells) {
        for (int x = column; x <= opposite.column; x++) {
            for (int y = row; y <= opposite.row; y++) {
                GeoCell cell = new GeoCell(level, x, y);
                if (!cells.contains(cell)) {
                    cells.add(cell);
                }
            }
        }
    }

    private List<GeoCell> children() {
        int side = 1 << STEP;
        List<GeoCell> children = new ArrayList<>(side * side);
        for (int x = 0; x < side; x++) {
            for (int y = 0; y < side; y++) {
                children.add(new GeoCell(level + STEP, column * side + x, row * side + y));
            }
        }
        return children;
    }

    private GeoBox box() {
        double width = 360.0 / (1 << level);
        double height = 180.0 / (1 << level);
        double west = column * width - 180;
        double south = row * height - 90;
        return new GeoBox(south, west, south + height, west + width);
    }

    /** As a term's value. */
    public String text() {
        return level + "/" + column + "/" + row;
    }
}
