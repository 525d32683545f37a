package dev.memoir.api;

import dev.memoir.api.AssetChanges.AssetOutcome;
import dev.memoir.api.AssetChanges.Outcome;
import dev.memoir.catalog.Item;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.Library.Editable;
import dev.memoir.catalog.Library.HeldObject;
import dev.memoir.house.Audit;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.SidecarName;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes what is in the trash out of the bucket, as far as anything leaves it: a version is put over the original that says that
 * nothing is there, and the original stays beneath as an earlier version for as long as the bucket keeps those. Where it keeps
 * none, nothing is taken out.
 */
@ApplicationScoped
class Purges {
    private static final Logger LOG = Logger.getLogger(Purges.class);

    private final Library library;
    private final MediaStore store;
    private final String household;
    private final Audit audit;

    Purges(
            Library library,
            MediaStore store,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String household) {
        this.library = library;
        this.store = store;
        this.household = household;
        this.audit = new Audit(store.documents(), Clock.systemUTC());
    }

    /** Of the same shot nothing is left behind; it is not told of. */
    List<AssetOutcome> purge(Claims who, Set<UUID> asked) {
        Set<UUID> together = library.together(who, asked);
        Map<UUID, Editable> found = library.editable(who, together);
        Map<Sha256, List<HeldObject>> held = library.objects(
                who,
                found.values().stream()
                        .map(editable -> editable.item().sha256())
                        .collect(Collectors.toSet()));
        Map<UUID, AssetOutcome> outcomes =
                Several.each(together, id -> purge(who, id, Optional.ofNullable(found.get(id)), held));
        return asked.stream().map(outcomes::get).toList();
    }

    private AssetOutcome purge(Claims who, UUID id, Optional<Editable> found, Map<Sha256, List<HeldObject>> held) {
        if (found.isEmpty()) {
            return new AssetOutcome(id.toString(), Outcome.NOT_FOUND, null);
        }
        Item item = found.get().item();
        if (!found.get().allowed()) {
            return notPossible(id, AssetChanges.OTHERS);
        }
        if (item.trashedAt().isEmpty()) {
            return notPossible(id, "it is not in the trash");
        }
        List<HeldObject> originals = held.getOrDefault(item.sha256(), List.of()).stream()
                .filter(object ->
                        object.current() && Keys.owner(object.key(), household).equals(item.owner()))
                .toList();
        try {
            Optional<String> refusal = originals.stream()
                    .map(this::refusal)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (refusal.isPresent()) {
                return notPossible(id, refusal.get());
            }
            if (originals.isEmpty()) {
                return new AssetOutcome(id.toString(), Outcome.UNCHANGED, null);
            }
            audit.write(
                    who.subject(),
                    "asset.purged",
                    item.owner(),
                    Map.of("asset", item.sha256().hex()));
            originals.forEach(this::remove);
            return new AssetOutcome(id.toString(), Outcome.DONE, null);
        } catch (StoreException failure) {
            LOG.errorf(failure, "purging %s failed", id);
            return new AssetOutcome(
                    id.toString(), Outcome.FAILED, "The media store does not answer. Try again in a moment.");
        }
    }

    private static AssetOutcome notPossible(UUID id, String reason) {
        return new AssetOutcome(id.toString(), Outcome.NOT_POSSIBLE, reason);
    }

    private Optional<String> refusal(HeldObject original) {
        Optional<StoredObject> now = store.stat(original.bucket(), original.key());
        if (now.filter(there -> !there.etag().equals(original.etag())).isPresent()) {
            return Optional.of("by now something else lies under " + original.key() + "; try again in a moment");
        }
        return now.filter(there -> there.versionId().isEmpty())
                .map(there -> "the bucket keeps no earlier versions, so that it would be lost for good");
    }

    /** What was said beside it goes with it: it would put the same picture into the trash when it is added again. */
    private void remove(HeldObject original) {
        store.delete(original.bucket(), original.key());
        String sidecar = SidecarName.of(original.key());
        if (store.stat(original.bucket(), sidecar).isPresent()) {
            store.delete(original.bucket(), sidecar);
        }
    }
}
