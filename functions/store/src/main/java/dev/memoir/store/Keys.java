package dev.memoir.store;

import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.SidecarName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the keys of the two buckets mean. The only place that knows. */
public final class Keys {
    /** The library's own documents in the originals bucket. */
    public static final String LIBRARY = ".memoir/";

    /** Keys under {@code users/<name>/} belong to that person; every other original to the household's default owner. */
    public static final String USERS = "users/";

    /** Models in the derived bucket: {@code models/<name>/<version>/<file>}. */
    public static final String MODELS = "models/";

    /** Cut-out faces in the derived bucket. */
    public static final String FACES = "faces/";

    /** What people decided on people, in the originals bucket. */
    public static final String PEOPLE = LIBRARY + "people/";

    /** Albums, in the originals bucket. */
    public static final String ALBUMS = LIBRARY + "albums/";

    /** The document in the originals bucket that says whether the library wants faces to be found. */
    public static final String FACES_CHOICE = LIBRARY + "faces.json";

    private Keys() {}

    /** What a key of the originals bucket holds. */
    public enum Kind {
        ORIGINAL,
        /** XMP beside an original. */
        SIDECAR,
        /** Written by Memoir itself. */
        LIBRARY,
        /** An upload under way, a folder marker, what an operating system litters. */
        UNFINISHED;

        /** Whether somebody put it there to be looked at. */
        public boolean isGiven() {
            return switch (this) {
                case ORIGINAL, SIDECAR -> true;
                case LIBRARY, UNFINISHED -> false;
            };
        }
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
        return SidecarName.is(name) ? Kind.SIDECAR : Kind.ORIGINAL;
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
        return renditions(asset) + rendition.fileName() + ".jpg";
    }

    /**
     * {@code renditions/ab/<sha256>/frame-1.jpg} in the derived bucket.
     *
     * @param number of a further frame of a film, from 1
     */
    public static String frame(Sha256 asset, int number) {
        return renditions(asset) + "frame-" + number + ".jpg";
    }

    /**
     * Where all that is made of an asset's picture lies in the derived bucket.
     *
     * @param frames so many further frames of a film
     */
    public static List<String> derived(Sha256 asset, Set<Rendition> renditions, int frames) {
        return Stream.concat(
                        renditions.stream().map(rendition -> rendition(asset, rendition)),
                        IntStream.rangeClosed(1, frames).mapToObj(number -> frame(asset, number)))
                .toList();
    }

    private static String renditions(Sha256 asset) {
        return "renditions/" + asset.hex().substring(0, 2) + "/" + asset.hex() + "/";
    }

    /** {@code faces/ab/<sha256>/<face>.jpg} in the derived bucket. */
    public static String face(Sha256 asset, UUID face) {
        return faces(asset) + face + ".jpg";
    }

    /** Under which the cut-out faces of an asset lie. */
    public static String faces(Sha256 asset) {
        return FACES + asset.hex().substring(0, 2) + "/" + asset.hex() + "/";
    }

    public static String model(String name, String version, String file) {
        return MODELS + name + "/" + version + "/" + file;
    }
}
