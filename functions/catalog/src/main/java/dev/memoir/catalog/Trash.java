package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.Thing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Moves items in and out of the trash, their search rows with them. */
final class Trash {
    private static final SortedSet<String> NONE = new TreeSet<>();
    private static final String OF_ONE_SHOT = "cover_kind IN ('live', 'raw')";

    private final Handle handle;
    private final Claims who;
    private final String household;

    Trash(Handle handle, Claims who, String household) {
        this.handle = handle;
        this.who = who;
        this.household = household;
    }

    private record Row(
            UUID id,
            String owner,
            boolean present,
            boolean trashed,
            boolean covered,
            boolean sensitive,
            SortedSet<String> terms,
            Slot slot) {
        private Thing thing() {
            return new Thing(owner, sensitive, trashed);
        }
    }

    Map<UUID, Library.Change> put(Collection<UUID> ids) {
        return move(ids, true);
    }

    Map<UUID, Library.Change> takeOut(Collection<UUID> ids) {
        return move(ids, false);
    }

    private Map<UUID, Library.Change> move(Collection<UUID> ids, boolean trashed) {
        Map<UUID, Library.Change> changes = new LinkedHashMap<>();
        ids.forEach(id -> changes.put(id, Library.Change.NOT_FOUND));
        seen(ids).forEach(id -> changes.put(id, Library.Change.NOT_ALLOWED));
        Map<String, ListedTerms> listed = new TreeMap<>();
        Stacking.lock(handle, changeableOwners(ids));
        ItemChanges changed = new ItemChanges(handle);
        Map<String, Set<UUID>> moved = new TreeMap<>();
        for (Row item : locked(together(ids))) {
            if (!AccessPolicy.allows(who, Action.CHANGE, item.thing(), household)) {
                continue;
            }
            if (item.trashed() == trashed) {
                changes.replace(item.id(), Library.Change.UNCHANGED);
                continue;
            }
            handle.createUpdate(
                            "UPDATE item SET trashed_at = CASE WHEN :trashed THEN clock_timestamp() END WHERE id = :id")
                    .bind("trashed", trashed)
                    .bind("id", item.id())
                    .execute();
            listed.computeIfAbsent(item.owner(), owner -> new ListedTerms(handle, owner))
                    .change(listing(item, item.trashed()), listing(item, trashed));
            // In the trash it is hidden before or after.
            changed.note(item.owner(), item.id(), item.sensitive());
            moved.computeIfAbsent(item.owner(), owner -> new HashSet<>()).add(item.id());
            changes.replace(item.id(), Library.Change.DONE);
        }
        listed.values().forEach(ListedTerms::write);
        moved.forEach((owner, items) -> Stacking.follow(handle, changed, owner, items));
        changed.write();
        return changes;
    }

    private static ListedTerms.Entry listing(Row item, boolean trashed) {
        return new ListedTerms.Entry(
                item.slot(), item.present() && !trashed && !item.covered() ? item.terms() : NONE, item.sensitive());
    }

    private List<String> changeableOwners(Collection<UUID> ids) {
        return handle
                .createQuery("SELECT DISTINCT owner FROM item WHERE id = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(String.class)
                .stream()
                .filter(owner -> AccessPolicy.allows(who, Action.CHANGE, new Thing(owner, false, false), household))
                .toList();
    }

    /** With what is of the same shot: the other half of a live photo, a raw file and its picture. */
    private Set<UUID> together(Collection<UUID> ids) {
        Set<UUID> all = new HashSet<>(ids);
        for (int before = 0; before < all.size(); ) {
            before = all.size();
            handle.createQuery("SELECT cover AS id FROM item WHERE id = ANY(:ids) AND cover IS NOT NULL AND "
                            + OF_ONE_SHOT + " UNION SELECT id FROM item WHERE cover = ANY(:ids) AND " + OF_ONE_SHOT)
                    .bind("ids", all.toArray(UUID[]::new))
                    .mapTo(UUID.class)
                    .forEach(all::add);
        }
        return all;
    }

    private List<UUID> seen(Collection<UUID> ids) {
        return handle.createQuery("SELECT id FROM item WHERE id = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .list();
    }

    /** Row security leaves out what may be seen but not changed. */
    private List<Row> locked(Collection<UUID> ids) {
        return handle.createQuery(
                        "SELECT id, owner, present, trashed_at, cover, sensitive, terms, block, slot FROM item WHERE id = ANY(:ids)"
                                + " ORDER BY id FOR UPDATE")
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                row.getBoolean("present"),
                row.getObject("trashed_at") != null,
                row.getObject("cover") != null,
                row.getBoolean("sensitive"),
                new TreeSet<>(AssetRow.strings(row, "terms")),
                new Slot(row.getLong("block"), row.getInt("slot")));
    }
}
