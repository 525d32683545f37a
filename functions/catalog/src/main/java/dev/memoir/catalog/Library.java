package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The catalog as a person sees it, by the database role {@code memoir_api}. Each call is one transaction that carries the
 * caller's claims, and row security shows it what those may see: what they may not is as if it were not there. Failures of
 * the database are thrown as they are.
 */
public interface Library {

    static Library over(DataSource database) {
        return new JdbiLibrary(database);
    }

    /** Items newest first, {@code first} of them at most. */
    Page page(Claims who, Filter filter, int first, Optional<Cursor> after);

    Optional<Item> item(Claims who, UUID id);

    /** The caller's own entry for an asset. */
    Optional<Item> item(Claims who, Sha256 asset);

    /** Those of the items that the caller sees, in no order. */
    List<Item> items(Claims who, Collection<UUID> ids);

    /** The bucket keys and versions of the caller's that hold the assets, newest first. */
    Map<Sha256, List<HeldObject>> objects(Claims who, Set<Sha256> assets);

    /** What models said of the assets. */
    Map<Sha256, List<Spoken>> analyses(Claims who, Set<Sha256> assets);

    /** Every tag that could be read from the file: JSON, directory name → tag name → value. */
    Optional<String> rawTags(Claims who, Sha256 asset);

    Facets facets(Claims who, Filter filter);

    /** How many items are listed; kept as counts, so it costs nothing. */
    long size(Claims who);

    /** The models that looked at the newest items. */
    Set<ModelVersion> models(Claims who);

    /** Takes items out of the library's lists, into the trash. */
    Map<UUID, Change> trash(Claims who, Collection<UUID> ids);

    /** Takes items out of the trash. */
    Map<UUID, Change> restore(Claims who, Collection<UUID> ids);

    /**
     * Part of a timeline.
     *
     * @param more whether there are items after these
     * @param total how many items there are in all, when that is known without counting
     */
    record Page(List<Item> items, boolean more, Optional<Long> total) {}

    /**
     * A version of a bucket key that holds an asset, or held it.
     *
     * @param size bytes
     * @param lastModified the store's word
     * @param seenAt when the catalog last learned something new of it
     */
    record HeldObject(
            String bucket,
            String key,
            Optional<String> versionId,
            String etag,
            long size,
            Instant lastModified,
            Instant seenAt,
            boolean current) {}

    /** An analysis and when it was made. */
    record Spoken(Analysis analysis, Instant at) {}

    /** What became of one item. */
    enum Change {
        DONE,
        /** It was so already. */
        UNCHANGED,
        /** There is none, or the caller may not see it. */
        NOT_FOUND
    }
}
