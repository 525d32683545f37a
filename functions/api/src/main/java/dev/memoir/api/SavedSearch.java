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
    private final Kept search;

    SavedSearch(Kept search) {
        this.search = search;
    }

    /**
     * As it is written down.
     *
     * @param words empty where the filter alone is meant
     */
    record Kept(UUID id, String name, Optional<String> words, Filter filter, Instant savedAt) {}

    @Id
    @NonNull
    public String getId() {
        return search.id().toString();
    }

    @NonNull
    public String getName() {
        return search.name();
    }

    @Description("What is to be seen, for search; null where it is asked of assets, by the filter alone.")
    public Optional<String> getWords() {
        return search.words();
    }

    @NonNull
    public Conditions getFilter() {
        return new Conditions(search.filter());
    }

    @NonNull
    public Instant getSavedAt() {
        return search.savedAt();
    }

    /** Its filter, as a client hands it in again. */
    @Type("SavedFilter")
    @Description("As AssetFilter; what is null, or empty, was not given.")
    public static final class Conditions {
        private final Filter asked;

        Conditions(Filter asked) {
            this.asked = asked;
        }

        public Optional<String> getText() {
            return asked.text();
        }

        @NonNull
        public List<@NonNull String> getPeople() {
            return asked.people().stream().map(UUID::toString).sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getLabels() {
            return asked.labels();
        }

        public Optional<Instant> getTakenFrom() {
            return asked.from();
        }

        public Optional<Instant> getTakenBefore() {
            return asked.before();
        }

        public Optional<AlbumView.Box> getBox() {
            return asked.box().map(AlbumView.Box::of);
        }

        @NonNull
        public List<@NonNull MediaKind> getKinds() {
            return asked.kinds().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull String> getCameras() {
            return asked.cameras().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getYears() {
            return asked.years().stream().sorted().toList();
        }

        @NonNull
        public List<@NonNull Integer> getRatings() {
            return asked.ratings().stream().sorted().toList();
        }

        public Optional<Boolean> getFavourite() {
            return asked.marks().favourite();
        }

        public Optional<Boolean> getArchived() {
            return asked.marks().archived();
        }
    }
}
