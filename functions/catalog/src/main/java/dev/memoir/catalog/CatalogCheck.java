package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import dev.memoir.people.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * Whether rows are what the library's documents would make them: each comparison writes what a document says, by the very code
 * that always does, and rolls it back. By the database role {@code memoir_ingest}. What others change at that moment may look
 * like a difference, so one is to be asked for again.
 */
public final class CatalogCheck {
    /** Before every id. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Jdbi jdbi;

    private CatalogCheck(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    public static CatalogCheck over(DataSource database) {
        return new CatalogCheck(database);
    }

    /** An owner's entry for an asset. */
    public record Entry(UUID id, String owner, Sha256 asset) {
        @Override
        public String toString() {
            return owner + "'s " + asset.hex();
        }
    }

    /** The sidecar's row, and the items of which it speaks. */
    public boolean agrees(FoundSidecar found) {
        return unchanged(
                handle -> {
                    TreeSet<String> contents = new SidecarRows(handle).speaksOf(found.bucket(), found.key());
                    found.content().map(Sha256::hex).ifPresent(contents::add);
                    List<String> rows = new ArrayList<>(handle.createQuery(
                                    "SELECT to_jsonb(s)::text FROM sidecar s WHERE bucket = :bucket AND key = :key")
                            .bind("bucket", found.bucket())
                            .bind("key", SidecarRows.bytes(found.key()))
                            .mapTo(String.class)
                            .list());
                    rows.addAll(handle.createQuery(
                                    "SELECT to_jsonb(i)::text FROM item i WHERE sha256 = ANY(:assets) ORDER BY id")
                            .bind(
                                    "assets",
                                    contents.stream()
                                            .map(hex -> new Sha256(hex).bytes())
                                            .toArray(byte[][]::new))
                            .mapTo(String.class)
                            .list());
                    return rows;
                },
                handle -> new Intake(handle).record(found));
    }

    /** The album's row and what it holds. */
    public boolean agrees(Album album) {
        return unchanged(
                rows(
                        album.id(),
                        "SELECT to_jsonb(a)::text FROM album a WHERE id = :id",
                        "SELECT to_jsonb(m)::text FROM album_item m WHERE album = :id ORDER BY owner, sha256"),
                handle -> new AlbumRows(handle).settle(album));
    }

    /** The link's row and what it shows. */
    public boolean agrees(Link link) {
        return unchanged(
                rows(
                        link.id(),
                        "SELECT to_jsonb(l)::text FROM share_link l WHERE id = :id",
                        "SELECT to_jsonb(i)::text FROM link_item i WHERE link = :id ORDER BY owner, sha256"),
                handle -> {
                    for (String of : List.of("link_use WHERE link", "link_item WHERE link", "share_link WHERE id")) {
                        handle.createUpdate("DELETE FROM " + of + " = :id")
                                .bind("id", link.id())
                                .execute();
                    }
                    LinkRows.write(handle, link);
                });
    }

    /** The row that keeps it. */
    public boolean agrees(Decision decision) {
        return unchanged(rows(decision.id(), "SELECT to_jsonb(d)::text FROM decision d WHERE id = :id"), handle -> {
            handle.createUpdate("DELETE FROM decision WHERE id = :id")
                    .bind("id", decision.id())
                    .execute();
            Decisions.write(handle, decision);
        });
    }

    /** What an item says that its files do not: with nothing but sidecars to learn it from, it would say the same. */
    public boolean agrees(Entry entry) {
        return unchanged(rows(entry.id(), "SELECT to_jsonb(i)::text FROM item i WHERE id = :id"), handle -> {
            Stacking.lock(handle, Set.of(entry.owner()));
            new ItemRefresh(handle, entry.asset(), new ItemChanges(handle)).run(entry.owner());
        });
    }

    /** Items that say something that their files do not, after {@code after}, by id. */
    public List<Entry> edited(Optional<UUID> after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id, owner, sha256 FROM item WHERE id > :after"
                        + " AND (edits <> '{}' OR trashed_at IS NOT NULL) ORDER BY id LIMIT :limit")
                .bind("after", after.orElse(FIRST))
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getObject("id", UUID.class), row.getString("owner"), Sha256.of(row.getBytes("sha256"))))
                .list());
    }

    /** The links that there are rows of. */
    public Set<String> links() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM share_link")
                .mapTo(String.class)
                .set());
    }

    private static Function<Handle, List<String>> rows(Object id, String... queries) {
        return handle -> Stream.of(queries)
                .flatMap(query -> handle.createQuery(query).bind("id", id).mapTo(String.class).list().stream())
                .toList();
    }

    private boolean unchanged(Function<Handle, List<String>> rows, Consumer<Handle> write) {
        return Conflicts.retried(() -> jdbi.inTransaction(handle -> {
            List<String> before = rows.apply(handle);
            write.accept(handle);
            boolean same = rows.apply(handle).equals(before);
            handle.rollback();
            return same;
        }));
    }
}
