package dev.memoir.catalog;

import dev.memoir.media.sharing.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How links lie in the tables. */
final class LinkRows {
    private LinkRows() {}

    /** What a link shows never changes, so its items are written once. */
    static void write(Handle handle, Link link) {
        handle.createUpdate("INSERT INTO share_link (id, owner, title, album, expires_at, locked, download, show_place,"
                        + " show_names, epoch, created_at, revoked_at) VALUES (:id, :owner, :title, :album, :expires,"
                        + " :locked, :download, :place, :names, :epoch, :created, :revoked)"
                        + " ON CONFLICT (id) DO UPDATE SET title = excluded.title, expires_at = excluded.expires_at,"
                        + " locked = excluded.locked, download = excluded.download, show_place = excluded.show_place,"
                        + " show_names = excluded.show_names, epoch = excluded.epoch, revoked_at = excluded.revoked_at"
                        + " WHERE share_link.epoch <= excluded.epoch")
                .bind("id", link.id())
                .bind("owner", link.owner())
                .bind("title", link.terms().title().orElse(null))
                .bind("album", link.album().orElse(null))
                .bind("expires", time(link.terms().expiresAt()))
                .bind("locked", link.locked())
                .bind("download", link.terms().download())
                .bind("place", link.terms().showPlace())
                .bind("names", link.terms().showNames())
                .bind("epoch", link.epoch())
                .bind("created", time(Optional.of(link.createdAt())))
                .bind("revoked", time(link.revokedAt()))
                .execute();
        handle.createUpdate("INSERT INTO link_item (link, owner, sha256)"
                        + " SELECT :id, q.owner, q.sha256 FROM unnest(:owners, :assets) AS q(owner, sha256)"
                        + " ON CONFLICT DO NOTHING")
                .bind("id", link.id())
                .bind("owners", link.items().stream().map(Link.Shared::owner).toArray(String[]::new))
                .bind(
                        "assets",
                        link.items().stream().map(item -> item.sha256().bytes()).toArray(byte[][]::new))
                .execute();
    }

    /** Without its items. */
    static Link read(ResultSet row) throws SQLException {
        return new Link(
                row.getString("id"),
                row.getString("owner"),
                List.of(),
                Optional.ofNullable(row.getObject("album", UUID.class)),
                new Link.Terms(
                        AssetRow.text(row, "title"),
                        instant(row, "expires_at"),
                        row.getBoolean("download"),
                        row.getBoolean("show_place"),
                        row.getBoolean("show_names")),
                row.getBoolean("locked"),
                row.getInt("epoch"),
                AssetRow.time(row, "created_at").toInstant(),
                instant(row, "revoked_at"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(AssetRow.time(row, column)).map(OffsetDateTime::toInstant);
    }

    private static OffsetDateTime time(Optional<Instant> time) {
        return time.map(instant -> instant.atOffset(ZoneOffset.UTC)).orElse(null);
    }
}
