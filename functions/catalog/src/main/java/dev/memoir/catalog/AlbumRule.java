package dev.memoir.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * By what an album gathers pictures of itself: a search that is asked again as pictures come and change.
 *
 * @param owners among whose pictures: those that its maker might change when they made the rule
 * @param people all of them are seen in it
 * @param labels all of them, as facets name them
 * @param from not taken before
 * @param before taken before
 * @param box taken within
 */
public record AlbumRule(
        Set<String> owners,
        Set<UUID> people,
        List<String> labels,
        Optional<Instant> from,
        Optional<Instant> before,
        Optional<GeoBox> box) {
    public AlbumRule {
        owners = Set.copyOf(owners);
        people = Set.copyOf(people);
        labels = List.copyOf(labels);
    }

    /** Whether it asks for nothing, and so would gather everything. */
    public boolean isEmpty() {
        return people.isEmpty() && labels.isEmpty() && from.isEmpty() && before.isEmpty() && box.isEmpty();
    }

    public AlbumRule among(Set<String> whose) {
        return new AlbumRule(whose, people, labels, from, before, box);
    }

    AlbumRule showing(Set<UUID> whom) {
        return new AlbumRule(owners, whom, labels, from, before, box);
    }

    /** The search that it is. */
    Filter filter(boolean trashed) {
        return new Filter(
                Optional.empty(),
                labels,
                from,
                before,
                box,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Optional.empty(),
                trashed,
                people,
                Filter.Marks.ANY);
    }
}
