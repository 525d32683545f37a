package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import java.util.Set;

/**
 * Content that is described already.
 *
 * @param frames of a film, beside the renditions
 */
public record KnownAsset(Sha256 sha256, AssetState state, Set<Rendition> renditions, int frames, int pipeline) {}
