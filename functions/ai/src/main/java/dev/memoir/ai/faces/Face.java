package dev.memoir.ai.faces;

import java.util.List;

/**
 * One face of a picture.
 *
 * @param box in the picture's pixels
 * @param score how sure the detector is
 * @param points outer and inner corner of the eye that is right in the picture, outer and inner corner of the other eye,
 *     base of the nose
 * @param embedding 128 numbers; of the same person they lie near each other (Euclidean distance below 0.6)
 */
public record Face(Box box, float score, List<Point> points, float[] embedding) {}
