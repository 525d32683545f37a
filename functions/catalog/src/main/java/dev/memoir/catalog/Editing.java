package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.SidecarName;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.Thing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** What somebody may say of items over what their files say. Row security decides the same. */
final class Editing {
    private final Handle handle;
    private final Claims who;
    private final String household;

    Editing(Handle handle, Claims who, String household) {
        this.handle = handle;
        this.who = who;
        this.household = household;
    }

    Library.Editable of(Item item) {
        boolean allowed = AccessPolicy.allows(who, Action.CHANGE, item.thing(), household);
        return new Library.Editable(item, allowed, allowed ? place(item) : Optional.empty());
    }

    /**
     * The sidecar beside an original of the item that speaks of it alone; else a new one beside the oldest. One that speaks of
     * several is not written, since the others' edits are not meant.
     */
    private Optional<Library.SidecarPlace> place(Item item) {
        List<SidecarRows.Original> originals = originals(item);
        if (originals.isEmpty()) {
            return Optional.empty();
        }
        Optional<SidecarRows.Row> speaking = new SidecarRows(handle).of(item.owner(), item.sha256(), originals);
        SidecarRows.Original oldest = originals.getFirst();
        SidecarRows.Original beside = speaking.flatMap(sidecar -> originals.stream()
                        .filter(original -> sidecar.bucket().equals(original.bucket())
                                && SidecarName.isOwn(sidecar.key(), original.key()))
                        .findFirst()
                        .map(original -> new SidecarRows.Original(sidecar.bucket(), sidecar.key())))
                .orElseGet(() -> new SidecarRows.Original(oldest.bucket(), SidecarName.of(oldest.key())));
        return Optional.of(new Library.SidecarPlace(beside.bucket(), beside.key(), speaking.map(SidecarRows.Row::key)));
    }

    private List<SidecarRows.Original> originals(Item item) {
        return handle.createQuery("SELECT bucket, key FROM object WHERE sha256 = :sha256 AND owner = :owner AND current"
                        + " ORDER BY last_modified, key")
                .bind("sha256", item.sha256().bytes())
                .bind("owner", item.owner())
                .map((row, context) -> new SidecarRows.Original(
                        row.getString("bucket"), new String(row.getBytes("key"), StandardCharsets.UTF_8)))
                .list();
    }

    void record(FoundSidecar found) {
        if (!AccessPolicy.allows(who, Action.CHANGE, new Thing(found.owner(), false, false), household)) {
            throw new IllegalArgumentException(
                    found.key() + " belongs to somebody whose pictures the caller may not change");
        }
        Stacking.lock(handle, List.of(found.owner()));
        SidecarRows sidecars = new SidecarRows(handle);
        TreeSet<String> touched = sidecars.speaksOf(found.bucket(), found.key());
        found.content().map(Sha256::hex).ifPresent(touched::add);
        sidecars.write(found);
        ItemChanges changes = new ItemChanges(handle);
        touched.forEach(asset -> new ItemRefresh(handle, new Sha256(asset), changes).run(found.owner()));
        Stacking.follow(
                handle,
                changes,
                found.owner(),
                touched.stream().map(Sha256::new).toList());
        changes.write();
    }
}
