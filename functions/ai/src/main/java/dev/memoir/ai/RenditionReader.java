package dev.memoir.ai;

import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads renditions out of the derived bucket into memory. */
record RenditionReader(MediaStore store) {

    /** @return empty when it is not there */
    Optional<byte[]> read(String key) {
        String bucket = store.config().derived();
        try (var content = store.read(bucket, key, Optional.empty()).orElse(null)) {
            return content == null
                    ? Optional.empty()
                    : Optional.of(content.bytes().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + bucket + "/" + key + " broke off: " + e.getMessage(), e);
        }
    }
}
