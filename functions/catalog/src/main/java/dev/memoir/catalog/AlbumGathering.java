package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * What albums gather by their rules. All of it is looked for when a rule is made, and by each sweep; in between an item that
 * changes is put into those albums whose rules find it, and taken out of the others.
 */
final class AlbumGathering {
    /** As many as an album may have. */
    private static final int MOST = 20_000;

    private static final String PUT = "INSERT INTO album_item (album, owner, sha256, position, added_by, added_at)"
            + " SELECT :album, owner, sha256, 0, :by, clock_timestamp() FROM item ";

    private final Handle handle;

    AlbumGathering(Handle handle) {
        this.handle = handle;
    }

    /**
     * An item as rules look at it.
     *
     * @param covered whether it lies beneath another one, which is found instead
     */
    record Found(
            String owner,
            Sha256 asset,
            boolean covered,
            Collection<String> terms,
            Instant sortTime,
            Optional<Double> latitude,
            Optional<Double> longitude) {}

    /** A rule whose people are those whom the ones that were named have become. */
    AlbumRule asKnown(AlbumRule rule) {
        if (rule.people().isEmpty()) {
            return rule;
        }
        Decided decided = Decided.of(Decisions.read(handle));
        return rule.showing(rule.people().stream().map(decided::resolve).collect(Collectors.toSet()));
    }

    /** Makes an album have what its rule finds, and nothing else. */
    void gather(UUID album, String albumOwner, AlbumRule rule) {
        UUID[] found = rule.owners().stream()
                .flatMap(owner -> Stream.of(rule.filter(false), rule.filter(true))
                        .flatMap(
                                filter -> new ItemSearch(handle, owner, filter, Optional.empty()).first(MOST).stream()))
                .limit(MOST)
                .toArray(UUID[]::new);
        handle.createUpdate("DELETE FROM album_item m WHERE m.album = :album AND NOT EXISTS (SELECT 1 FROM item i"
                        + " WHERE i.id = ANY(:found) AND i.sha256 = m.sha256 AND i.owner = m.owner)")
                .bind("album", album)
                .bind("found", found)
                .execute();
        handle.createUpdate(PUT + "WHERE id = ANY(:found) ORDER BY id ON CONFLICT DO NOTHING")
                .bind("album", album)
                .bind("by", albumOwner)
                .bind("found", found)
                .execute();
    }

    private record Gathering(UUID album, String owner, AlbumRule rule) {}

    /** Has the albums follow that gather among the item's owner's; of who is not the functions' role only their own. */
    void follow(Found item) {
        List<Gathering> gathering = handle.createQuery("SELECT id, owner, rule FROM album WHERE kind = 'rule'"
                        + " AND :owner = ANY(gathers) AND (current_user = '" + Schema.INGEST + "'"
                        + " OR owner = current_setting('memoir.subject', true)) ORDER BY id")
                .bind("owner", item.owner())
                .map((row, context) -> new Gathering(
                        row.getObject("id", UUID.class),
                        row.getString("owner"),
                        AlbumDocument.readRule(row.getString("rule"))))
                .list();
        for (Gathering album : gathering) {
            String sql = finds(album.rule(), item)
                    ? PUT + "WHERE sha256 = :sha256 AND owner = :owner ON CONFLICT DO NOTHING"
                    : "DELETE FROM album_item WHERE album = :album AND owner = :owner AND sha256 = :sha256";
            handle.createUpdate(sql)
                    .configure(SqlStatements.class, statements -> statements.setUnusedBindingAllowed(true))
                    .bind("album", album.album())
                    .bind("by", album.owner())
                    .bind("owner", item.owner())
                    .bind("sha256", item.asset().bytes())
                    .execute();
        }
    }

    private static boolean finds(AlbumRule rule, Found item) {
        boolean inTime = rule.from().filter(item.sortTime()::isBefore).isEmpty()
                && rule.before()
                        .filter(before -> !item.sortTime().isBefore(before))
                        .isEmpty();
        return !item.covered()
                && inTime
                && rule.box().filter(box -> !lies(item, box)).isEmpty()
                && Requirements.of(rule.filter(false)).sets().stream()
                        .noneMatch(set -> Collections.disjoint(set, item.terms()));
    }

    private static boolean lies(Found item, GeoBox box) {
        return item.latitude().isPresent()
                && item.longitude().isPresent()
                && box.contains(item.latitude().get(), item.longitude().get());
    }
}
