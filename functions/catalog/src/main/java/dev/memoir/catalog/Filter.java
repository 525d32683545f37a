package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which items are asked for; all conditions must hold, and an empty one always holds.
 *
 * @param text all its words must be found among the item's words
 * @param labels all of them, as facets name them
 * @param from not taken before
 * @param before taken before
 * @param box taken within
 * @param kinds any of them
 * @param mediaTypes any of them
 * @param cameras any of them, as facets name them
 * @param years any of them, on the wall clock where it was taken
 * @param states any of them
 * @param ratings any of them, 0 to 5
 * @param nsfw the score
 * @param trashed true: only what is in the trash; false: only what is not
 */
public record Filter(
        Optional<String> text,
        List<String> labels,
        Optional<Instant> from,
        Optional<Instant> before,
        Optional<GeoBox> box,
        Set<MediaKind> kinds,
        Set<String> mediaTypes,
        Set<String> cameras,
        Set<Integer> years,
        Set<AssetState> states,
        Set<Integer> ratings,
        Optional<NsfwRange> nsfw,
        boolean trashed) {

    /** Everything that is not in the trash. */
    public static final Filter NONE = new Filter(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            false);

    public Filter {
        labels = List.copyOf(labels);
        kinds = Set.copyOf(kinds);
        mediaTypes = Set.copyOf(mediaTypes);
        cameras = Set.copyOf(cameras);
        years = Set.copyOf(years);
        states = Set.copyOf(states);
        ratings = Set.copyOf(ratings);
    }

    /**
     * A range of NSFW scores. The bands of open_nsfw's authors: below 0.2 most likely safe, above 0.8 most likely not.
     *
     * @param above the score is above it; 0 to 1, or -1 for any
     * @param atMost the score is not above it
     * @param unscored whether items without a score are in the range
     */
    public record NsfwRange(double above, double atMost, boolean unscored) {
        /** Above this an item counts as not safe for work. */
        public static final double FLAGGED = 0.8;

        public static final NsfwRange ONLY_FLAGGED = new NsfwRange(FLAGGED, 1, false);
        public static final NsfwRange NOT_FLAGGED = new NsfwRange(-1, FLAGGED, true);

        public NsfwRange {
            if (!(above >= -1 && above <= atMost && atMost <= 1)) {
                throw new IllegalArgumentException(
                        "not a range of NSFW scores, which are 0 to 1: above " + above + ", at most " + atMost);
            }
        }
    }
}
