package dev.memoir.store;

import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import java.util.Locale;

/** What the keys of the two buckets mean. The only place that knows. */
public final class Keys {
    /** The library's own documents in the originals bucket. */
    public static final String LIBRARY = ".memoir/";

    /** Keys under {@code users/<name>/} belong to that person; every other original to the household's default owner. */
    public static final String USERS = "users/";

    /** Models in the derived bucket: {@code models/<name>/<version>/<file>}. */
    public static final String MODELS = "models/";

    private Keys() {}

    /** What a key of the originals bucket holds. */
    public enum Kind {
        ORIGINAL,
        /** XMP beside an original. */
        SIDECAR,
        /** Written by Memoir itself. */
        LIBRARY,
        /** An upload under way, a folder marker, what an operating system litters. */
        UNFINISHED
    }

    /** Sorts a key of the originals bucket by its name alone. */
    public static Kind kind(String key) {
        if (key.startsWith(LIBRARY)) {
            return Kind.LIBRARY;
        }
        String name = key.substring(key.lastIndexOf('/') + 1);
        String lower = name.toLowerCase(Locale.ROOT);
        if (name.isEmpty()
                || name.startsWith("._")
                || name.equals(".DS_Store")
                || lower.equals("thumbs.db")
                || lower.endsWith(".part")
                || lower.endsWith(".partial")
                || lower.endsWith(".crdownload")
                || lower.endsWith(".uploading")) {
            return Kind.UNFINISHED;
        }
        return lower.endsWith(".xmp") ? Kind.SIDECAR : Kind.ORIGINAL;
    }

    /** @return the person whom a key of the originals bucket belongs to */
    public static String owner(String key, String defaultOwner) {
        if (!key.startsWith(USERS)) {
            return defaultOwner;
        }
        int end = key.indexOf('/', USERS.length());
        return end <= USERS.length() ? defaultOwner : key.substring(USERS.length(), end);
    }

    /** {@code renditions/ab/<sha256>/preview.jpg} in the derived bucket. */
    public static String rendition(Sha256 asset, Rendition rendition) {
        return "renditions/" + asset.hex().substring(0, 2) + "/" + asset.hex() + "/" + rendition.fileName() + ".jpg";
    }

    public static String model(String name, String version, String file) {
        return MODELS + name + "/" + version + "/" + file;
    }
}
