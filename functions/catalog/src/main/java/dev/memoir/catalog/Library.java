package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import java.time.Instant;
import java.time.LocalDate;
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

    /** A library in which nothing belongs to all. */
    static Library over(DataSource database) {
        return over(database, "");
    }

    /** @param household who owns what belongs to all of the family */
    static Library over(DataSource database, String household) {
        return new JdbiLibrary(database, household);
    }

    /** Items newest first, {@code first} of them at most. */
    Page page(Claims who, Filter filter, int first, Optional<Cursor> after);

    /** Where the filter's items lie in time, newest first, without reading them. */
    List<Stretch> timeline(Claims who, Filter filter);

    /**
     * Where on a part of a map the filter's items lie, gathered the coarser the smaller the zoom. Those whose place is not
     * known lie nowhere.
     *
     * @param zoom 0 (the earth is 512 pixels wide) to 22, twice as large with each step
     */
    List<Spot> map(Claims who, Filter filter, GeoBox box, int zoom);

    /** What was taken on a day of earlier years, by the clock where it was taken; the latest year first. */
    List<Memory> memories(Claims who, LocalDate day);

    Optional<Item> item(Claims who, UUID id);

    /** The caller's own entry for an asset, else the one that belongs to all. */
    Optional<Item> item(Claims who, Sha256 asset);

    /** Those of the items that the caller sees, in no order. */
    List<Item> items(Claims who, Collection<UUID> ids);

    /**
     * Those of the assets' items that the caller sees and that meet the filter, in the order of the assets; of one asset what is
     * the caller's own first.
     */
    List<Item> among(Claims who, Filter filter, List<Sha256> assets);

    /** By which model's vectors can be searched, if by any; the same for everybody. */
    Optional<ModelVersion> searchable(Claims who, String task);

    /** Those of the items that the caller may change. */
    Set<UUID> changeable(Claims who, Collection<Item> items);

    /** The bucket keys and versions that the caller sees and that hold the assets, newest first. */
    Map<Sha256, List<HeldObject>> objects(Claims who, Set<Sha256> assets);

    /** What models said of the assets. */
    Map<Sha256, List<Spoken>> analyses(Claims who, Set<Sha256> assets);

    /** The stacks in which these items are, as far as the caller sees them: without cover or without members it is none. */
    Map<UUID, Stack> stacks(Claims who, Collection<UUID> items);

    /** Every tag that could be read from the file: JSON, directory name → tag name → value. */
    Optional<String> rawTags(Claims who, Sha256 asset);

    Facets facets(Claims who, Filter filter);

    /** How many items the caller sees in lists; kept as counts, so it costs nothing. */
    long size(Claims who);

    /** The models that looked at the newest items. */
    Set<ModelVersion> models(Claims who);

    /** How far changes of what the caller sees in lists have come: theirs and the household's. */
    ChangeToken now(Claims who);

    /**
     * Which of these items were added or changed since, or are seen no more.
     *
     * @param first how many items at most
     * @return empty when it can't be known: the token was given to somebody else, with other rights, or by another database
     */
    Optional<Changes> changes(Claims who, ChangeToken since, int first);

    /**
     * These, in their order, and after them what is of the same shot: the other half of a live photo, a raw file and its picture.
     * Nothing that the caller does not see is added.
     */
    Set<UUID> together(Claims who, Collection<UUID> ids);

    /** Those of the items that the caller sees, with where their edits are to be written. */
    Map<UUID, Editable> editable(Claims who, Collection<UUID> ids);

    /** Records what a sidecar says; those of its owner's items of which it speaks and that the caller may change follow. */
    void record(Claims who, FoundSidecar sidecar);

    /**
     * An item that somebody wants to edit.
     *
     * @param allowed whether the caller may change it
     * @param sidecar empty when the bucket does not hold it, or the caller may not change it
     */
    record Editable(Item item, boolean allowed, Optional<SidecarPlace> sidecar) {}

    /**
     * Where an item's edits are written.
     *
     * @param key of its sidecar, which may not be there yet
     * @param from the sidecar that speaks of it so far: that one, one that speaks of others, too, or one left behind
     */
    record SidecarPlace(String bucket, String key, Optional<String> from) {}

    /**
     * What changed from one token to the next, what changed first as far as possible first.
     *
     * @param items those that the caller sees, as they are now, in the trash, too
     * @param gone those that the caller saw or might have seen, and does no more
     * @param more whether others changed after these
     */
    record Changes(List<Item> items, List<UUID> gone, boolean more, ChangeToken next) {}

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
}
