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
    private final Filter searched;
    private final Instant savedAt;

    SavedSearch(UUID id, String name, Optional<String> words, Filter filter, Instant savedAt) {
        this.id = id;
        this.name = name;
        this.words = words;
        this.searched = filter;
        this.savedAt = savedAt;
    }

    Filter filter() {
        return searched;
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
            return searched.text();
        }

        @NonNull
        public List<@NonNull String> getPeople() {
            return searched.people().stream().map(UUID::toString).sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getLabels() {
            return searched.labels();
        }

        public Optional<Instant> getTakenFrom() {
            return searched.from();
        }

        public Optional<Instant> getTakenBefore() {
            return searched.before();
        }

        public Optional<AlbumView.Box> getBox() {
            return searched.box().map(AlbumView.Box::of);
        }

        @NonNull
        public List<@NonNull MediaKind> getKinds() {
            return searched.kinds().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getCameras() {
            return searched.cameras().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getYears() {
            return searched.years().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getRatings() {
            return searched.ratings().stream().sorted().toList();
        }

        public Optional<Boolean> getFavourite() {
            return searched.marks().favourite();
        }

        public Optional<Boolean> getArchived() {
            return searched.marks().archived();
        }
    }
}
