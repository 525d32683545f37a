package dev.memoir.imaging;

import java.util.Arrays;

/**
 * Encodes a picture as a ThumbHash: about 25 bytes from which a client draws a blurred placeholder. The format is the one
 * of github.com/evanw/thumbhash: a DCT of luminance, two chroma differences and (if needed) opacity, each coefficient in
 * four bits.
 */
final class ThumbHash {
    /** The most pixels a side may have. */
    static final int LONG_SIDE = 100;

    private ThumbHash() {}

    /** @param rgba rows from the top, four bytes a pixel, not premultiplied */
    static byte[] encode(int width, int height, byte[] rgba) {
        if (width < 1 || height < 1 || width > LONG_SIDE || height > LONG_SIDE || rgba.length != width * height * 4) {
            throw new IllegalArgumentException(
                    "a thumbhash is made from 1 to 100 pixels a side, not %d x %d with %d bytes"
                            .formatted(width, height, rgba.length));
        }
        Planes planes = Planes.of(width, height, rgba);
        int most = planes.translucent ? 5 : 7;
        int lx = Math.max(1, Math.round((float) most * width / Math.max(width, height)));
        int ly = Math.max(1, Math.round((float) most * height / Math.max(width, height)));
        Channel l = Channel.of(planes.l, width, height, Math.max(3, lx), Math.max(3, ly));
        Channel p = Channel.of(planes.p, width, height, 3, 3);
        Channel q = Channel.of(planes.q, width, height, 3, 3);
        Channel a = planes.translucent ? Channel.of(planes.a, width, height, 5, 5) : Channel.NONE;

        boolean landscape = width > height;
        int start = planes.translucent ? 6 : 5;
        byte[] hash = new byte[start + (l.ac.length + p.ac.length + q.ac.length + a.ac.length + 1) / 2];
        int first = round(63 * l.dc)
                | round(31.5 + 31.5 * p.dc) << 6
                | round(31.5 + 31.5 * q.dc) << 12
                | round(31 * l.scale) << 18
                | (planes.translucent ? 1 << 23 : 0);
        int second =
                (landscape ? ly : lx) | round(63 * p.scale) << 3 | round(63 * q.scale) << 9 | (landscape ? 1 << 15 : 0);
        hash[0] = (byte) first;
        hash[1] = (byte) (first >> 8);
        hash[2] = (byte) (first >> 16);
        hash[3] = (byte) second;
        hash[4] = (byte) (second >> 8);
        if (planes.translucent) {
            hash[5] = (byte) (round(15 * a.dc) | round(15 * a.scale) << 4);
        }
        int nibble = 0;
        for (Channel channel : new Channel[] {l, p, q, a}) {
            for (double coefficient : channel.ac) {
                hash[start + nibble / 2] |= (byte) (round(15 * coefficient) << (nibble % 2 * 4));
                nibble++;
            }
        }
        return hash;
    }

    private static int round(double value) {
        return (int) Math.floor(value + 0.5);
    }

    /** Luminance, yellow-blue, red-green and opacity, each 0 to 1 (the differences -1 to 1), over the average colour. */
    private record Planes(double[] l, double[] p, double[] q, double[] a, boolean translucent) {
        static Planes of(int width, int height, byte[] rgba) {
            int pixels = width * height;
            double[] average = new double[3];
            double opacity = 0;
            for (int i = 0; i < pixels; i++) {
                double alpha = (rgba[4 * i + 3] & 0xFF) / 255.0;
                for (int c = 0; c < 3; c++) {
                    average[c] += alpha / 255 * (rgba[4 * i + c] & 0xFF);
                }
                opacity += alpha;
            }
            for (int c = 0; c < 3 && opacity > 0; c++) {
                average[c] /= opacity;
            }
            double[] l = new double[pixels];
            double[] p = new double[pixels];
            double[] q = new double[pixels];
            double[] a = new double[pixels];
            for (int i = 0; i < pixels; i++) {
                double alpha = (rgba[4 * i + 3] & 0xFF) / 255.0;
                double r = average[0] * (1 - alpha) + alpha / 255 * (rgba[4 * i] & 0xFF);
                double g = average[1] * (1 - alpha) + alpha / 255 * (rgba[4 * i + 1] & 0xFF);
                double b = average[2] * (1 - alpha) + alpha / 255 * (rgba[4 * i + 2] & 0xFF);
                l[i] = (r + g + b) / 3;
                p[i] = (r + g) / 2 - b;
                q[i] = r - g;
                a[i] = alpha;
            }
            return new Planes(l, p, q, a, opacity < pixels);
        }
    }

    /** The lower triangle of a DCT: the mean, the other coefficients scaled to 0..1, and their scale. */
    private record Channel(double dc, double[] ac, double scale) {
        static final Channel NONE = new Channel(0, new double[0], 0);

        static Channel of(double[] plane, int width, int height, int nx, int ny) {
            double dc = 0;
            double scale = 0;
            double[] ac = new double[nx * ny];
            int count = 0;
            for (int cy = 0; cy < ny; cy++) {
                for (int cx = 0; cx * ny < nx * (ny - cy); cx++) {
                    double f = coefficient(plane, width, height, cx, cy);
                    if (cx == 0 && cy == 0) {
                        dc = f;
                    } else {
                        ac[count++] = f;
                        scale = Math.max(scale, Math.abs(f));
                    }
                }
            }
            ac = Arrays.copyOf(ac, count);
            for (int i = 0; i < count && scale > 0; i++) {
                ac[i] = 0.5 + 0.5 / scale * ac[i];
            }
            return new Channel(dc, ac, scale);
        }

        /** StrictMath: JavaScript's engines compute the same cosines, so that hashes agree to the last bit. */
        private static double coefficient(double[] plane, int width, int height, int cx, int cy) {
            double[] fx = new double[width];
            for (int x = 0; x < width; x++) {
                fx[x] = StrictMath.cos(Math.PI / width * cx * (x + 0.5));
            }
            double f = 0;
            for (int y = 0; y < height; y++) {
                double fy = StrictMath.cos(Math.PI / height * cy * (y + 0.5));
                for (int x = 0; x < width; x++) {
                    f += plane[x + y * width] * fx[x] * fy;
                }
            }
            return f / (width * height);
        }
    }
}
