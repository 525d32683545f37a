package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.List;

/**
 * An asset's vectors of one model.
 *
 * @param written when they were recorded
 * @param frames one; of a film also those of further frames
 */
public record KnownVectors(Sha256 asset, Instant written, List<Embedding> frames) {
    public KnownVectors {
        frames = List.copyOf(frames);
    }
}
