package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.util.Optional;

/** The current version of a key, as the catalog last saw it. */
public record KnownObject(
        String bucket, String key, Optional<String> versionId, String etag, long size, Sha256 sha256) {}
