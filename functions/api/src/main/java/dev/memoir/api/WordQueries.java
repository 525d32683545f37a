package dev.memoir.api;

import dev.memoir.catalog.Filter;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** Looking for assets by what their pictures mean. */
@GraphQLApi
@Answers
public class WordQueries {
    static final String TASK = "words";

    private static final int MOST_TEXT = 200;

    /** Candidates that are asked for first, and at most, at once: few of them may be the caller's, or meet the filter. */
    private static final int FIRST = 500;

    private static final int GROWTH = 4;
    private static final int AT_ONCE = 20_000;

    /** Candidates that one question looks through. */
    private static final int MOST = 200_000;

    private final Library library;
    private final Nearest nearest;
    private final Bearer bearer;

    public WordQueries(Library library, Nearest nearest, Bearer bearer) {
        this.library = library;
        this.nearest = nearest;
        this.bearer = bearer;
    }

    @Query
    @NonNull
    @Description(
            "The assets that the caller sees, those first whose pictures are nearest to the words: all that meet the filter"
                    + " come, the likeliest first, however unlikely the last ones are. Of the library's pictures the nearest 200,000 are looked"
                    + " through. Where instance.searchByWords is null it is NOT_INSTALLED.")
    public Connection search(
            @NonNull @Description("What is to be seen, in a few words; in English, unless the model knows others.")
                    String words,
            @DefaultValue("50") int first,
            String after,
            AssetFilter filter) {
        AssetQueries.within(first, AssetQueries.MOST_AT_ONCE);
        String shown = words(words);
        Filter conditions = AssetFilter.read(filter);
        Optional<Nearest.Place> place = AssetQueries.cursor(after, Nearest.Place::new);
        Claims caller = bearer.caller();
        if (library.searchable(caller, TASK).isEmpty()) {
            throw Nearest.notInstalled();
        }
        List<Hit> found = found(caller, shown, first + 1, place, conditions);
        Map<UUID, String> cursors = found.stream()
                .collect(Collectors.toMap(
                        hit -> hit.item().id(), hit -> hit.place().text()));
        List<Item> items = found.stream().limit(first).map(Hit::item).toList();
        return new Connection(
                new Library.Page(items, found.size() > first, Optional.empty()), item -> cursors.get(item.id()));
    }

    /** Refuses what can't be searched for. */
    static String words(String given) {
        if (given.isBlank() || given.length() > MOST_TEXT || given.indexOf('\0') >= 0) {
            throw new Problem.BadInput("words: between 1 and " + MOST_TEXT + " characters");
        }
        return given.strip();
    }

    private record Hit(Item item, Nearest.Place place) {}

    /** In their order, one item for each asset. Where the caller sees two, the one that is theirs stands for both. */
    private List<Hit> found(Claims caller, String words, int wanted, Optional<Nearest.Place> begin, Filter conditions) {
        List<Hit> found = new ArrayList<>();
        Optional<Nearest.Place> after = begin;
        int looked = 0;
        for (int most = Math.max(FIRST, wanted);
                found.size() < wanted && looked < MOST;
                most = Math.min(AT_ONCE, most * GROWTH)) {
            List<Nearest.Place> candidates = nearest.to(words, most, after);
            Map<Sha256, Nearest.Place> places = candidates.stream()
                    .collect(Collectors.toMap(Nearest.Place::asset, place -> place, (one, same) -> one));
            Map<Sha256, Item> seen = new LinkedHashMap<>();
            library.among(
                            caller,
                            conditions,
                            candidates.stream().map(Nearest.Place::asset).toList())
                    .forEach(item -> seen.putIfAbsent(item.sha256(), item));
            seen.values().forEach(item -> found.add(new Hit(item, places.get(item.sha256()))));
            if (candidates.size() < most) {
                break;
            }
            looked += candidates.size();
            after = Optional.of(candidates.getLast());
        }
        return found;
    }
}
