package dev.memoir.media;

import java.util.Locale;

/** Why an item is shown with another one, beneath it. */
public enum StackKind {
    /** The film of a live photo, beneath its still. */
    LIVE,
    /** A camera's raw file, beneath the picture that was made of the same shot. */
    RAW,
    /** Somebody put it there. */
    HAND;

    /** As the catalog has it, and {@link #ofWireName} reads it back. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static StackKind ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
