package dev.memoir.catalog;

import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.AlbumAction;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Each method is one transaction with the caller's claims. */
final class JdbiAlbumLibrary implements AlbumLibrary {
    /** A parent that the caller does not see is as if there were none. */
    private static final String ALBUMS =
            "SELECT a.*, (SELECT p.id FROM album p WHERE p.id = a.parent) AS within FROM album a";

    private static final String LATEST_FIRST = " ORDER BY a.created_at DESC, a.id DESC";

    /** What of an album the caller sees. By the item's own index each time: a join might read all items. */
    private static final String MEMBERS = " FROM album_item m CROSS JOIN LATERAL (SELECT * FROM item"
            + " WHERE item.sha256 = m.sha256 AND item.owner = m.owner LIMIT 1) i";

    private static final String LISTED = " WHERE i.present AND i.trashed_at IS NULL";

    private final Jdbi jdbi;
    private final String household;

    JdbiAlbumLibrary(DataSource database, String household) {
        this.household = household;
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    private <T> T as(Claims who, Function<Handle, T> work) {
        return Claimed.as(jdbi, who, household, work);
    }

    @Override
    public Page page(Claims who, Wanted wanted, int first, Optional<Cursor> after) {
        return as(who, handle -> {
            StringBuilder sql = new StringBuilder("SELECT a.* FROM (" + ALBUMS + ") a WHERE true");
            wanted.parent().ifPresent(_ -> sql.append(" AND a.within = :parent"));
            sql.append(wanted.top() ? " AND a.within IS NULL" : "");
            wanted.shared()
                    .ifPresent(shared -> sql.append(" AND a.owner ")
                            .append(shared ? "<>" : "=")
                            .append(" :subject"));
            after.ifPresent(_ -> sql.append(" AND (a.created_at, a.id) < (:time, :id)"));
            Query query =
                    handle.createQuery(sql + LATEST_FIRST + " LIMIT :limit").bind("limit", first + 1);
            wanted.parent().ifPresent(parent -> query.bind("parent", parent));
            wanted.shared().ifPresent(_ -> query.bind("subject", who.subject()));
            after.ifPresent(cursor -> query.bind("time", cursor.sortTime().atOffset(ZoneOffset.UTC))
                    .bind("id", cursor.item()));
            List<Seen> albums = query.map((row, context) -> seen(who, row)).list();
            boolean more = albums.size() > first;
            return new Page(more ? List.copyOf(albums.subList(0, first)) : albums, more);
        });
    }

    @Override
    public Map<UUID, Seen> albums(Claims who, Collection<UUID> ids) {
        return as(
                who,
                handle -> handle.createQuery(ALBUMS + " WHERE a.id = ANY(:ids)")
                        .bind("ids", ids.toArray(UUID[]::new))
                        .map((row, context) -> seen(who, row))
                        .collect(Collectors.toMap(Seen::id, Function.identity())));
    }

    private static Seen seen(Claims who, ResultSet row) throws SQLException {
        Map<Grantee, AlbumRole> grants = AlbumRows.grants(row);
        // Whoever was shown it in another way only looks at it.
        AlbumRole role = AlbumRole.of(who, row.getString("owner"), grants).orElse(AlbumRole.VIEW);
        boolean edits = role.may(AlbumAction.EDIT);
        return new Seen(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                row.getString("name"),
                row.getString("description"),
                Optional.ofNullable(row.getObject("within", UUID.class)),
                AlbumRows.order(row),
                row.getString("kind").equals("rule"),
                AssetRow.text(row, "rule").filter(_ -> edits).map(AlbumDocument::readRule),
                role,
                role.may(AlbumAction.SHARE) ? grants : Map.of(),
                AssetRow.time(row, "created_at").toInstant(),
                AssetRow.time(row, "changed_at").toInstant());
    }

    @Override
    public Map<UUID, List<Seen>> holding(Claims who, Collection<UUID> items) {
        return as(who, handle -> {
            Map<UUID, List<Seen>> holding = new HashMap<>();
            handle.createQuery("SELECT a.*, i.id AS item FROM item i"
                            + " JOIN album_item m ON m.sha256 = i.sha256 AND m.owner = i.owner"
                            + " JOIN (" + ALBUMS + ") a ON a.id = m.album WHERE i.id = ANY(:items)" + LATEST_FIRST)
                    .bind("items", items.toArray(UUID[]::new))
                    .map((row, context) -> Map.entry(row.getObject("item", UUID.class), seen(who, row)))
                    .forEach(entry -> holding.computeIfAbsent(entry.getKey(), item -> new ArrayList<>())
                            .add(entry.getValue()));
            return holding;
        });
    }

    @Override
    public Map<UUID, Long> counts(Claims who, Collection<UUID> albums) {
        return as(
                who,
                handle -> handle.createQuery("SELECT m.album, count(*) AS items" + MEMBERS + LISTED
                                + " AND m.album = ANY(:albums) GROUP BY m.album")
                        .bind("albums", albums.toArray(UUID[]::new))
                        .map((row, context) -> Map.entry(row.getObject("album", UUID.class), row.getLong("items")))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public Map<UUID, Item> covers(Claims who, Collection<UUID> albums) {
        return as(who, handle -> {
            Map<UUID, UUID> shown = new LinkedHashMap<>();
            handle.createQuery("SELECT DISTINCT ON (m.album) m.album, i.id"
                            + MEMBERS
                            + " JOIN album a ON a.id = m.album" + LISTED
                            + " AND m.album = ANY(:albums) ORDER BY m.album, (i.id = a.cover) DESC NULLS LAST,"
                            + " CASE WHEN a.ordered = 'manual' AND a.kind = 'manual' THEN m.position END,"
                            + " i.sort_time DESC, i.id DESC")
                    .bind("albums", albums.toArray(UUID[]::new))
                    .map((row, context) ->
                            shown.put(row.getObject("album", UUID.class), row.getObject("id", UUID.class)))
                    .list();
            Map<UUID, Item> items = told(who, handle, shown.values());
            Map<UUID, Item> covers = new HashMap<>();
            shown.forEach((album, item) -> {
                if (items.containsKey(item)) {
                    covers.put(album, items.get(item));
                }
            });
            return covers;
        });
    }

    private Map<UUID, Item> told(Claims who, Handle handle, Collection<UUID> ids) {
        return JdbiLibrary.told(handle, AccessPolicy.owners(who, household), ids).stream()
                .collect(Collectors.toMap(Item::id, Function.identity()));
    }

    private record Place(UUID item, AlbumCursor cursor) {}

    @Override
    public Items items(Claims who, UUID album, int first, Optional<AlbumCursor> after) {
        return as(who, handle -> {
            Optional<AlbumOrder> order = handle.createQuery("SELECT ordered, kind FROM album WHERE id = :id")
                    .bind("id", album)
                    .map((row, context) ->
                            row.getString("kind").equals("rule") ? AlbumOrder.BY_TIME : AlbumRows.order(row))
                    .findOne();
            if (order.isEmpty()) {
                return new Items(List.of(), false);
            }
            List<Place> places = order.get() == AlbumOrder.MANUAL
                    ? asPut(handle, album, first + 1, after)
                    : newestFirst(handle, album, first + 1, after);
            Map<UUID, Item> items =
                    told(who, handle, places.stream().map(Place::item).toList());
            boolean more = places.size() > first;
            return new Items(
                    places.stream()
                            .limit(first)
                            .filter(place -> items.containsKey(place.item()))
                            .map(place -> new Placed(items.get(place.item()), place.cursor()))
                            .toList(),
                    more);
        });
    }

    private static List<Place> asPut(Handle handle, UUID album, int limit, Optional<AlbumCursor> after) {
        Query query = handle.createQuery("SELECT i.id, m.position" + MEMBERS + LISTED + " AND m.album = :album"
                        + (after.isPresent() ? " AND (m.position, i.id) > (:position, :item)" : "")
                        + " ORDER BY m.position, i.id LIMIT :limit")
                .bind("album", album)
                .bind("limit", limit);
        after.ifPresent(cursor -> query.bind("position", cursor.position()).bind("item", cursor.item()));
        return query.map((row, context) -> place(row.getObject("id", UUID.class), row.getLong("position")))
                .list();
    }

    private static List<Place> newestFirst(Handle handle, UUID album, int limit, Optional<AlbumCursor> after) {
        Query query = handle.createQuery("SELECT i.id, i.sort_time" + MEMBERS + LISTED + " AND m.album = :album"
                        + (after.isPresent() ? " AND (i.sort_time, i.id) < (:time, :item)" : "")
                        + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit")
                .bind("album", album)
                .bind("limit", limit);
        after.ifPresent(cursor -> query.bind(
                        "time",
                        Instant.EPOCH.plus(cursor.position(), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC))
                .bind("item", cursor.item()));
        return query.map((row, context) -> place(
                        row.getObject("id", UUID.class),
                        ChronoUnit.MICROS.between(
                                Instant.EPOCH, AssetRow.time(row, "sort_time").toInstant())))
                .list();
    }

    private static Place place(UUID item, long position) {
        return new Place(item, new AlbumCursor(position, item));
    }

    @Override
    public List<String> gathered(Claims who) {
        return AccessPolicy.owners(who, Action.CHANGE, household);
    }

    @Override
    public void record(Claims who, Optional<Album> before, Album after) {
        Conflicts.retried(() -> as(who, handle -> {
            AlbumRows rows = new AlbumRows(handle);
            if (after.deleted()) {
                rows.remove(after.id());
            } else if (before.isEmpty()) {
                rows.insert(after);
            } else if (!before.get().rule().equals(after.rule())) {
                rows.remove(after.id());
                rows.insert(after);
            } else {
                rows.update(before.get().entries(), after.entries(), after.id());
                rows.update(after);
            }
            return true;
        }));
    }
}
