package dev.memoir.imaging;

import java.util.Optional;

/**
 * Whether pictures of one format can be shown on this machine.
 *
 * @param mediaType for instance {@code image/heic}
 * @param with what does it: a library or program with its version; empty when nothing can
 * @param mend how a person gets it where it is missing
 */
public record Capability(String mediaType, Optional<String> with, Optional<String> mend) {
    public boolean works() {
        return with.isPresent();
    }
}
