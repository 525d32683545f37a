package dev.memoir.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The buckets. Every method throws {@link StoreException} when the store is away or refuses. Safe for many threads. */
public interface MediaStore extends AutoCloseable {

    /** Opens the store; nothing is asked of it yet. */
    static MediaStore open(StoreConfig config) {
        return new S3Store(config);
    }

    StoreConfig config();

    /** The current version, or empty when the key is not there (or deleted). */
    Optional<StoredObject> stat(String bucket, String key);

    /** Reads the whole of an object; empty when it is not there any more. */
    Optional<ObjectContent> read(String bucket, String key, Optional<String> versionId);

    /**
     * Reads some bytes of an object; what the answer calls its size is how many they are.
     *
     * @param from the first byte, from 0
     * @param length how many; all of them must be there
     */
    Optional<ObjectContent> read(String bucket, String key, Optional<String> versionId, long from, long length);

    /** Writes from memory. */
    StoredObject put(String bucket, String key, byte[] content, String contentType);

    /** Writes a file, in parts when it is large. */
    StoredObject put(String bucket, String key, Path file, String contentType);

    /** Removes the current version (in a versioned bucket: a delete marker is added). No error when it is gone. */
    void delete(String bucket, String key);

    /**
     * Removes every version of everything whose key starts with {@code prefix}, for good: for what must not be kept. The bucket
     * of originals is refused, but for what people decided on people ({@link Keys#PEOPLE}).
     *
     * @return how many versions were removed
     */
    default long erase(String bucket, String prefix) {
        return erase(bucket, prefix, key -> true);
    }

    /** As {@link #erase(String, String)}, of the keys that are asked for. */
    long erase(String bucket, String prefix, Predicate<String> which);

    /** Current versions whose key starts with {@code prefix} and sorts after {@code after}, in key order, page by page. */
    Stream<StoredObject> list(String bucket, String prefix, String after);

    /**
     * An address that anybody may read the object from until the end of the period after the present one: the same
     * address during one period, so that caches work. The period is at most 3 days.
     */
    URI signedRead(String bucket, String key, Optional<String> versionId, Duration period);

    /** An address to which one PUT may be sent during {@code validity}. */
    URI signedWrite(String bucket, String key, Duration validity);

    /** Uploads that others send straight to the store. */
    Uploads uploads();

    /** The library's own documents. */
    Documents documents();

    /** Making and configuring buckets: for setup. */
    Buckets buckets();

    /** Why this key can't be used, or empty when it can. Every method refuses such keys by {@link KeyRefusedException}. */
    static Optional<String> refusal(String key) {
        return Addresses.refusal(key);
    }

    @Override
    void close();

    /** An object being read: what the store says of it, and its bytes. */
    record ObjectContent(StoredObject object, InputStream bytes) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }
}
