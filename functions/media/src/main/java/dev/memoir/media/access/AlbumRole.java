package dev.memoir.media.access;

import dev.memoir.media.Claims;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What somebody is to an album; each may do what those before it may. Who has none does not know that there is one. */
public enum AlbumRole {
    VIEW,
    CONTRIBUTE,
    MANAGE,
    /** Whoever made it: this one can't be given. */
    OWN;

    public boolean may(AlbumAction action) {
        return compareTo(action.least()) >= 0;
    }

    /**
     * The most that somebody is to an album.
     *
     * @param owner who made it
     * @param grants whom it was given, and as what
     */
    public static Optional<AlbumRole> of(Claims who, String owner, Map<Grantee, AlbumRole> grants) {
        if (who.subject().equals(owner)) {
            return Optional.of(OWN);
        }
        return Stream.concat(
                        Stream.of(Grantee.subject(who.subject())),
                        who.groups().stream().map(Grantee::group))
                .flatMap(grantee -> Stream.ofNullable(grants.get(grantee)))
                .max(AlbumRole::compareTo);
    }
}
