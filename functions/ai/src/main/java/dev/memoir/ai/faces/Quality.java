package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.people.FaceQuality;
import java.util.List;

/** Measures how good a picture of a face is. */
public final class Quality {
    private Quality() {}

    public static FaceQuality of(Portrait portrait) {
        Face face = portrait.face();
        return new FaceQuality(face.box().width(), sharpness(portrait.chip()), turn(face.points()));
    }

    /** The variance of the Laplacian (4-neighbour kernel) of the luminance: Pech-Pacheco et al., ICPR 2000. */
    static double sharpness(Pixels chip) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int y = 1; y < chip.height() - 1; y++) {
            for (int x = 1; x < chip.width() - 1; x++) {
                double value = grey(chip, x - 1, y)
                        + grey(chip, x + 1, y)
                        + grey(chip, x, y - 1)
                        + grey(chip, x, y + 1)
                        - 4 * grey(chip, x, y);
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double mean = sum / count;
        return squares / count - mean * mean;
    }

    private static double grey(Pixels chip, int x, int y) {
        int at = chip.offset() + y * chip.stride() + 3 * x;
        return ((chip.values()[at] & 0xFF) + (chip.values()[at + 1] & 0xFF) + (chip.values()[at + 2] & 0xFF)) / 3.0;
    }

    /** How far from the middle the nose lies along the line through the eyes' outer corners, in parts of their distance. */
    static double turn(List<Point> points) {
        Point right = points.get(0);
        Point left = points.get(2);
        Point nose = points.get(4);
        double dx = right.x() - left.x();
        double dy = right.y() - left.y();
        double length = dx * dx + dy * dy;
        if (length == 0) {
            return 1;
        }
        return Math.abs(((nose.x() - left.x()) * dx + (nose.y() - left.y()) * dy) / length - 0.5);
    }
}
