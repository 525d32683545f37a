package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Links as their makers and their guests see them, by the database role {@code memoir_api}. A guest's transaction takes the
 * role {@code memoir_guest} and carries the link and nobody's claims; what row security shows it ends with the link. Failures of the database are thrown as they are.
 */
public interface LinkLibrary {

    /** @param household who owns what belongs to all of the family */
    static LinkLibrary over(DataSource database, String household) {
        return new JdbiLinkLibrary(database, household);
    }

    /** Keeps a link of the caller's, which is in the bucket already, as it is now. */
    void record(Claims who, Link link);

    /** The caller's own, the newest first, those that have ended, too. */
    List<Made> links(Claims who);

    default Optional<Made> link(Claims who, String id) {
        return links(who).stream().filter(made -> made.link().id().equals(id)).findFirst();
    }

    /** What the guest may see, the newest first. */
    Library.Page page(Guest guest, int first, Optional<Cursor> after);

    /** The link itself; empty when it has ended. */
    Optional<Link> open(Guest guest);

    /** One of the pictures, with the key that holds it if the link gives originals or names. */
    Optional<Given> given(Guest guest, Sha256 asset);

    /** What the newest file of each is called, if the link says names. */
    List<Named> names(Guest guest, List<Sha256> assets);

    void opened(Guest guest);

    void downloaded(Guest guest);

    /** Somebody who has opened a link. */
    record Guest(String link, int epoch) {}

    /**
     * A link and what became of it.
     *
     * @param link without its items
     * @param items that its guests see now
     */
    record Made(Link link, long items, List<Use> uses) {}

    /** Of one hour. */
    record Use(Instant hour, long openings, long downloads) {}

    /** @param object empty where no original is given */
    record Given(Link link, Item item, Optional<Library.HeldObject> object) {}

    record Named(Sha256 asset, String name) {}
}
