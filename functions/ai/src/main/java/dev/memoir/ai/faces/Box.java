package dev.memoir.ai.faces;

/** A rectangle of whole pixels; the right column and the bottom row belong to it. May reach over the picture's edge. */
public record Box(int left, int top, int right, int bottom) {

    /** As it lies in the same picture of another size. */
    Box scaled(double across, double down) {
        return new Box(
                Rounding.nearest(left * across),
                Rounding.nearest(top * down),
                Rounding.nearest((right + 1) * across - 1),
                Rounding.nearest((bottom + 1) * down - 1));
    }

    public int width() {
        return right - left + 1;
    }

    public int height() {
        return bottom - top + 1;
    }

    private long area() {
        return (right - left + 1L) * (bottom - top + 1L);
    }

    /**
     * How much two boxes are the same, as dlib's MMOD counts it: what they share, as a part of the smallest box around
     * both. (Not of their union, as most do.)
     */
    double overlap(Box other) {
        int acrossShared = Math.min(right, other.right) - Math.max(left, other.left) + 1;
        int downShared = Math.min(bottom, other.bottom) - Math.max(top, other.top) + 1;
        if (acrossShared <= 0 || downShared <= 0) {
            return 0;
        }
        Box around = new Box(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom));
        return (double) ((long) acrossShared * downShared) / around.area();
    }
}
