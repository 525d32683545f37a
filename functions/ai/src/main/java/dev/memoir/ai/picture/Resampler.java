package dev.memoir.ai.picture;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Scales pictures as Pillow does (its {@code Resample.c}), to the bit: models are trained and judged on pictures that were
 * scaled by it. Each new pixel weighs the whole area that it covers, first along rows, then along columns; weights are
 * fixed-point numbers with 22 bits after the point, and the picture between the two passes has 8 bits. (Up to Pillow 12;
 * 13 sometimes scales columns first, which may move a channel by one.)
 */
public final class Resampler {
    /** 32 bits less 8 of a channel and 2 for sums beyond 1. */
    private static final int PRECISION = 22;

    private static final int HALF = 1 << (PRECISION - 1);

    private Resampler() {}

    /**
     * Which neighbours count how much.
     *
     * @param support how far they reach, in source pixels when not scaling down
     */
    public enum Filter {
        /** A triangle. */
        BILINEAR(1, x -> x < 1 ? 1 - x : 0),
        /** Keys' cubic with a = -0.5. */
        BICUBIC(2, x -> x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0);

        private final double support;
        private final DoubleUnaryOperator weight;

        Filter(double support, DoubleUnaryOperator weight) {
            this.support = support;
            this.weight = weight;
        }
    }

    /** @return the picture at exactly this size, whatever its proportions were */
    public static Pixels resize(Pixels source, int width, int height, Filter filter) {
        Pixels narrowed =
                source.width() == width ? source : alongRows(source, Kernel.of(source.width(), width, filter));
        return source.height() == height
                ? narrowed
                : alongColumns(narrowed, Kernel.of(source.height(), height, filter));
    }

    private static Pixels alongRows(Pixels source, Kernel kernel) {
        int width = kernel.first.length;
        byte[] target = new byte[3 * width * source.height()];
        for (int y = 0; y < source.height(); y++) {
            row(source.values(), source.offset() + y * source.stride(), kernel, target, 3 * width * y);
        }
        return new Pixels(target, source.order(), width, source.height());
    }

    /** Running indices and no calls: this loop is most of a resize, and it has to be fast without C2, too. */
    private static void row(byte[] source, int from, Kernel kernel, byte[] target, int to) {
        int[] firsts = kernel.first;
        int[] counts = kernel.count;
        int[] weights = kernel.weights;
        int out = to;
        for (int x = 0; x < firsts.length; x++) {
            int first = HALF;
            int second = HALF;
            int third = HALF;
            int pixel = from + 3 * firsts[x];
            int k = x * kernel.most;
            for (int end = k + counts[x]; k < end; k++, pixel += 3) {
                int weight = weights[k];
                first += weight * (source[pixel] & 0xFF);
                second += weight * (source[pixel + 1] & 0xFF);
                third += weight * (source[pixel + 2] & 0xFF);
            }
            target[out++] = channel(first);
            target[out++] = channel(second);
            target[out++] = channel(third);
        }
    }

    private static Pixels alongColumns(Pixels source, Kernel kernel) {
        int row = 3 * source.width();
        int height = kernel.first.length;
        byte[] target = new byte[row * height];
        int[] sums = new int[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < kernel.count[y]; k++) {
                add(
                        source.values(),
                        source.offset() + (kernel.first[y] + k) * source.stride(),
                        kernel.weights[y * kernel.most + k],
                        sums);
            }
            for (int x = 0; x < row; x++) {
                target[y * row + x] = channel(sums[x]);
            }
        }
        return new Pixels(target, source.order(), source.width(), height);
    }

    /** Apart, so that the compiler makes vector code of it. */
    private static void add(byte[] source, int from, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += weight * (source[from + x] & 0xFF);
        }
    }

    private static byte channel(int sum) {
        int value = sum >> PRECISION;
        return (byte) (value < 0 ? 0 : value > 255 ? 255 : value);
    }

    /**
     * The weights of one direction.
     *
     * @param first for each new pixel the first source pixel that counts
     * @param count and how many do
     * @param weights {@code most} for each new pixel
     */
    private record Kernel(int[] first, int[] count, int most, int[] weights) {

        static Kernel of(int from, int to, Filter filter) {
            double scale = (double) from / to;
            double stretch = Math.max(scale, 1);
            double support = filter.support * stretch;
            int most = (int) Math.ceil(support) * 2 + 1;
            var kernel = new Kernel(new int[to], new int[to], most, new int[to * most]);
            double[] row = new double[most];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int first = Math.max((int) (centre - support + 0.5), 0);
                int count = Math.min((int) (centre + support + 0.5), from) - first;
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    row[k] = filter.weight.applyAsDouble(Math.abs((k + first - centre + 0.5) * (1 / stretch)));
                    sum += row[k];
                }
                for (int k = 0; k < count; k++) {
                    kernel.weights[i * most + k] = fixed(sum == 0 ? row[k] : row[k] / sum);
                }
                kernel.first[i] = first;
                kernel.count[i] = count;
            }
            return kernel;
        }

        private static int fixed(double weight) {
            return (int) (weight * (1 << PRECISION) + (weight < 0 ? -0.5 : 0.5));
        }
    }
}
