package dev.memoir.vectors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Compares one vector with all of a file's: every one of them, so that nothing is missed. */
public final class Scan {
    /** A runtime that was made smaller may lack the module. */
    private static final boolean VECTORS =
            ModuleLayer.boot().findModule(ScanProcess.VECTOR_MODULE).isPresent();

    private Scan() {}

    /**
     * The best ones.
     *
     * @param file as {@link VectorFile} writes it
     * @param after only those that come after this one in {@link Found#BEST_FIRST}
     * @return at most {@code most}, the best first; a thing with several vectors is there once, with its best
     * @throws IllegalArgumentException when the file's vectors have another number of components
     */
    public static List<Found> best(MemorySegment file, Quantised query, int most, Optional<Found> after) {
        return best(file, query, most, after, VECTORS);
    }

    /** The same without the Vector API: slower, but for as long as C2 has not compiled what uses that. */
    public static List<Found> bestPlainly(MemorySegment file, Quantised query, int most, Optional<Found> after) {
        return best(file, query, most, after, false);
    }

    private static List<Found> best(
            MemorySegment file, Quantised query, int most, Optional<Found> after, boolean vectors) {
        int dimension = Layout.dimension(file);
        if (dimension != query.components().length) {
            throw new IllegalArgumentException(
                    "a vector of " + query.components().length + " components among such of " + dimension);
        }
        short[] wanted = widened(query.components());
        byte[] components = new byte[wanted.length];
        Best best = new Best(most, after);
        long rows = Layout.rows(file);
        int stride = Layout.stride(dimension);
        long group = -1;
        float score = Float.NEGATIVE_INFINITY;
        long at = Layout.HEADER;
        for (long row = 0; row < rows; row++, at += stride) {
            if (file.get(Layout.INT, at + Layout.FRAME_AT) == 0) {
                best.offer(file, group, score);
                group = at;
                score = Float.NEGATIVE_INFINITY;
            }
            float scale = file.get(Layout.FLOAT, at + Layout.SCALE_AT);
            if (scale > 0) {
                int dot = vectors
                        ? VectorProduct.of(file, at + Layout.ROW_HEADER, wanted)
                        : plainly(file, at + Layout.ROW_HEADER, wanted, components);
                score = Math.max(score, dot * scale * query.scale());
            }
        }
        best.offer(file, group, score);
        return best.inOrder();
    }

    private static int plainly(MemorySegment file, long at, short[] wanted, byte[] components) {
        MemorySegment.copy(file, ValueLayout.JAVA_BYTE, at, components, 0, components.length);
        int sum = 0;
        for (int i = 0; i < components.length; i++) {
            sum += components[i] * wanted[i];
        }
        return sum;
    }

    /** With zeros at its end, as rows have them. */
    private static short[] widened(byte[] components) {
        short[] wide = new short[Layout.padded(components.length)];
        for (int i = 0; i < components.length; i++) {
            wide[i] = components[i];
        }
        return wide;
    }

    /** The best so far, the worst of them on top. */
    private static final class Best {
        private final int most;
        private final Optional<Found> after;
        private final PriorityQueue<Found> kept = new PriorityQueue<>(Found.BEST_FIRST.reversed());
        private float floor = Float.NEGATIVE_INFINITY;
        private final float ceiling;

        private Best(int most, Optional<Found> after) {
            this.most = most;
            this.after = after;
            this.ceiling = after.map(Found::score).orElse(Float.POSITIVE_INFINITY);
        }

        private void offer(MemorySegment file, long row, float score) {
            if (row < 0 || score == Float.NEGATIVE_INFINITY || score < floor || score > ceiling) {
                return;
            }
            Found found = new Found(file.asSlice(row, Layout.ID).toArray(ValueLayout.JAVA_BYTE), score);
            if (after.filter(place -> Found.BEST_FIRST.compare(found, place) <= 0)
                    .isPresent()) {
                return;
            }
            kept.add(found);
            if (kept.size() > most) {
                kept.poll();
                floor = kept.isEmpty() ? Float.POSITIVE_INFINITY : kept.peek().score();
            }
        }

        private List<Found> inOrder() {
            return kept.stream().sorted(Found.BEST_FIRST).toList();
        }
    }
}
