package dev.memoir.ai.faces;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the levels of a picture's pyramid lie in one large picture, so that a network that knows faces of one size sees them
 * at all sizes at once: dlib's {@code compute_tiled_image_pyramid_details} with {@code pyramid_down<6>}. Each level has 5/6 of
 * the sides of the one before; they lie one below the other, and from where the right has room enough, from the bottom up.
 *
 * @param levels the picture itself first
 */
record TiledPyramid(int width, int height, List<Tile> levels) {
    /** Pixels between levels. */
    static final int PADDING = 10;
    /** Pixels around all. */
    static final int OUTER_PADDING = 11;

    private static final int LEAST_ROWS = 5;

    /** Where a level lies. */
    record Tile(int left, int top, int width, int height) {
        private int right() {
            return left + width - 1;
        }

        private int bottom() {
            return top + height - 1;
        }

        private boolean meets(Tile other) {
            return left <= other.right() && right() >= other.left && top <= other.bottom() && bottom() >= other.top;
        }

        /** Squared distance, 0 inside. */
        private double distance(double x, double y) {
            double across = Math.max(Math.max(left - x, 0), x - right());
            double down = Math.max(Math.max(top - y, 0), y - bottom());
            return across * across + down * down;
        }
    }

    /** A place in pixels of the picture. */
    record Place(double x, double y) {}

    static TiledPyramid of(int width, int height) {
        List<Tile> sizes = sizes(width, height);
        int tall = tall(sizes, width, height);
        List<Tile> placed = new ArrayList<>();
        int y = OUTER_PADDING;
        int next = 0;
        for (; next < sizes.size() && y < tall + OUTER_PADDING; next++) {
            Tile size = sizes.get(next);
            placed.add(new Tile(OUTER_PADDING, y, size.width(), size.height()));
            y += size.height() + PADDING;
        }
        y -= PADDING;
        for (; next < sizes.size(); next++) {
            Tile size = sizes.get(next);
            var tile = new Tile(OUTER_PADDING + width - size.width(), y - size.height(), size.width(), size.height());
            if (tile.meets(placed.getFirst())) {
                break;
            }
            placed.add(tile);
            y -= size.height() + PADDING;
        }
        return new TiledPyramid(width + 2 * OUTER_PADDING, tall + 2 * OUTER_PADDING, List.copyOf(placed));
    }

    private static List<Tile> sizes(int width, int height) {
        List<Tile> sizes = new ArrayList<>();
        int w = width;
        int h = height;
        do {
            sizes.add(new Tile(0, 0, w, h));
            w = (int) Math.floor(5 / 6.0 * w);
            h = (int) Math.floor(5 / 6.0 * h);
        } while (w > 0 && h >= LEAST_ROWS);
        return sizes;
    }

    /** Of the left column: as soon as the rest fits beside it, it ends. */
    private static int tall(List<Tile> sizes, int width, int height) {
        int total = sizes.stream().mapToInt(size -> size.height() + PADDING).sum() - 2 * PADDING;
        int tall = 0;
        int previous = 0;
        for (Tile size : sizes) {
            if (size.width() <= width - previous - PADDING && (tall - height) * 2 >= total - height) {
                break;
            }
            tall += size.height() + PADDING;
            previous = size.width();
        }
        return tall - PADDING;
    }

    /** The level that is nearest to a place in the tiled picture. */
    int levelAt(double x, double y) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < levels.size(); i++) {
            double distance = levels.get(i).distance(x, y);
            if (distance < least) {
                least = distance;
                nearest = i;
            }
        }
        return nearest;
    }

    /** From the tiled picture, taken for a part of this level, to the picture itself. */
    Place inPicture(int level, double x, double y) {
        double px = x - levels.get(level).left();
        double py = y - levels.get(level).top();
        for (int i = 0; i < level; i++) {
            px = px * 6 / 5 + 0.3;
            py = py * 6 / 5 + 0.3;
        }
        return new Place(px, py);
    }
}
