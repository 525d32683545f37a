package dev.memoir.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What the store says of one version of an object.
 *
 * @param versionId empty in a bucket without versions
 * @param etag without quotes; only good for "is it still the same", never as a checksum
 * @param size bytes
 * @param contentType as the uploader claimed it
 */
public record StoredObject(
        String bucket,
        String key,
        Optional<String> versionId,
        String etag,
        long size,
        Instant lastModified,
        Optional<String> contentType) {}
