package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;

/**
 * dlib's {@code resize_image} with bilinear interpolation: corner pixels lie on corner pixels, each new pixel weighs the
 * four around it. dlib computes four columns at a time in single precision, adding up the step, and the last columns in
 * double precision; both are done here in the same order, since the truncation to 8 bits shows the last digit.
 */
final class Bilinear {
    private static final int LANES = 4;

    private final int[] left;
    private final int[] right;
    /** For the columns before {@link #tail}. */
    private final float[] fraction;

    private final double[] tailFraction;
    private final int tail;
    private final double yStep;
    private final int fromHeight;

    Bilinear(int fromWidth, int fromHeight, int toWidth, int toHeight) {
        this.fromHeight = fromHeight;
        this.yStep = step(fromHeight, toHeight);
        this.left = new int[toWidth];
        this.right = new int[toWidth];
        this.fraction = new float[toWidth];
        double step = step(fromWidth, toWidth);
        this.tail = byLanes(step, fromWidth, toWidth);
        this.tailFraction = new double[toWidth - tail];
        double x = -step + tail * step;
        for (int c = tail; c < toWidth; c++) {
            x += step;
            left[c] = (int) Math.floor(x);
            right[c] = Math.min(left[c] + 1, fromWidth - 1);
            tailFraction[c - tail] = x - left[c];
        }
    }

    private static double step(int from, int to) {
        return (from - 1) / (double) Math.max(to - 1, 1);
    }

    /** @return the first column that is left to double precision */
    private int byLanes(double step, int fromWidth, int toWidth) {
        float[] x = new float[LANES];
        for (int lane = 0; lane < LANES; lane++) {
            x[lane] = (float) (-LANES * step + lane * step);
        }
        float four = (float) (LANES * step);
        for (int c = 0; ; c += LANES) {
            for (int lane = 0; lane < LANES; lane++) {
                x[lane] += four;
            }
            if (c + LANES > toWidth || (int) x[LANES - 1] + 1 >= fromWidth) {
                return c;
            }
            for (int lane = 0; lane < LANES; lane++) {
                left[c + lane] = (int) x[lane];
                right[c + lane] = left[c + lane] + 1;
                fraction[c + lane] = x[lane] - left[c + lane];
            }
        }
    }

    /** Of 8-bit pixels, truncated to 8 bits. */
    static Pixels resize(Pixels source, int width, int height) {
        var scale = new Bilinear(source.width(), source.height(), width, height);
        byte[] target = new byte[3 * width * height];
        double y = -scale.yStep;
        for (int r = 0; r < height; r++) {
            y += scale.yStep;
            int top = (int) Math.floor(y);
            int bottom = Math.min(top + 1, scale.fromHeight - 1);
            scale.row(
                    source.values(),
                    source.offset() + top * source.stride(),
                    source.offset() + bottom * source.stride(),
                    y - top,
                    target,
                    3 * width * r);
        }
        return new Pixels(target, source.order(), width, height);
    }

    private void row(byte[] source, int top, int bottom, double down, byte[] target, int to) {
        float below = (float) down;
        float above = (float) (1 - down);
        for (int c = 0; c < tail; c++) {
            float toRight = fraction[c];
            float toLeft = 1 - toRight;
            float topLeft = above * toLeft;
            float topRight = above * toRight;
            float bottomLeft = below * toLeft;
            float bottomRight = below * toRight;
            int l = 3 * left[c];
            int r = 3 * right[c];
            for (int channel = 0; channel < 3; channel++) {
                float value = topLeft * (source[top + l + channel] & 0xFF)
                        + topRight * (source[top + r + channel] & 0xFF)
                        + bottomLeft * (source[bottom + l + channel] & 0xFF)
                        + bottomRight * (source[bottom + r + channel] & 0xFF);
                target[to + 3 * c + channel] = (byte) (int) value;
            }
        }
        for (int c = tail; c < left.length; c++) {
            double toRight = tailFraction[c - tail];
            int l = 3 * left[c];
            int r = 3 * right[c];
            for (int channel = 0; channel < 3; channel++) {
                double value = (1 - down)
                                * ((1 - toRight) * (source[top + l + channel] & 0xFF)
                                        + toRight * (source[top + r + channel] & 0xFF))
                        + down
                                * ((1 - toRight) * (source[bottom + l + channel] & 0xFF)
                                        + toRight * (source[bottom + r + channel] & 0xFF));
                target[to + 3 * c + channel] = (byte) (int) value;
            }
        }
    }

    /**
     * Of floats, within one array in which rows are {@code stride} apart: a plane of a tiled pyramid.
     *
     * @param from index of the source's first value
     * @param to index of the target's first value
     * @param height of the target
     */
    void resize(float[] values, int stride, int from, int to, int height) {
        double y = -yStep;
        for (int r = 0; r < height; r++) {
            y += yStep;
            int top = (int) Math.floor(y);
            int bottom = Math.min(top + 1, fromHeight - 1);
            row(values, from + top * stride, from + bottom * stride, y - top, to + r * stride);
        }
    }

    private void row(float[] values, int top, int bottom, double down, int to) {
        float below = (float) down;
        float above = (float) (1 - down);
        for (int c = 0; c < tail; c++) {
            float toRight = fraction[c];
            float toLeft = 1 - toRight;
            int l = left[c];
            values[to + c] = above * toLeft * values[top + l]
                    + above * toRight * values[top + l + 1]
                    + below * toLeft * values[bottom + l]
                    + below * toRight * values[bottom + l + 1];
        }
        for (int c = tail; c < left.length; c++) {
            float toRight = (float) tailFraction[c - tail];
            float upper = (1 - toRight) * values[top + left[c]] + toRight * values[top + right[c]];
            float lower = (1 - toRight) * values[bottom + left[c]] + toRight * values[bottom + right[c]];
            values[to + c] = (float) ((1 - down) * upper + down * lower);
        }
    }
}
