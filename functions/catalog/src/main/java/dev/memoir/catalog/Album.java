package dev.memoir.catalog;

import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumAction;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * An album as its document in the bucket of originals has it, see {@link AlbumDocument}. Rows are made from it.
 *
 * @param owner who made it
 * @param name what it is called
 * @param description empty for none
 * @param cover the picture by which it is shown; empty for any
 * @param parent the album that it lies in
 * @param order in which its pictures are shown
 * @param rule by what it gathers pictures of itself; one without has those that were added
 * @param grants who else has it, and as what
 * @param entries what was added, in the order by hand
 * @param changedAt when it was last written
 * @param deleted whether its owner removed it; nobody sees it any more
 */
public record Album(
        UUID id,
        String owner,
        String name,
        String description,
        Optional<Member> cover,
        Optional<UUID> parent,
        AlbumOrder order,
        Optional<AlbumRule> rule,
        Map<Grantee, AlbumRole> grants,
        List<Entry> entries,
        Instant createdAt,
        Instant changedAt,
        boolean deleted) {
    /** In the bucket of originals. */
    public static final String FOLDER = ".memoir/albums/";

    public Album {
        grants = Map.copyOf(grants);
        entries = List.copyOf(entries);
    }

    /** Somebody's entry for an asset. */
    public record Member(String owner, Sha256 asset) {
        /** The id of the item. */
        public UUID item() {
            return ItemId.of(owner, asset);
        }
    }

    /**
     * A picture in an album.
     *
     * @param position greater than that of the one before it
     * @param by who added it
     */
    public record Entry(Member member, long position, String by, Instant at) {}

    /** Where its document lies. */
    public static String key(UUID id) {
        return FOLDER + id + ".json";
    }

    /** What somebody is to it; empty for nobody that it concerns. */
    public Optional<AlbumRole> role(Claims who) {
        return deleted ? Optional.empty() : AlbumRole.of(who, owner, grants);
    }

    /** Whether somebody may do that to it. */
    public boolean allows(Claims who, AlbumAction action) {
        return AccessPolicy.allows(who, action, this);
    }

    /** The same, but for what it says of itself. */
    public Album saying(
            String title, String text, Optional<Member> shownBy, Optional<UUID> in, AlbumOrder by, Instant now) {
        return new Album(
                id, owner, title, text, shownBy, in, by, rule, grants, entries, createdAt, later(now), deleted);
    }

    /** The same, but gathering by another rule. */
    public Album gathering(AlbumRule by) {
        return new Album(
                id,
                owner,
                name,
                description,
                cover,
                parent,
                order,
                Optional.of(by),
                grants,
                entries,
                createdAt,
                changedAt,
                deleted);
    }

    /** The same, but given so. */
    public Album given(Map<Grantee, AlbumRole> to, Instant now) {
        return new Album(
                id, owner, name, description, cover, parent, order, rule, to, entries, createdAt, later(now), deleted);
    }

    /** The same, but with these pictures: that alone does not count as a change of the album. */
    public Album holding(List<Entry> pictures) {
        return new Album(
                id,
                owner,
                name,
                description,
                cover,
                parent,
                order,
                rule,
                grants,
                pictures,
                createdAt,
                changedAt,
                deleted);
    }

    /** The same, but removed. */
    public Album removed(Instant now) {
        return new Album(
                id, owner, name, description, cover, parent, order, rule, grants, entries, createdAt, later(now), true);
    }

    /** Each change is later than the one before it, whatever clocks say: by that rows know which of two is the newer. */
    private Instant later(Instant now) {
        return now.isAfter(changedAt) ? now : changedAt.plus(1, ChronoUnit.MICROS);
    }
}
