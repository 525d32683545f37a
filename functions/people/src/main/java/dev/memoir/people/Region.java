package dev.memoir.people;

/**
 * A rectangle in an upright picture, in parts of its width and height: 0 is the left or upper edge, 1 the other one. A face at
 * the picture's edge may reach over it.
 */
public record Region(double left, double top, double width, double height) {
    /** Boxes of the same face, found by two detectors or in two sizes, share more than this of what they cover together. */
    private static final double SAME = 0.4;

    public Region {
        if (!(width > 0 && height > 0 && Double.isFinite(left + top + width + height))) {
            throw new IllegalArgumentException(
                    "not a part of a picture: " + left + "," + top + " " + width + "x" + height);
        }
    }

    /** What both cover, as a part of what they cover together (the Jaccard index): 0 to 1. */
    public double overlap(Region other) {
        double across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        double down = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        double shared = across * down;
        return shared / (width * height + other.width * other.height - shared);
    }

    /** Whether both most probably show the same face of one picture. */
    public boolean meets(Region other) {
        return overlap(other) > SAME;
    }
}
