package dev.memoir.api;

import dev.memoir.api.SavedSearch.Kept;
import dev.memoir.catalog.Filter;
import dev.memoir.catalog.FilterDocument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Keeping searches under a name, for oneself. */
@GraphQLApi
@Answers
public class SavedSearchDesk {
    private static final int LONGEST_NAME = 200;
    private static final int MOST = 200;

    private final SavedSearches searches;
    private final Bearer bearer;

    public SavedSearchDesk(SavedSearches searches, Bearer bearer) {
        this.searches = searches;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description("The searches that the caller keeps, the latest saved first. Nobody else sees them.")
    public List<@NonNull SavedSearch> savedSearches() {
        return searches.of(bearer.caller().subject()).stream()
                .map(SavedSearch::new)
                .toList();
    }

    @Mutation
    @NonNull
    @Description("Keeps a search, in place of one that has the same name. At most 200 of them.")
    public SavedSearch saveSearch(
            @NonNull @Description("1 to 200 characters.") String name,
            @Description("What is to be seen, as search has it; without it the filter alone is kept.") String words,
            @Description("Conditions but those on media types, states, NSFW scores, an album and the trash.")
                    AssetFilter filter) {
        String subject = bearer.caller().subject();
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME || called.chars().anyMatch(Character::isISOControl)) {
            throw new Problem.BadInput("name: 1 to " + LONGEST_NAME + " characters, and all of them visible");
        }
        Optional<String> shown = Optional.ofNullable(words).map(WordQueries::words);
        Filter conditions = AssetFilter.read(filter);
        if (!FilterDocument.holds(conditions)) {
            throw new Problem.BadInput(
                    "filter: media types, states, NSFW scores, an album and the trash can't be kept; leave them out");
        }
        if (shown.isEmpty() && conditions.equals(Filter.NONE)) {
            throw new Problem.BadInput("filter: give words or at least one condition");
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        Kept wanted = new Kept(UUID.randomUUID(), called, shown, conditions, now);
        searches.change(subject, before -> with(before, wanted));
        return searches.of(subject).stream()
                .filter(search -> search.name().equals(called))
                .findFirst()
                .map(SavedSearch::new)
                .orElseThrow(() -> new Problem.NotFound("It was deleted at this moment."));
    }

    /** In place of one that has the same name, and by its id. */
    private static List<Kept> with(List<Kept> before, Kept wanted) {
        List<Kept> after = new ArrayList<>(before);
        UUID id = before.stream()
                .filter(search -> search.name().equals(wanted.name()))
                .findFirst()
                .map(Kept::id)
                .orElse(wanted.id());
        after.removeIf(search -> search.id().equals(id));
        after.addFirst(new Kept(id, wanted.name(), wanted.words(), wanted.filter(), wanted.savedAt()));
        if (after.size() > MOST) {
            throw new Problem.BadInput("you keep " + MOST + " searches; delete one first");
        }
        return after;
    }

    @Mutation
    @Description("Keeps a search no longer.")
    public boolean deleteSavedSearch(@Id @NonNull String id) {
        UUID gone = AssetQueries.uuid(id, "a saved search's");
        String subject = bearer.caller().subject();
        if (searches.of(subject).stream().noneMatch(search -> search.id().equals(gone))) {
            throw new Problem.NotFound("You keep no search " + gone + ".");
        }
        searches.change(
                subject,
                before -> before.stream()
                        .filter(search -> !search.id().equals(gone))
                        .toList());
        return true;
    }
}
