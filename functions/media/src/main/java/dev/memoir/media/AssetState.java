package dev.memoir.media;

import java.util.Locale;

/** What could be made of an asset's bytes. Every state but {@link #READY} comes with a reason for people. */
public enum AssetState {
    /** Described, with renditions. */
    READY,
    /** Kept and listed, but of a kind that has no preview yet. */
    NO_PREVIEW,
    /** Kept and listed, but its bytes are not what its kind promises: cut short, too large to decode, broken. */
    DAMAGED;

    /** The name in the database, in JSON and in scripts: {@code ready}, {@code no_preview}, {@code damaged}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static AssetState ofWireName(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
