package dev.memoir.api;

import dev.memoir.catalog.Filter;
import dev.memoir.media.MediaKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A search that somebody keeps for themselves, as a client reads it. */
@Type("SavedSearch")
@Description("A search that the caller keeps under a name.")
public final class SavedSearch {
    private final UUID id;
    private final String name;
    private final Optional<String> words;
    private final Filter filter;
    private final Instant savedAt;

    SavedSearch(UUID id, String name, Optional<String> words, Filter filter, Instant savedAt) {
        this.id = id;
        this.name = name;
        this.words = words;
        this.filter = filter;
        this.savedAt = savedAt;
    }

    Filter filter() {
        return filter;
    }

    @Id
    @NonNull
    public String getId() {
        return id.toString();
    }

    @NonNull
    public String getName() {
        return name;
    }

    @Description("What is to be seen, for search; null where it is asked of assets, by the filter alone.")
    public Optional<String> getWords() {
        return words;
    }

    @NonNull
    public Conditions getFilter() {
        return new Conditions();
    }

    @NonNull
    public Instant getSavedAt() {
        return savedAt;
    }

    /** Its filter, as a client hands it in again. */
    @Type("SavedFilter")
    @Description("As AssetFilter; what is null, or empty, was not given.")
    public final class Conditions {
        public Optional<String> getText() {
            return filter.text();
        }

        @NonNull
        public List<@NonNull String> getPeople() {
            return filter.people().stream().map(UUID::toString).sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getLabels() {
            return filter.labels();
        }

        public Optional<Instant> getTakenFrom() {
            return filter.from();
        }

        public Optional<Instant> getTakenBefore() {
            return filter.before();
        }

        public Optional<AlbumView.Box> getBox() {
            return filter.box().map(AlbumView.Box::of);
        }

        @NonNull
        public List<@NonNull MediaKind> getKinds() {
            return filter.kinds().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getCameras() {
            return filter.cameras().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getYears() {
            return filter.years().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getRatings() {
            return filter.ratings().stream().sorted().toList();
        }

        public Optional<Boolean> getFavourite() {
            return filter.marks().favourite();
        }

        public Optional<Boolean> getArchived() {
            return filter.marks().archived();
        }
    }
}
