package dev.memoir.catalog;

import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Albums as a person sees them, by the database role {@code memoir_api}. Each call is one transaction that carries the caller's
 * claims. The documents in the bucket decide what an album is; this is what was made of them.
 */
public interface AlbumLibrary {

    /** @param household who owns what belongs to all of the family */
    static AlbumLibrary over(DataSource database, String household) {
        return new JdbiAlbumLibrary(database, household);
    }

    /** Albums, the latest made first. */
    Page page(Claims who, Wanted wanted, int first, Optional<Cursor> after);

    /** Those of the albums that the caller sees. */
    Map<UUID, Seen> albums(Claims who, Collection<UUID> ids);

    /** The albums that the caller sees in which each of the items is, the latest made first. */
    Map<UUID, List<Seen>> holding(Claims who, Collection<UUID> items);

    /** How many items the caller sees in each album. One without any has no entry. */
    Map<UUID, Long> counts(Claims who, Collection<UUID> albums);

    /** What each album is shown by: the chosen picture if the caller sees it in it, else its first. */
    Map<UUID, Item> covers(Claims who, Collection<UUID> albums);

    /** The items of an album that the caller sees, in its order. */
    Items items(Claims who, UUID album, int first, Optional<AlbumCursor> after);

    /** Among whose items a rule that the caller makes may gather: those whose items they may change. */
    List<String> gathered(Claims who);

    /**
     * Has the rows follow a document.
     *
     * @param before its state before; empty for one that was made
     */
    void record(Claims who, Optional<Album> before, Album after);

    /**
     * Which albums are asked for.
     *
     * @param parent only those that lie in it
     * @param top only those that lie in no album that the caller sees
     * @param shared true: only others'; false: only the caller's own
     */
    record Wanted(Optional<UUID> parent, boolean top, Optional<Boolean> shared) {}

    /**
     * What the caller may know of an album.
     *
     * @param parent empty, too, when the caller does not see it
     * @param role what the caller is to it
     * @param rule only for who may change it
     * @param grants only for who may change them
     */
    record Seen(
            UUID id,
            String owner,
            String name,
            String description,
            Optional<UUID> parent,
            AlbumOrder order,
            boolean gathers,
            Optional<AlbumRule> rule,
            AlbumRole role,
            Map<Grantee, AlbumRole> grants,
            Instant createdAt,
            Instant changedAt) {
        /** The place right after it in the list. */
        public Cursor cursor() {
            return new Cursor(createdAt, id);
        }
    }

    /** @param more whether there are albums after these */
    record Page(List<Seen> albums, boolean more) {}

    /**
     * A picture in an album.
     *
     * @param cursor the place right after it
     */
    record Placed(Item item, AlbumCursor cursor) {}

    /**
     * Part of an album.
     *
     * @param more whether there are items after these
     */
    record Items(List<Placed> items, boolean more) {}
}
