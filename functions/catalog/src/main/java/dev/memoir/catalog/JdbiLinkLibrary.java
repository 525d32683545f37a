package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Each method is one transaction, with the caller's claims or the guest's link. */
final class JdbiLinkLibrary implements LinkLibrary {
    /** Hours of which a maker is told. */
    private static final int HOURS = 100;

    private final Jdbi jdbi;
    private final String household;

    JdbiLinkLibrary(DataSource database, String household) {
        this.household = household;
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public void record(Claims who, Link link) {
        Conflicts.retried(() -> Claimed.as(jdbi, who, household, handle -> {
            LinkRows.write(handle, link);
            return true;
        }));
    }

    @Override
    public List<Made> links(Claims who) {
        return Claimed.as(jdbi, who, household, handle -> {
            List<Link> links = handle.createQuery(
                            "SELECT * FROM share_link WHERE owner = :owner ORDER BY created_at DESC, id")
                    .bind("owner", who.subject())
                    .map((row, context) -> LinkRows.read(row))
                    .list();
            String[] ids = links.stream().map(Link::id).toArray(String[]::new);
            Map<String, Long> items = items(handle, ids);
            Map<String, List<Use>> uses = uses(handle, ids);
            return links.stream()
                    .map(link ->
                            new Made(link, items.getOrDefault(link.id(), 0L), uses.getOrDefault(link.id(), List.of())))
                    .toList();
        });
    }

    /** As far as the maker still sees them. */
    private static Map<String, Long> items(Handle handle, String[] ids) {
        Map<String, Long> items = new HashMap<>();
        handle.createQuery("SELECT l.link, count(*) FROM (SELECT link, sha256, owner FROM link_item UNION"
                        + " SELECT s.id, a.sha256, a.owner FROM share_link s JOIN album_item a ON a.album = s.album) l"
                        + " JOIN item i ON i.sha256 = l.sha256 AND i.owner = l.owner"
                        + " WHERE l.link = ANY(:ids) AND i.present AND NOT i.sensitive AND i.trashed_at IS NULL"
                        + " GROUP BY l.link")
                .bind("ids", ids)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(entry -> items.put(entry.getKey(), entry.getValue()));
        return items;
    }

    private static Map<String, List<Use>> uses(Handle handle, String[] ids) {
        Map<String, List<Use>> uses = new HashMap<>();
        handle.createQuery("SELECT u.* FROM unnest(:ids) AS q(id) CROSS JOIN LATERAL"
                        + " (SELECT * FROM link_use WHERE link_use.link = q.id ORDER BY hour DESC LIMIT " + HOURS
                        + ") u ORDER BY u.hour DESC")
                .bind("ids", ids)
                .map((row, context) -> Map.entry(
                        row.getString("link"),
                        new Use(
                                AssetRow.time(row, "hour").toInstant(),
                                row.getLong("openings"),
                                row.getLong("downloads"))))
                .forEach(entry -> uses.computeIfAbsent(entry.getKey(), link -> new ArrayList<>())
                        .add(entry.getValue()));
        return uses;
    }

    @Override
    public Optional<Link> open(Guest guest) {
        return as(guest, handle -> link(handle, guest));
    }

    private static Optional<Link> link(Handle handle, Guest guest) {
        return handle.createQuery("SELECT * FROM share_link WHERE id = :id")
                .bind("id", guest.link())
                .map((row, context) -> LinkRows.read(row))
                .findOne();
    }

    @Override
    public Library.Page page(Guest guest, int first, Optional<Cursor> after) {
        return as(guest, handle -> {
            Query query = handle.createQuery("SELECT " + JdbiLibrary.COLUMNS
                            + " FROM (SELECT sha256, owner FROM link_item WHERE link = :link UNION"
                            + " SELECT a.sha256, a.owner FROM share_link s JOIN album_item a ON a.album = s.album"
                            + " WHERE s.id = :link) l JOIN item i ON i.sha256 = l.sha256 AND i.owner = l.owner"
                            + JdbiLibrary.ASSET
                            + " WHERE i.present AND i.trashed_at IS NULL"
                            + after.map(a -> " AND (i.sort_time, i.id) < (:time, :id)")
                                    .orElse("")
                            + " ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit")
                    .bind("link", guest.link())
                    .bind("limit", first + 1);
            after.ifPresent(a ->
                    query.bind("time", a.sortTime().atOffset(ZoneOffset.UTC)).bind("id", a.item()));
            List<Item> found =
                    query.map((row, context) -> JdbiLibrary.item(row)).list();
            boolean more = found.size() > first;
            return new Library.Page(more ? List.copyOf(found.subList(0, first)) : found, more, Optional.empty());
        });
    }

    @Override
    public Optional<Given> given(Guest guest, Sha256 asset) {
        return as(
                guest,
                handle -> link(handle, guest)
                        .flatMap(link -> item(handle, asset)
                                .map(item -> new Given(
                                        link,
                                        item,
                                        link.terms().originals() ? object(handle, item) : Optional.empty()))));
    }

    private static Optional<Item> item(Handle handle, Sha256 asset) {
        return handle.createQuery("SELECT " + JdbiLibrary.COLUMNS + " FROM item i" + JdbiLibrary.ASSET
                        + " WHERE i.sha256 = :sha256 AND i.present AND i.trashed_at IS NULL ORDER BY i.owner LIMIT 1")
                .bind("sha256", asset.bytes())
                .map((row, context) -> JdbiLibrary.item(row))
                .findOne();
    }

    private static Optional<Library.HeldObject> object(Handle handle, Item item) {
        return handle.createQuery("SELECT * FROM object WHERE sha256 = :sha256 AND owner = :owner AND current"
                        + " ORDER BY last_modified DESC, key LIMIT 1")
                .bind("sha256", item.sha256().bytes())
                .bind("owner", item.owner())
                .map((row, context) -> JdbiLibrary.object(row))
                .findOne();
    }

    @Override
    public List<Named> names(Guest guest, List<Sha256> assets) {
        return as(
                guest,
                handle -> link(handle, guest)
                        .filter(link -> link.terms().showNames())
                        .map(link -> handle.createQuery(
                                        "SELECT DISTINCT ON (sha256) sha256, key FROM object"
                                                + " WHERE sha256 = ANY(:assets) AND current ORDER BY sha256, last_modified DESC, key")
                                .bind(
                                        "assets",
                                        assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                                .map((row, context) ->
                                        new Named(Sha256.of(row.getBytes("sha256")), name(row.getBytes("key"))))
                                .list())
                        .orElse(List.of()));
    }

    /** Folders say whose it is, so they are left out. */
    static String name(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        return text.substring(text.lastIndexOf('/') + 1);
    }

    @Override
    public void opened(Guest guest) {
        count(guest, 1, 0);
    }

    @Override
    public void downloaded(Guest guest) {
        count(guest, 0, 1);
    }

    private void count(Guest guest, int openings, int downloads) {
        Conflicts.retried(() -> as(
                guest,
                handle -> handle.createUpdate("INSERT INTO link_use (link, hour, openings, downloads)"
                                + " VALUES (:link, :hour, :openings, :downloads) ON CONFLICT (link, hour) DO UPDATE SET"
                                + " openings = link_use.openings + excluded.openings,"
                                + " downloads = link_use.downloads + excluded.downloads")
                        .bind("link", guest.link())
                        .bind("hour", OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS))
                        .bind("openings", openings)
                        .bind("downloads", downloads)
                        .execute()));
    }

    private <T> T as(Guest guest, Function<Handle, T> work) {
        return Claimed.asGuest(jdbi, guest.link(), guest.epoch(), work);
    }
}
