package dev.memoir.api;

import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.media.Rendition;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** What a person does with assets. Each asset has its own outcome: one that fails does not hold up the others. */
@GraphQLApi
@Answers
public class AssetChanges {
    private static final int MOST_AT_ONCE = 500;
    static final String OTHERS = "it belongs to others, or to all: you may see it, and not change it";

    private final Library library;
    private final AnalysisRequests requests;
    private final Purges purges;
    private final Bearer bearer;

    public AssetChanges(Library library, AnalysisRequests requests, Purges purges, Bearer bearer) {
        this.library = library;
        this.requests = requests;
        this.purges = purges;
        this.bearer = bearer;
    }

    /** What became of one asset. */
    public enum Outcome {
        DONE,
        UNCHANGED,
        NOT_FOUND,
        NOT_POSSIBLE,
        FAILED
    }

    @Type("AssetOutcome")
    @Description("What became of one asset. UNCHANGED: it was so already. NOT_POSSIBLE: the reason says why. FAILED:"
            + " the store or the database did not do it; trying again may help.")
    public record AssetOutcome(
            @Id @NonNull String id, @NonNull Outcome outcome, String reason) {}

    @Mutation
    @NonNull
    @Description("Has the models look at assets again. DONE: it was asked for; the labels change a little later.")
    public List<@NonNull AssetOutcome> analyze(@NonNull List<@NonNull String> ids) {
        Set<UUID> wanted = read(ids);
        Map<UUID, Item> items = library.items(bearer.caller(), wanted).stream()
                .collect(Collectors.toMap(Item::id, Function.identity()));
        Set<UUID> changeable = library.changeable(bearer.caller(), items.values());
        Map<UUID, AssetOutcome> outcomes = new LinkedHashMap<>();
        for (UUID id : wanted) {
            Item item = items.get(id);
            if (item == null) {
                outcomes.put(id, new AssetOutcome(id.toString(), Outcome.NOT_FOUND, null));
            } else if (!changeable.contains(id)) {
                outcomes.put(id, new AssetOutcome(id.toString(), Outcome.NOT_POSSIBLE, OTHERS));
            } else if (!item.renditions().contains(Rendition.ANALYSIS)) {
                outcomes.put(
                        id, new AssetOutcome(id.toString(), Outcome.NOT_POSSIBLE, "there is no picture to look at"));
            } else {
                outcomes.put(id, new AssetOutcome(id.toString(), Outcome.DONE, null));
            }
        }
        requests.send(items.values().stream()
                .filter(item -> outcomes.get(item.id()).outcome() == Outcome.DONE)
                .map(Item::sha256)
                .distinct()
                .toList());
        return List.copyOf(outcomes.values());
    }

    @Mutation
    @NonNull
    @Description(
            "Takes assets that are in the trash out of the bucket, with what is of the same shot and what was said beside them."
                    + " The bucket keeps them as earlier versions for as long as it keeps those; where it keeps none, it is not"
                    + " possible. DONE: they are gone from the library a little later. At most 500 at once.")
    public List<@NonNull AssetOutcome> purge(@NonNull List<@NonNull String> ids) {
        return purges.purge(bearer.caller(), read(ids));
    }

    static void atMost(List<String> entries, String name) {
        if (entries.size() > MOST_AT_ONCE) {
            throw new Problem.BadInput(name + ": " + entries.size() + " are more than " + MOST_AT_ONCE + " at once");
        }
    }

    static Set<UUID> read(List<String> ids) {
        atMost(ids, "ids");
        return ids.stream().map(AssetQueries::uuid).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
