package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import java.util.List;

/**
 * A face cut out, upright and of one size: dlib's {@code get_face_chip_details} and {@code extract_image_chip}, to the bit.
 * The five points are laid on those of a mean face; the picture is halved as long as the face stays larger than the chip, and
 * then sampled along the turned square.
 */
final class Chip {
    /** Of the mean face, in the order of {@link Face#points}: x, y, in a square from 0 to 1. */
    private static final double[] MEAN = {
        0.8595674595992, 0.2134981538014,
        0.6460604764104, 0.2289674387677,
        0.1205750620789, 0.2137274526848,
        0.3340850613712, 0.2290642403242,
        0.4901123135679, 0.6277975316475
    };

    private Chip() {}

    /** A rectangle with fractions; as in dlib's, a pixel on its edge belongs to it. */
    private record Area(double left, double top, double right, double bottom) {
        double size() {
            return (right - left + 1) * (bottom - top + 1);
        }

        /** As it lies in the halved picture. */
        Area halved() {
            return new Area(left / 2 - 1.25, top / 2 - 0.75, right / 2 - 1.25, bottom / 2 - 0.75);
        }

        double middleX() {
            return (left + right) / 2;
        }

        double middleY() {
            return (top + bottom) / 2;
        }

        Area moved(double x, double y) {
            return new Area(left + x, top + y, right + x, bottom + y);
        }
    }

    /**
     * @param side of the chip in pixels
     * @param padding around the face, as a part of its size
     */
    static Pixels cut(Pixels picture, List<Point> points, int side, double padding) {
        Similarity onto = onto(points, side, padding);
        double angle = Math.atan2(onto.b(), onto.a());
        double wide = side * Math.hypot(onto.a(), onto.b());
        double middle = side / 2;
        double x = onto.x(middle, middle);
        double y = onto.y(middle, middle);
        double half = (wide - 1) / 2;
        return extract(picture, new Area(x - half, y - half, x + half, y + half), angle, side);
    }

    /** From the chip to the picture. */
    private static Similarity onto(List<Point> points, int side, double padding) {
        double[] from = new double[MEAN.length];
        double[] to = new double[MEAN.length];
        for (int i = 0; i < from.length; i++) {
            from[i] = (padding + MEAN[i]) / (2 * padding + 1) * side;
            Point point = points.get(i / 2);
            to[i] = i % 2 == 0 ? point.x() : point.y();
        }
        return Similarity.between(from, to);
    }

    private static Pixels extract(Pixels picture, Area square, double angle, int side) {
        // Only what is near the face is halved, and from where that begins the halving counts its pixels.
        Box near = near(picture, square, angle, side);
        if (near.left() > near.right() || near.top() > near.bottom()) {
            return new Pixels(new byte[3 * side * side], picture.order(), side, side);
        }
        Pixels part =
                picture.part(near.left(), near.top(), near.right() - near.left() + 1, near.bottom() - near.top() + 1);
        Area area = square.moved(-near.left(), -near.top());
        while (area.halved().size() > (double) side * side && part.width() >= 5 && part.height() >= 5) {
            area = area.halved();
            part = halved(part);
        }
        return sampled(part, area, angle, side);
    }

    private static Box near(Pixels picture, Area square, double angle, int side) {
        double grow = 2;
        for (Area small = square.halved(); small.size() > (double) side * side; small = small.halved()) {
            grow = grow * 2 + 2;
        }
        double[] xs = new double[4];
        double[] ys = new double[4];
        for (int corner = 0; corner < 4; corner++) {
            double x = corner % 2 == 0 ? square.left() : square.right();
            double y = corner < 2 ? square.top() : square.bottom();
            xs[corner] = turnedX(square, angle, x, y);
            ys[corner] = turnedY(square, angle, x, y);
        }
        return new Box(
                Rounding.nearest(Math.max(least(xs) - grow, 0)),
                Rounding.nearest(Math.max(least(ys) - grow, 0)),
                Rounding.nearest(Math.min(most(xs) + grow, picture.width() - 1)),
                Rounding.nearest(Math.min(most(ys) + grow, picture.height() - 1)));
    }

    private static double least(double[] values) {
        return Math.min(Math.min(values[0], values[1]), Math.min(values[2], values[3]));
    }

    private static double most(double[] values) {
        return Math.max(Math.max(values[0], values[1]), Math.max(values[2], values[3]));
    }

    private static double turnedX(Area around, double angle, double x, double y) {
        return Math.cos(angle) * (x - around.middleX()) - Math.sin(angle) * (y - around.middleY()) + around.middleX();
    }

    private static double turnedY(Area around, double angle, double x, double y) {
        return Math.sin(angle) * (x - around.middleX()) + Math.cos(angle) * (y - around.middleY()) + around.middleY();
    }

    /** dlib's {@code pyramid_down<2>}: each new pixel is 5 x 5 old ones, weighed 1 4 6 4 1 along and across. */
    static Pixels halved(Pixels picture) {
        int width = (picture.width() - 3) / 2;
        int height = (picture.height() - 3) / 2;
        int row = 3 * width;
        byte[] values = picture.values();
        int[] narrowed = new int[row * picture.height()];
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < width; x++) {
                int from = picture.offset() + y * picture.stride() + 6 * x;
                for (int channel = 0; channel < 3; channel++) {
                    int at = from + channel;
                    narrowed[y * row + 3 * x + channel] = (values[at] & 0xFF)
                            + 4 * (values[at + 3] & 0xFF)
                            + 6 * (values[at + 6] & 0xFF)
                            + 4 * (values[at + 9] & 0xFF)
                            + (values[at + 12] & 0xFF);
                }
            }
        }
        byte[] target = new byte[row * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < row; x++) {
                int at = 2 * y * row + x;
                int sum = narrowed[at]
                        + 4 * narrowed[at + row]
                        + 6 * narrowed[at + 2 * row]
                        + 4 * narrowed[at + 3 * row]
                        + narrowed[at + 4 * row];
                target[y * row + x] = (byte) (sum / 256);
            }
        }
        return new Pixels(target, picture.order(), width, height);
    }

    /** Bilinearly; what lies outside of the picture is black. */
    private static Pixels sampled(Pixels picture, Area area, double angle, int side) {
        double left = turnedX(area, angle, area.left(), area.top());
        double top = turnedY(area, angle, area.left(), area.top());
        double alongX = turnedX(area, angle, area.right(), area.top()) - left;
        double alongY = turnedY(area, angle, area.right(), area.top()) - top;
        double downX = turnedX(area, angle, area.left(), area.bottom()) - left;
        double downY = turnedY(area, angle, area.left(), area.bottom()) - top;
        byte[] chip = new byte[3 * side * side];
        for (int row = 0; row < side; row++) {
            double down = row / (side - 1.0);
            for (int column = 0; column < side; column++) {
                double along = column / (side - 1.0);
                sample(
                        picture,
                        left + along * alongX + down * downX,
                        top + along * alongY + down * downY,
                        chip,
                        3 * (row * side + column));
            }
        }
        return new Pixels(chip, picture.order(), side, side);
    }

    private static void sample(Pixels picture, double x, double y, byte[] chip, int to) {
        int left = (int) Math.floor(x);
        int top = (int) Math.floor(y);
        if (left < 0 || top < 0 || left + 1 >= picture.width() || top + 1 >= picture.height()) {
            return;
        }
        double across = x - left;
        double down = y - top;
        byte[] values = picture.values();
        int upper = picture.offset() + top * picture.stride() + 3 * left;
        int lower = upper + picture.stride();
        for (int channel = 0; channel < 3; channel++) {
            double value = (1 - down)
                            * ((1 - across) * (values[upper + channel] & 0xFF)
                                    + across * (values[upper + 3 + channel] & 0xFF))
                    + down
                            * ((1 - across) * (values[lower + channel] & 0xFF)
                                    + across * (values[lower + 3 + channel] & 0xFF));
            chip[to + channel] = (byte) (int) (value + ROUNDING_ERROR);
        }
    }

    /** Sums that are whole numbers by rights may come out a little less, and would be truncated to the next lower one. */
    private static final double ROUNDING_ERROR = 1e-9;
}
