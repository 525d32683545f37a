package dev.memoir.events;

import java.util.Optional;

/**
 * The data of a store event: "look at this key now". Nothing in it is believed; the store is asked.
 *
 * @param bucket name
 * @param key decoded
 * @param versionId as the store wrote it
 * @param etag without quotes
 * @param size bytes
 */
public record ObjectHint(
        String bucket, String key, Optional<String> versionId, Optional<String> etag, Optional<Long> size) {}
