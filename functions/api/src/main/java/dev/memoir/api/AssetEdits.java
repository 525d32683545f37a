package dev.memoir.api;

import dev.memoir.api.AssetChanges.AssetOutcome;
import dev.memoir.api.AssetChanges.Outcome;
import dev.memoir.catalog.FoundSidecar;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.Library.Editable;
import dev.memoir.catalog.Library.SidecarPlace;
import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.sidecars.Sidecars;
import dev.memoir.store.StoreException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jboss.logging.Logger;

/** What a person says of assets over what their files say. It stands in the bucket before the answer is given. */
@GraphQLApi
@Answers
public class AssetEdits {
    private static final Logger LOG = Logger.getLogger(AssetEdits.class);

    private final Library library;
    private final Sidecars sidecars;
    private final Bearer bearer;

    public AssetEdits(Library library, Sidecars sidecars, Bearer bearer) {
        this.library = library;
        this.sidecars = sidecars;
        this.bearer = bearer;
    }

    /** What became of one edit. */
    public enum EditOutcome {
        DONE,
        UNCHANGED,
        NOT_FOUND,
        NOT_POSSIBLE,
        FAILED
    }

    @Type("EditResult")
    @Description(
            "What became of one asset. UNCHANGED: it was so already. NOT_POSSIBLE: the reason says why. FAILED: the store or"
                    + " the database did not do it; trying again may help.")
    public record EditResult(
            @Id @NonNull String id,
            @NonNull EditOutcome outcome,
            String reason,
            @Description("As it is now.") Asset asset,

            @Description("For undoEdits, when something was done.")
            String undo) {}

    @Mutation
    @NonNull
    @Description("Says something of assets over what their files say, which are never changed. At most 500 at once.")
    public List<@NonNull EditResult> editAssets(@NonNull List<@NonNull String> ids, @NonNull EditInput edit) {
        if (edit.stack != null) {
            edit.stackUnder(library.item(bearer.caller(), AssetQueries.uuid(edit.stack)));
        }
        edit.check();
        Map<UUID, Sidecars.Change> changes = new LinkedHashMap<>();
        AssetChanges.read(ids).forEach(id -> changes.put(id, edit));
        return edit(changes);
    }

    @Mutation
    @NonNull
    @Description(
            "Takes edits back, by what editAssets told in undo: what they changed says again what it said before, and what"
                    + " was edited besides stays. Its own undo does it again. At most 500 at once.")
    public List<@NonNull EditResult> undoEdits(@NonNull List<@NonNull String> undo) {
        AssetChanges.atMost(undo, "undo");
        Map<UUID, Sidecars.Change> changes = new LinkedHashMap<>();
        undo.stream().map(UndoToken::parse).forEach(token -> changes.put(token.item(), back(token)));
        return edit(changes);
    }

    @Mutation
    @NonNull
    @Description(
            "Puts assets in the trash, with what is of the same shot: a live photo's other half, a raw file and its picture. At"
                    + " most 500 at once.")
    public List<@NonNull AssetOutcome> trash(@NonNull List<@NonNull String> ids) {
        Optional<Instant> now = Optional.of(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        return together(ids, (before, file) -> before.trashed().isPresent() ? before : before.withTrashed(now));
    }

    @Mutation
    @NonNull
    @Description("Takes assets out of the trash, with what is of the same shot. At most 500 at once.")
    public List<@NonNull AssetOutcome> restore(@NonNull List<@NonNull String> ids) {
        return together(ids, (before, file) -> before.withTrashed(Optional.empty()));
    }

    /** What is of the same shot is changed, too, and not told of. */
    private List<AssetOutcome> together(List<String> ids, Sidecars.Change change) {
        Set<UUID> asked = AssetChanges.read(ids);
        Map<UUID, Sidecars.Change> changes = new LinkedHashMap<>();
        library.together(bearer.caller(), asked).forEach(id -> changes.put(id, change));
        return edit(changes).stream()
                .limit(asked.size())
                .map(done -> new AssetOutcome(
                        done.id(), Outcome.valueOf(done.outcome().name()), done.reason()))
                .toList();
    }

    private static Sidecars.Change back(UndoToken token) {
        EditLimits.problem(token.before()).ifPresent(problem -> {
            throw new Problem.BadInput("undo: " + problem);
        });
        return (before, file) -> before.with(token.before(), token.fields());
    }

    private List<EditResult> edit(Map<UUID, Sidecars.Change> changes) {
        Claims who = bearer.caller();
        Map<UUID, Editable> found = library.editable(who, changes.keySet());
        Map<UUID, EditResult> done =
                Several.each(changes.keySet(), id -> edit(who, id, found.get(id), changes.get(id)));
        Map<UUID, Item> now =
                library.items(who, found.keySet()).stream().collect(Collectors.toMap(Item::id, Function.identity()));
        return done.entrySet().stream()
                .map(result -> with(now.get(result.getKey()), result.getValue()))
                .toList();
    }

    private static EditResult with(Item now, EditResult result) {
        Asset asset = now == null ? null : new Asset(now);
        return new EditResult(result.id(), result.outcome(), result.reason(), asset, result.undo());
    }

    private EditResult edit(Claims who, UUID id, Editable found, Sidecars.Change change) {
        if (found == null) {
            return result(id, EditOutcome.NOT_FOUND, null);
        }
        if (!found.allowed()) {
            return result(id, EditOutcome.NOT_POSSIBLE, AssetChanges.OTHERS);
        }
        if (found.sidecar().isEmpty()) {
            return result(id, EditOutcome.NOT_POSSIBLE, "the bucket does not hold it any more");
        }
        Optional<String> refusal = change instanceof EditInput input ? input.refusal(found.item()) : Optional.empty();
        if (refusal.isPresent()) {
            return result(id, EditOutcome.NOT_POSSIBLE, refusal.get());
        }
        try {
            return edit(who, found.item(), found.sidecar().get(), change);
        } catch (EditInput.NotPossible refused) {
            return result(id, EditOutcome.NOT_POSSIBLE, refused.getMessage());
        } catch (StoreException failure) {
            LOG.errorf(failure, "editing %s failed", id);
            return result(id, EditOutcome.FAILED, "The media store does not answer. Try again in a moment.");
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "editing %s failed", id);
            return result(
                    id,
                    EditOutcome.FAILED,
                    "Something went wrong on our side. It is in the log of the api function. What was said may stand in"
                            + " the bucket already; it is then seen a little later.");
        }
    }

    private EditResult edit(Claims who, Item item, SidecarPlace place, Sidecars.Change change) {
        Facts file = item.facts();
        Sidecars.Outcome outcome = sidecars.change(place, item.sha256(), file, change);
        return switch (outcome) {
            case Sidecars.NotPossible refused -> result(item.id(), EditOutcome.NOT_POSSIBLE, refused.reason());
            case Sidecars.Said said -> {
                sidecars.look(place.bucket(), place.key(), new AsSomebody(who));
                Edits before = said.before();
                yield before.equals(said.after())
                        ? result(item.id(), EditOutcome.UNCHANGED, null)
                        : new EditResult(
                                item.id().toString(),
                                EditOutcome.DONE,
                                null,
                                null,
                                UndoToken.of(item.id(), before, said.after()).text());
            }
        };
    }

    private static EditResult result(UUID id, EditOutcome outcome, String reason) {
        return new EditResult(id.toString(), outcome, reason, null, null);
    }

    /** The catalog, by somebody's rights. */
    private final class AsSomebody implements Sidecars.Book {
        private final Claims who;

        private AsSomebody(Claims who) {
            this.who = who;
        }

        @Override
        public void record(FoundSidecar found) {
            library.record(who, found);
        }

        /** Whoever removed it, the event of that comes to the postprocessor. */
        @Override
        public void gone(String bucket, String key) {}
    }
}
