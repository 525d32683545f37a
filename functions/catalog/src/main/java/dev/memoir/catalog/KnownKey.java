package dev.memoir.catalog;

/**
 * An original or a sidecar that the catalog takes for there.
 *
 * @param etag as it was when it was last read
 * @param size bytes
 */
public record KnownKey(String bucket, String key, String etag, long size) {}
