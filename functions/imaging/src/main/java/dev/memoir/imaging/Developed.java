package dev.memoir.imaging;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that was found out about a file and made of it.
 *
 * @param facts what it says of itself
 * @param state what could be made of it
 * @param reason for people, present unless the state is READY
 * @param renditions JPEG files; all of them or none
 * @param frames of a film, further ones than the one that its renditions show, in their order: JPEG files as large as the
 *     rendition for analysis
 * @param thumbhash present when there are renditions
 */
public record Developed(
        Facts facts,
        AssetState state,
        Optional<String> reason,
        Map<Rendition, byte[]> renditions,
        List<byte[]> frames,
        Optional<byte[]> thumbhash) {}
