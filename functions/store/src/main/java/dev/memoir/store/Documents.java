package dev.memoir.store;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The library's own documents and the originals' sidecars in the originals bucket, which several programs may change at once:
 * each write names the state that it was made from, and the store refuses it when that is no longer the present one.
 */
public interface Documents {
    /**
     * One document as it was read.
     *
     * @param etag the store's name for this state of it
     */
    record Document(String key, byte[] content, String etag) {}

    /** Empty when there is none. */
    Optional<Document> read(String key);

    /** Keys that begin so, in their order. */
    Stream<String> list(String prefix);

    /** @return false when there was one already, which stays as it is */
    boolean create(String key, byte[] content);

    /** @return false when it is no longer as it was read; it stays as it is */
    boolean replace(Document read, byte[] content);

    /** Others that were faster, one after the other: more than that is no coincidence. */
    int ATTEMPTS = 20;

    /**
     * Changes a document from what is there, so that nothing is lost that others change at the same time.
     *
     * @param change from what is there to what shall be; may be called several times; empty leaves it as it is
     * @param written how that is written down
     * @return what is there afterwards; empty when there is none, or it was left as it is
     */
    default <T> Optional<T> change(String key, Function<Document, Optional<T>> change, Function<T, byte[]> written) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Document> found = read(key);
            Optional<T> wanted = found.flatMap(change);
            if (wanted.isEmpty() || replace(found.get(), written.apply(wanted.get()))) {
                return wanted;
            }
        }
        throw new StoreException(key + " is changed by others all the time", null);
    }
}
