package dev.memoir.catalog;

import dev.memoir.media.Edits;
import dev.memoir.media.Sha256;
import java.util.Optional;

/**
 * What was read beside an original, or where one was.
 *
 * @param owner whom the key belongs to; it speaks of that owner's items alone
 * @param etag of the state that was read
 * @param size bytes
 * @param content for which it says that it was written
 * @param edits what it says
 * @param problem why it can't be read, for people: then the edits that it had before stay
 */
public record FoundSidecar(
        String bucket,
        String key,
        String owner,
        String etag,
        long size,
        Optional<Sha256> content,
        Edits edits,
        Optional<String> problem) {}
