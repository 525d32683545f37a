package dev.memoir.store;

import dev.memoir.media.SidecarName;
import dev.memoir.store.MediaStore.ObjectContent;
import io.minio.PutObjectArgs;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** By S3's conditional writes: {@code If-None-Match: *} and {@code If-Match}. */
final class S3Documents implements Documents {
    private static final String JSON = "application/json";

    /** XMP specification, part 3, annex A. */
    private static final String XMP = "application/rdf+xml";

    /** Of a document: whoever writes more has made a mistake. */
    private static final int LARGEST = 4 << 20;

    /** The state was another one; two at once; there is none any more. */
    private static final Set<String> TOO_LATE = Set.of("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey");

    private final S3Store store;
    private final S3Calls s3;
    private final String bucket;

    S3Documents(S3Store store, S3Calls s3, String bucket) {
        this.store = store;
        this.s3 = s3;
        this.bucket = bucket;
    }

    @Override
    public Optional<Document> read(String key) {
        Optional<ObjectContent> found = store.read(bucket, key, Optional.empty());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            byte[] bytes = content.bytes().readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new StoreException(bucket + "/" + key + " is larger than a document may be", null);
            }
            return Optional.of(new Document(key, bytes, content.object().etag()));
        } catch (IOException e) {
            throw s3.failure("reading " + bucket + "/" + key, e);
        }
    }

    @Override
    public Stream<String> list(String prefix) {
        return store.list(bucket, prefix, "").map(StoredObject::key);
    }

    @Override
    public boolean create(String key, byte[] content) {
        if (write(key, content, Map.of("If-None-Match", "*"))) {
            return true;
        }
        // versitygw takes the marker of a removal for something that is there. Who else writes over it at this very
        // moment loses.
        return store.stat(bucket, key).isEmpty() && write(key, content, Map.of());
    }

    @Override
    public boolean replace(Document read, byte[] content) {
        return write(read.key(), content, Map.of("If-Match", '"' + read.etag() + '"'));
    }

    private boolean write(String key, byte[] content, Map<String, String> condition) {
        Addresses.check(bucket, key);
        PutObjectArgs args = PutObjectArgs.builder()
                .bucket(bucket)
                .object(key)
                .contentType(SidecarName.is(key) ? XMP : JSON)
                .extraHeaders(condition)
                .data(content, content.length)
                .build();
        try {
            s3.await("writing " + bucket + "/" + key, c -> c.putObject(args));
            return true;
        } catch (S3Calls.StoreRefusal refusal) {
            if (refusal.is(TOO_LATE)) {
                return false;
            }
            throw refusal;
        }
    }
}
