package dev.memoir.catalog;

import dev.memoir.people.FaceQuality;
import dev.memoir.people.Region;
import java.util.List;

/**
 * A face as the models found it in a picture.
 *
 * @param box of the upright picture
 * @param points x and y of five points (corners of the eyes, base of the nose), in parts of the upright picture
 * @param score how sure the detector is
 * @param embedding 128 numbers
 */
public record FoundFace(Region box, List<Double> points, double score, float[] embedding, FaceQuality quality) {
    public FoundFace {
        points = List.copyOf(points);
    }
}
