package dev.memoir.media.sharing;

import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A link by which whoever has it sees some pictures, without a name of their own.
 *
 * @param id a hash of what the link's address carries, 32 hexadecimal digits: it opens nothing
 * @param owner who made it
 * @param items what it shows; empty where it shows an album
 * @param locked whether a password is asked for
 * @param epoch which of its tickets are good: those of an earlier one are not
 * @param revokedAt when it was ended; it never opens again
 */
public record Link(
        String id,
        String owner,
        List<Shared> items,
        Optional<UUID> album,
        Terms terms,
        boolean locked,
        int epoch,
        Instant createdAt,
        Optional<Instant> revokedAt) {
    public Link {
        items = List.copyOf(items);
    }

    /** One owner's entry for an asset. */
    public record Shared(String owner, Sha256 sha256) {}

    /**
     * What its guests are told and given.
     *
     * @param title for guests
     * @param expiresAt when it ends by itself
     * @param download whether pictures may be kept
     * @param showPlace whether guests learn where pictures were taken
     * @param showNames whether guests learn what the files are called
     */
    public record Terms(
            Optional<String> title,
            Optional<Instant> expiresAt,
            boolean download,
            boolean showPlace,
            boolean showNames) {

        /**
         * Whether guests get originals: they say where they were taken, so only where the place is no secret. Others keep the
         * largest picture that was made of it, which says nothing of itself.
         */
        public boolean originals() {
            return download && showPlace;
        }
    }

    /** Whether it opens at that time. */
    public boolean open(Instant now) {
        return revokedAt.isEmpty()
                && terms.expiresAt().filter(end -> !end.isAfter(now)).isEmpty();
    }

    public Link with(Terms changed) {
        return new Link(id, owner, items, album, changed, locked, epoch, createdAt, revokedAt);
    }

    /** With another password, or none: what was opened by the one before is closed. */
    public Link locked(boolean now) {
        return new Link(id, owner, items, album, terms, now, epoch + 1, createdAt, revokedAt);
    }

    public Link revoked(Instant at) {
        return new Link(id, owner, items, album, terms, locked, epoch + 1, createdAt, Optional.of(at));
    }
}
