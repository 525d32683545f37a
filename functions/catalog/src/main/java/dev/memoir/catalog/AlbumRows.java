package dev.memoir.catalog;

import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The rows that are made of an album's document. */
final class AlbumRows {
    private static final String COLUMNS = "id, owner, name, description, cover, parent, ordered, kind, rule, gathers,"
            + " viewers, contributors, managers, created_at, changed_at";
    private static final String VALUES =
            ":id, :owner, :name, :description, cast(:cover AS uuid), cast(:parent AS uuid),"
                    + " :ordered, :kind, cast(:rule AS jsonb), :gathers, :viewers, :contributors, :managers, :createdAt, :changedAt";
    private static final String SAID = "name = :name, description = :description, cover = cast(:cover AS uuid),"
            + " parent = cast(:parent AS uuid), ordered = :ordered, viewers = :viewers, contributors = :contributors,"
            + " managers = :managers, changed_at = :changedAt";

    private final Handle handle;

    AlbumRows(Handle handle) {
        this.handle = handle;
    }

    /** One that there is no row of yet. */
    void insert(Album album) {
        AlbumGathering gathering = new AlbumGathering(handle);
        Optional<AlbumRule> rule = album.rule().map(gathering::asKnown);
        handle.createUpdate("INSERT INTO album (" + COLUMNS + ") VALUES (" + VALUES + ")")
                .bindMap(values(album, rule))
                .execute();
        put(album.id(), album.entries());
        rule.ifPresent(by -> gathering.gather(album.id(), album.owner(), by));
    }

    /** What it says of itself, unless the row was made of a later state. The rule stays. */
    void update(Album album) {
        handle.createUpdate("UPDATE album SET " + SAID + " WHERE id = :id AND changed_at < :changedAt")
                .bindMap(said(album))
                .execute();
    }

    /** What was put into it, taken out of it and moved in it from one state to the next. */
    void update(List<Album.Entry> before, List<Album.Entry> after, UUID album) {
        Map<Album.Member, Album.Entry> known =
                before.stream().collect(Collectors.toMap(Album.Entry::member, Function.identity()));
        Set<Album.Member> gone = new HashSet<>(known.keySet());
        after.forEach(entry -> gone.remove(entry.member()));
        takeOut(album, gone);
        put(
                album,
                after.stream()
                        .filter(entry -> !known.containsKey(entry.member()))
                        .toList());
        move(
                album,
                after.stream()
                        .filter(entry -> known.containsKey(entry.member())
                                && known.get(entry.member()).position() != entry.position())
                        .toList());
    }

    void remove(UUID album) {
        handle.createUpdate("DELETE FROM album WHERE id = :id")
                .bind("id", album)
                .execute();
    }

    /** Makes everything so, whatever the rows were made of; of one that was removed there are none. */
    void settle(Album album) {
        if (album.deleted()) {
            remove(album.id());
            return;
        }
        AlbumGathering gathering = new AlbumGathering(handle);
        Optional<AlbumRule> rule = album.rule().map(gathering::asKnown);
        handle.createUpdate("INSERT INTO album (" + COLUMNS + ") VALUES (" + VALUES
                        + ") ON CONFLICT (id) DO UPDATE SET "
                        + SAID + ", owner = :owner, kind = :kind, rule = cast(:rule AS jsonb), gathers = :gathers,"
                        + " created_at = :createdAt")
                .bindMap(values(album, rule))
                .execute();
        if (rule.isPresent()) {
            gathering.gather(album.id(), album.owner(), rule.get());
        } else {
            update(entries(album.id()), album.entries(), album.id());
        }
    }

    private List<Album.Entry> entries(UUID album) {
        return handle.createQuery("SELECT * FROM album_item WHERE album = :album ORDER BY position, sha256, owner")
                .bind("album", album)
                .map((row, context) -> new Album.Entry(
                        new Album.Member(row.getString("owner"), Sha256.of(row.getBytes("sha256"))),
                        row.getLong("position"),
                        row.getString("added_by"),
                        AssetRow.time(row, "added_at").toInstant()))
                .list();
    }

    private void put(UUID album, List<Album.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        of(
                        "INSERT INTO album_item (album, owner, sha256, position, added_by, added_at)"
                                + " SELECT :album, e.* FROM unnest(:owners, :assets, :positions, :by, cast(:at AS timestamptz[]))"
                                + " AS e(owner, sha256, position, added_by, added_at) ON CONFLICT DO NOTHING",
                        album,
                        entries)
                .bind("by", entries.stream().map(Album.Entry::by).toArray(String[]::new))
                .bind("at", entries.stream().map(entry -> entry.at().toString()).toArray(String[]::new))
                .execute();
    }

    private void takeOut(UUID album, Collection<Album.Member> members) {
        if (members.isEmpty()) {
            return;
        }
        List<Album.Member> all = List.copyOf(members);
        handle.createUpdate("DELETE FROM album_item m USING unnest(:owners, :assets) AS e(owner, sha256)"
                        + " WHERE m.album = :album AND m.owner = e.owner AND m.sha256 = e.sha256")
                .bind("album", album)
                .bind("owners", all.stream().map(Album.Member::owner).toArray(String[]::new))
                .bind("assets", assets(all))
                .execute();
    }

    private void move(UUID album, List<Album.Entry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        of(
                        "UPDATE album_item m SET position = e.position"
                                + " FROM unnest(:owners, :assets, :positions) AS e(owner, sha256, position)"
                                + " WHERE m.album = :album AND m.owner = e.owner AND m.sha256 = e.sha256",
                        album,
                        entries)
                .execute();
    }

    private Update of(String statement, UUID album, List<Album.Entry> entries) {
        return handle.createUpdate(statement)
                .bind("album", album)
                .bind(
                        "owners",
                        entries.stream().map(entry -> entry.member().owner()).toArray(String[]::new))
                .bind("assets", assets(entries.stream().map(Album.Entry::member).toList()))
                .bind("positions", positions(entries));
    }

    private static byte[][] assets(List<Album.Member> members) {
        return members.stream().map(member -> member.asset().bytes()).toArray(byte[][]::new);
    }

    private static Long[] positions(List<Album.Entry> entries) {
        return entries.stream().map(Album.Entry::position).toArray(Long[]::new);
    }

    private static Map<String, Object> values(Album album, Optional<AlbumRule> rule) {
        Map<String, Object> values = said(album);
        values.put("owner", album.owner());
        values.put("kind", rule.isPresent() ? "rule" : "manual");
        values.put("rule", rule.map(by -> AlbumDocument.rule(by).toString()).orElse(null));
        values.put(
                "gathers",
                rule.map(AlbumRule::owners).orElse(Set.of()).stream().sorted().toArray(String[]::new));
        values.put("createdAt", album.createdAt().atOffset(ZoneOffset.UTC));
        return values;
    }

    private static Map<String, Object> said(Album album) {
        Map<String, Object> values = new HashMap<>();
        values.put("id", album.id());
        values.put("name", album.name());
        values.put("description", album.description());
        values.put("cover", album.cover().map(Album.Member::item).orElse(null));
        values.put("parent", album.parent().orElse(null));
        values.put("ordered", AlbumDocument.word(album.order()));
        values.put("viewers", having(album, AlbumRole.VIEW));
        values.put("contributors", having(album, AlbumRole.CONTRIBUTE));
        values.put("managers", having(album, AlbumRole.MANAGE));
        values.put("changedAt", album.changedAt().atOffset(ZoneOffset.UTC));
        return values;
    }

    private static String[] having(Album album, AlbumRole least) {
        return album.grants().entrySet().stream()
                .filter(grant -> grant.getValue().compareTo(least) >= 0)
                .map(grant -> grant.getKey().text())
                .sorted()
                .toArray(String[]::new);
    }

    /** As it was given. */
    static Map<Grantee, AlbumRole> grants(ResultSet row) throws SQLException {
        Map<Grantee, AlbumRole> grants = new TreeMap<>();
        AssetRow.strings(row, "viewers").forEach(text -> grants.put(Grantee.parse(text), AlbumRole.VIEW));
        AssetRow.strings(row, "contributors").forEach(text -> grants.put(Grantee.parse(text), AlbumRole.CONTRIBUTE));
        AssetRow.strings(row, "managers").forEach(text -> grants.put(Grantee.parse(text), AlbumRole.MANAGE));
        return grants;
    }

    static AlbumOrder order(ResultSet row) throws SQLException {
        return AlbumOrder.valueOf(AlbumDocument.constant(row.getString("ordered")));
    }
}
