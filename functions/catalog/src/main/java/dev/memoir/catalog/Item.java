package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Thing;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One owner's entry for an asset, with what is known of the asset.
 *
 * @param id the same after a rebuild of the catalog
 * @param reason for people, unless the state is READY
 * @param facts what the file says of itself, without its raw tags
 * @param edits what the person says over that
 * @param sidecarProblem why the sidecar that lies beside it can't be read, for people
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
        Edits edits,
        Optional<String> sidecarProblem,
        Instant sortTime,
        Instant addedAt,
        Optional<Instant> trashedAt,
        boolean present,
        Set<Rendition> renditions,
        Optional<byte[]> thumbhash,
        Optional<Double> nsfw) {
    private static final Set<Edits.Field> MARKS =
            EnumSet.of(Edits.Field.RATING, Edits.Field.FAVOURITE, Edits.Field.ARCHIVED, Edits.Field.STACK);

    /** The facts as they are told: what was edited wins. */
    public Facts told() {
        return edits.over(facts);
    }

    /** Without what its owner marked it with, which is no concern of whoever sees it only in an album. */
    Item toOthers() {
        return new Item(
                id,
                owner,
                sha256,
                state,
                reason,
                facts,
                edits.with(Edits.NONE, MARKS),
                Optional.empty(),
                sortTime,
                addedAt,
                trashedAt,
                present,
                renditions,
                thumbhash,
                nsfw);
    }

    /** What the rules of access ask of it. */
    public Thing thing() {
        return new Thing(owner, Filter.NsfwRange.flagged(nsfw), trashedAt.isPresent());
    }

    /** The place right after it in the timeline. */
    public Cursor cursor() {
        return new Cursor(sortTime, id);
    }
}
