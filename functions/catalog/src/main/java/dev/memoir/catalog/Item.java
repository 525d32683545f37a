package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One owner's entry for an asset, with what is known of the asset.
 *
 * @param id the same after a rebuild of the catalog
 * @param reason for people, unless the state is READY
 * @param facts what the file says of itself, without its raw tags
 * @param title the person's, else the file's
 * @param description the person's, else the file's
 * @param rating the person's, else the file's
 * @param sortTime where it stands in the timeline: when taken, else when its oldest object came
 * @param addedAt when it first became visible
 * @param trashedAt empty unless in the trash
 * @param present whether the bucket still holds it
 * @param thumbhash placeholder image (the ThumbHash format)
 * @param nsfw the newest score, 0 to 1
 */
public record Item(
        UUID id,
        String owner,
        Sha256 sha256,
        AssetState state,
        Optional<String> reason,
        Facts facts,
        Optional<String> title,
        Optional<String> description,
        Optional<Integer> rating,
        Instant sortTime,
        Instant addedAt,
        Optional<Instant> trashedAt,
        boolean present,
        Set<Rendition> renditions,
        Optional<byte[]> thumbhash,
        Optional<Double> nsfw) {

    /** The place right after it in the timeline. */
    public Cursor cursor() {
        return new Cursor(sortTime, id);
    }
}
