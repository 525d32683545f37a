package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import dev.memoir.media.access.Thing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

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
 * @param people all of them are seen in it
 * @param marks what people marked it with
 * @param album only what is in it; empty: what is in any or none
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
        boolean trashed,
        Set<UUID> people,
        Marks marks,
        Optional<UUID> album) {

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
        people = Set.copyOf(people);
    }

    /** Everything that is not in the trash and shows all of these people. */
    public static Filter with(Set<UUID> people) {
        return NONE.with(NONE.text, people, NONE.marks, NONE.album);
    }

    /** The same, but only what is in the album. */
    public Filter in(UUID container) {
        return with(text, people, marks, Optional.of(container));
    }

    /** The same, but marked so. */
    Filter marked(Marks wanted) {
        return with(text, people, wanted, album);
    }

    /** The same, whatever words are found. */
    Filter withoutText() {
        return with(Optional.empty(), people, marks, album);
    }

    private Filter with(Optional<String> words, Set<UUID> shown, Marks wanted, Optional<UUID> container) {
        return new Filter(
                words,
                labels,
                from,
                before,
                box,
                kinds,
                mediaTypes,
                cameras,
                years,
                states,
                ratings,
                nsfw,
                trashed,
                shown,
                wanted,
                container);
    }

    /** In any album or none. */
    public Filter(
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
            boolean trashed,
            Set<UUID> people,
            Marks marks) {
        this(
                text,
                labels,
                from,
                before,
                box,
                kinds,
                mediaTypes,
                cameras,
                years,
                states,
                ratings,
                nsfw,
                trashed,
                people,
                marks,
                Optional.empty());
    }

    /** Whoever is seen in it, and however it is marked. */
    public Filter(
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
        this(
                text,
                labels,
                from,
                before,
                box,
                kinds,
                mediaTypes,
                cameras,
                years,
                states,
                ratings,
                nsfw,
                trashed,
                Set.of(),
                Marks.ANY);
    }

    /**
     * What people marked it with.
     *
     * @param favourite true: only what is one; false: only what is none
     * @param archived true: only what is; false: only what is not
     */
    public record Marks(Optional<Boolean> favourite, Optional<Boolean> archived) {
        public static final Marks ANY = new Marks(Optional.empty(), Optional.empty());
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
        public static final double FLAGGED = Thing.SENSITIVE;

        /** As the catalog's {@code item.sensitive} has it; without a score an item is for everybody. */
        static boolean flagged(Optional<Double> score) {
            return score.filter(s -> s > FLAGGED).isPresent();
        }

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
