package dev.memoir.catalog;

import dev.memoir.media.GeoPoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A cell of a plain grid over latitude and longitude. At level n the earth is cut into 2ⁿ columns of longitude and 2ⁿ
 * rows of latitude, so a cell of the finest level is at most 610 m wide and 305 m high. Each cell of one level is cut
 * into 16 of the next.
 */
public record GeoCell(int level, int column, int row) {
    private static final int COARSEST = 4;
    private static final int FINEST = 16;
    private static final int STEP = 2;

    /** Of one answer to who draws a map. */
    private static final int MOST_DRAWN = 1024;

    /** Ten metres wide at most: what is photographed there is the same. */
    private static final int FINEST_DRAWN = 22;

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
        Deque<GeoCell> open = new ArrayDeque<>(of(box, COARSEST));
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

    /**
     * The cells that a part of a map is cut into: at zoom z, on which the earth is 512·2ᶻ pixels wide, 128 to 256 pixels wide
     * each, coarser ones where those would be more than {@value #MOST_DRAWN}.
     *
     * @param zoom 0 to 22
     */
    public static List<GeoCell> drawn(GeoBox box, int zoom) {
        int level = Math.min(levelDrawn(zoom), FINEST);
        while (level > COARSEST && count(box, level) > MOST_DRAWN) {
            level -= STEP;
        }
        return List.copyOf(of(box, level));
    }

    /** How finely a zoom shows what is told apart; items have terms down to level {@value #FINEST}. */
    public static int levelDrawn(int zoom) {
        return Math.clamp((zoom + 2) / STEP * STEP, COARSEST, FINEST_DRAWN);
    }

    private static long count(GeoBox box, int level) {
        return box.parts().stream()
                .mapToLong(part -> {
                    GeoCell first = at(level, part.south(), part.west());
                    GeoCell last = at(level, part.north(), part.east());
                    return (last.column - first.column + 1L) * (last.row - first.row + 1L);
                })
                .sum();
    }

    /** Those of a level that a box touches, each once. */
    private static Set<GeoCell> of(GeoBox box, int level) {
        Set<GeoCell> cells = new LinkedHashSet<>();
        for (GeoBox part : box.parts()) {
            GeoCell first = at(level, part.south(), part.west());
            GeoCell last = at(level, part.north(), part.east());
            for (int x = first.column; x <= last.column; x++) {
                for (int y = first.row; y <= last.row; y++) {
                    cells.add(new GeoCell(level, x, y));
                }
            }
        }
        return cells;
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

    /** The cell of a coarser level that contains it. */
    GeoCell within(int coarser) {
        return new GeoCell(coarser, column >> (level - coarser), row >> (level - coarser));
    }

    GeoBox box() {
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
