package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A filter, condition by condition. */
final class FilterMaker {
    private Optional<String> text = Optional.empty();
    private List<String> labels = List.of();
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> before = Optional.empty();
    private Optional<GeoBox> box = Optional.empty();
    private Set<MediaKind> kinds = Set.of();
    private Set<String> mediaTypes = Set.of();
    private Set<String> cameras = Set.of();
    private Set<Integer> years = Set.of();
    private Set<AssetState> states = Set.of();
    private Set<Integer> ratings = Set.of();
    private Optional<Filter.NsfwRange> nsfw = Optional.empty();
    private boolean trashed;

    private FilterMaker() {}

    static FilterMaker make() {
        return new FilterMaker();
    }

    FilterMaker text(String words) {
        text = Optional.of(words);
        return this;
    }

    FilterMaker labels(String... all) {
        labels = List.of(all);
        return this;
    }

    FilterMaker from(Instant time) {
        from = Optional.of(time);
        return this;
    }

    FilterMaker before(Instant time) {
        before = Optional.of(time);
        return this;
    }

    FilterMaker box(GeoBox within) {
        box = Optional.of(within);
        return this;
    }

    FilterMaker kinds(MediaKind... any) {
        kinds = Set.of(any);
        return this;
    }

    FilterMaker mediaTypes(String... any) {
        mediaTypes = Set.of(any);
        return this;
    }

    FilterMaker cameras(String... any) {
        cameras = Set.of(any);
        return this;
    }

    FilterMaker years(Integer... any) {
        years = Set.of(any);
        return this;
    }

    FilterMaker states(AssetState... any) {
        states = Set.of(any);
        return this;
    }

    FilterMaker ratings(Integer... any) {
        ratings = Set.of(any);
        return this;
    }

    FilterMaker nsfw(Filter.NsfwRange range) {
        nsfw = Optional.of(range);
        return this;
    }

    FilterMaker trashed() {
        return trashed(true);
    }

    FilterMaker trashed(boolean only) {
        trashed = only;
        return this;
    }

    Filter filter() {
        return new Filter(
                text, labels, from, before, box, kinds, mediaTypes, cameras, years, states, ratings, nsfw, trashed);
    }
}
