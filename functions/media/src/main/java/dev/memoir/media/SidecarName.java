package dev.memoir.media;

import java.util.List;
import java.util.Locale;

/**
 * How the keys of originals and of the XMP beside them belong together: {@code photo.jpg.xmp}, as Memoir, darktable, digiKam
 * and immich write it, or {@code photo.xmp}, as Adobe's programs do, which then speaks of every original of that name.
 */
public final class SidecarName {
    private static final String ENDING = ".xmp";

    private SidecarName() {}

    /** Whether a key is that of a sidecar. */
    public static boolean is(String key) {
        return key.toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /** The sidecar that Memoir writes beside an original. */
    public static String of(String original) {
        return original + ENDING;
    }

    /** The keys under which a sidecar of the original may lie, the one that counts first. */
    public static List<String> candidates(String original) {
        String stem = stem(original);
        return stem.equals(original)
                ? List.of(original + ENDING, original + ".XMP")
                : List.of(original + ENDING, original + ".XMP", stem + ENDING, stem + ".XMP");
    }

    /** Whether the sidecar speaks of this one original alone. */
    public static boolean isOwn(String sidecar, String original) {
        return speaksOf(sidecar).equals(original);
    }

    /** The key of the original that {@code photo.jpg.xmp} speaks of; what {@code photo.xmp} speaks of begins so, with a dot after. */
    public static String speaksOf(String sidecar) {
        return sidecar.substring(0, sidecar.length() - ENDING.length());
    }

    /** Whether an original has this stem: {@code photo.jpg} has {@code photo}. */
    public static boolean hasStem(String original, String stem) {
        return stem(original).equals(stem);
    }

    private static String stem(String original) {
        int dot = original.lastIndexOf('.');
        return dot > original.lastIndexOf('/') + 1 ? original.substring(0, dot) : original;
    }
}
