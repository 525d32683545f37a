package dev.memoir.ai;

import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Reads renditions out of the derived bucket into memory. */
record RenditionReader(MediaStore store) {

    /** Some fifty times what a rendition has; more is not ours, and would not fit into memory. */
    private static final int MOST_BYTES = 64 << 20;

    /**
     * @return empty when it is not there
     * @throws UnreadablePicture when it is too large for a rendition
     */
    Optional<byte[]> read(String key) {
        String bucket = store.config().derived();
        try (var content = store.read(bucket, key, Optional.empty()).orElse(null)) {
            if (content == null) {
                return Optional.empty();
            }
            byte[] bytes = content.bytes().readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new UnreadablePicture(
                        key + " has more than " + MOST_BYTES + " bytes; delete it, and the sweep makes it again");
            }
            return Optional.of(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + bucket + "/" + key + " broke off: " + e.getMessage(), e);
        }
    }
}
