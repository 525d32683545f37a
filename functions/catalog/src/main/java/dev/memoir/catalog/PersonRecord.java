package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Region;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that is known of where a person is seen, in everybody's photos.
 *
 * @param faces by their ids
 * @param photos by their content
 */
public record PersonRecord(List<KnownFace> faces, List<Photo> photos) {
    /**
     * @param box of the upright picture, in parts of it
     * @param points x and y of five points, in the same parts
     * @param embedding 128 numbers
     * @param usable whether it is good enough to say whose it is
     */
    public record KnownFace(
            UUID id,
            Sha256 asset,
            Region box,
            List<Double> points,
            double score,
            boolean usable,
            String model,
            String version,
            float[] embedding) {}

    /** @param keys where it lies in the bucket of originals at present */
    public record Photo(Sha256 asset, String mediaType, Optional<Instant> takenAt, List<String> keys) {}
}
