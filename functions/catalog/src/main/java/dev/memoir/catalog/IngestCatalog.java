package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/**
 * The catalog as the functions that take media in see it: all owners, by the database role {@code memoir_ingest}. Every
 * method is one transaction and idempotent: said twice, it changes nothing the second time. Failures of the database are
 * thrown as they are (transient to the caller).
 */
public interface IngestCatalog {

    static IngestCatalog over(DataSource database) {
        return new JdbiIngestCatalog(database);
    }

    /** The current version of a key, when the catalog knows one that is not gone. */
    Optional<KnownObject> object(String bucket, String key);

    /** The asset, when it has been described. */
    Optional<KnownAsset> asset(Sha256 sha256);

    /**
     * Records that an object holds content: the asset with its description when one is given, the object's version
     * (an older version of the same key stays, no longer current), the owner's item, and the search rows.
     */
    void record(Arrival arrival);

    /** The ETag of a sidecar as it was last read. */
    Optional<String> sidecar(String bucket, String key);

    /** Records what a sidecar says; its owner's items of which it speaks follow. */
    void record(FoundSidecar sidecar);

    /** Keeps a link, whose document was read, as it is now. */
    void record(Link link);

    /** Does all that {@link #record(Arrival)} does, and rolls it back: a rehearsal leaves no trace. */
    void rehearse(Arrival arrival);

    /**
     * The key holds nothing any more. What a sidecar said is as the files say again. Items whose last current object went
     * leave the library's lists; the asset, its
     * analyses and the item with what the person wrote stay, and return when the content does.
     *
     * @return whether anything changed
     */
    boolean gone(String bucket, String key);

    /**
     * Replaces what these models said of the asset. Nothing happens when the asset is not known.
     *
     * @param frames so many of a film's further frames did they look at
     */
    void analysed(Sha256 sha256, int frames, List<Analysis> analyses);

    /** Of what is no film. */
    default void analysed(Sha256 sha256, List<Analysis> analyses) {
        analysed(sha256, 0, analyses);
    }

    /** Which models have spoken on the asset, of a film on all its frames. */
    Set<ModelVersion> analyses(Sha256 sha256);

    /**
     * Vectors of a model, in the order in which they were recorded.
     *
     * @param written not those that were recorded before this instant
     * @param after of that very instant only those whose assets' hashes are higher
     * @param limit so many assets
     */
    List<KnownVectors> vectors(ModelVersion model, Instant written, Optional<Sha256> after, int limit);

    /** @param model by whose vectors can be searched from now on; empty: by nobody's */
    void searchable(String task, Optional<ModelVersion> model);

    /** Current objects and sidecars of a bucket whose key sorts (by UTF-8 bytes) after {@code after}, in that order. */
    List<KnownKey> keys(String bucket, String after, int limit);

    /**
     * Has stacks be as they should be, where items came before there were any.
     *
     * @return how many items came to lie beneath others, or do no more
     */
    int stack();

    /** One of the current objects that hold the asset. */
    Optional<KnownObject> holder(Sha256 sha256);

    /** Assets with a current object, after {@code after}, whose description is older than {@code pipeline}. */
    List<KnownObject> describedBefore(int pipeline, Optional<Sha256> after, int limit);

    /** READY assets with a current object, after {@code after}, on which at least one of the models has not spoken. */
    List<Sha256> notAnalysedBy(Set<ModelVersion> models, Optional<Sha256> after, int limit);

    /** READY assets with a current object, after {@code after}: for the check that their renditions exist. */
    List<KnownAsset> withRenditions(Optional<Sha256> after, int limit);

    /** A small note that outlives a process, such as how far a sweep came. */
    Optional<String> note(String name);

    void note(String name, String value);
}
