package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.Optional;

/**
 * An object was looked at and holds this content.
 *
 * @param bucket name
 * @param key as in the bucket
 * @param versionId of the object, empty in a bucket without versions
 * @param etag without quotes
 * @param size bytes
 * @param lastModified the store's word
 * @param owner whom the key belongs to
 * @param sha256 of the bytes that were read
 * @param description empty when the asset is described already
 */
public record Arrival(
        String bucket,
        String key,
        Optional<String> versionId,
        String etag,
        long size,
        Instant lastModified,
        String owner,
        Sha256 sha256,
        Optional<Description> description) {}
