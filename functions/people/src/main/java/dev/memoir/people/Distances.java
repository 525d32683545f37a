package dev.memoir.people;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/**
 * Euclidean distances between embeddings. All pairs of a hundred thousand are five thousand million: they are computed tile by
 * tile, a column of many faces at a time, so that the compiler turns the inner loop into vector instructions.
 */
public final class Distances {
    /** Numbers in an embedding. */
    public static final int SIZE = 128;

    /** Faces of a tile: its rows and columns stay in the processor's first caches. */
    private static final int TILE = 256;

    /** After so many numbers a column that is too far already is given up. */
    private static final int STEP = 16;

    private Distances() {}

    /** Hears of pairs; from many threads, one call at a time. */
    interface Pairs {
        void close(int one, int other, float squared);
    }

    /** The squared distance of two embeddings that lie in one array. */
    static float squared(float[] embeddings, int one, int other) {
        return squared(embeddings, one * SIZE, embeddings, other * SIZE);
    }

    static float squared(float[] from, int at, float[] to, int there) {
        float sum = 0;
        for (int d = 0; d < SIZE; d++) {
            float difference = from[at + d] - to[there + d];
            sum += difference * difference;
        }
        return sum;
    }

    /** The mean of some faces' embeddings. */
    static float[] middle(float[] embeddings, List<Integer> faces) {
        float[] middle = new float[SIZE];
        for (int face : faces) {
            for (int d = 0; d < SIZE; d++) {
                middle[d] += embeddings[face * SIZE + d] / faces.size();
            }
        }
        return middle;
    }

    /** Tells every pair that lies nearer than the distance, each once, in no order. */
    static void closerThan(float distance, float[] embeddings, Pairs pairs) {
        int faces = embeddings.length / SIZE;
        int tiles = (faces + TILE - 1) / TILE;
        try (ForkJoinPool pool = new ForkJoinPool(Runtime.getRuntime().availableProcessors())) {
            pool.submit(() -> IntStream.range(0, tiles)
                            .parallel()
                            .forEach(column -> new Column(embeddings, column * TILE, faces).compare(distance, pairs)))
                    .join();
        }
    }

    /** A tile of faces, number by number, that is compared with all faces before them and among themselves. */
    private static final class Column {
        private final float[] embeddings;
        private final int first;
        private final int count;
        private final float[][] byNumber;
        private final float[] sums;

        Column(float[] embeddings, int first, int faces) {
            this.embeddings = embeddings;
            this.first = first;
            this.count = Math.min(TILE, faces - first);
            this.byNumber = new float[SIZE][TILE];
            this.sums = new float[TILE];
            for (int face = 0; face < count; face++) {
                for (int d = 0; d < SIZE; d++) {
                    byNumber[d][face] = embeddings[(first + face) * SIZE + d];
                }
            }
        }

        void compare(float distance, Pairs pairs) {
            float most = distance * distance;
            for (int row = 0; row < first + count; row++) {
                if (sum(row * SIZE, most)) {
                    tell(row, most, pairs);
                }
            }
        }

        /** @return whether any face of the tile may be near enough */
        private boolean sum(int row, float most) {
            Arrays.fill(sums, 0);
            for (int d = 0; d < SIZE; d += STEP) {
                for (int each = d; each < d + STEP; each += 4) {
                    add(
                            each,
                            embeddings[row + each],
                            embeddings[row + each + 1],
                            embeddings[row + each + 2],
                            embeddings[row + each + 3]);
                }
                if (d >= SIZE / 4 && least() >= most) {
                    return false;
                }
            }
            return true;
        }

        /** Nothing but arrays at one and the same index: what the compiler is sure to make vector instructions of. */
        private void add(int number, float a, float b, float c, float d) {
            float[] first = byNumber[number];
            float[] second = byNumber[number + 1];
            float[] third = byNumber[number + 2];
            float[] fourth = byNumber[number + 3];
            float[] to = sums;
            for (int face = 0; face < TILE; face++) {
                float p = first[face] - a;
                float q = second[face] - b;
                float r = third[face] - c;
                float s = fourth[face] - d;
                to[face] += p * p + q * q + r * r + s * s;
            }
        }

        private float least() {
            float least = Float.MAX_VALUE;
            for (int face = 0; face < count; face++) {
                least = Math.min(least, sums[face]);
            }
            return least;
        }

        private void tell(int row, float most, Pairs pairs) {
            synchronized (pairs) {
                for (int face = Math.max(0, row - first + 1); face < count; face++) {
                    if (sums[face] < most) {
                        pairs.close(row, first + face, sums[face]);
                    }
                }
            }
        }
    }
}
