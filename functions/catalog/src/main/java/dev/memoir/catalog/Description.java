package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import java.util.Optional;
import java.util.Set;

/**
 * What the postprocessor found out about content.
 *
 * @param facts what the file says of itself
 * @param state what could be made of it
 * @param reason for people, present unless the state is READY
 * @param renditions those that were written to the derived bucket
 * @param frames further ones of a film that were written there, for the models
 * @param thumbhash placeholder image, about 25 bytes (the ThumbHash format), when there is a picture
 * @param pipeline version of the code that made this; a sweep makes older ones again
 */
public record Description(
        Facts facts,
        AssetState state,
        Optional<String> reason,
        Set<Rendition> renditions,
        int frames,
        Optional<byte[]> thumbhash,
        int pipeline) {
    /** Of what is no film. */
    public Description(
            Facts facts,
            AssetState state,
            Optional<String> reason,
            Set<Rendition> renditions,
            Optional<byte[]> thumbhash,
            int pipeline) {
        this(facts, state, reason, renditions, 0, thumbhash, pipeline);
    }
}
