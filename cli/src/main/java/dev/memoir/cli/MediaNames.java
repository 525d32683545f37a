package dev.memoir.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which files of a folder are worth uploading, by their name's ending, and the content type to claim for them. Memoir itself
 * never believes a name; this only keeps a folder's spreadsheets and programs out of the library.
 */
final class MediaNames {
    private static final String OTHER = "application/octet-stream";
    private static final Map<String, String> TYPES = new TreeMap<>();

    static {
        types("image/jpeg", "jpg jpeg jpe jfif");
        types("image/png", "png");
        types("image/webp", "webp");
        types("image/gif", "gif");
        types("image/tiff", "tif tiff");
        types("image/avif", "avif");
        types("image/heic", "heic heif hif");
        types("image/jxl", "jxl");
        types("image/bmp", "bmp");
        types("video/mp4", "mp4 m4v");
        types("video/quicktime", "mov qt");
        types("video/x-matroska", "mkv");
        types("video/webm", "webm");
        types("video/x-msvideo", "avi");
        types("video/mp2t", "mts m2ts");
        types("video/mpeg", "mpg mpeg");
        types("video/3gpp", "3gp");
        types("application/rdf+xml", "xmp");
        // Raw files of cameras: kept and listed, by their makers' endings.
        types(
                "image/x-raw",
                "dng cr2 cr3 crw nef nrw arw srf sr2 raf orf rw2 rwl pef srw raw iiq 3fr fff erf kdc dcr mrw x3f mos");
    }

    private MediaNames() {}

    private static void types(String type, String endings) {
        for (String ending : endings.split(" ")) {
            TYPES.put(ending, type);
        }
    }

    /** Empty when the ending is not one of a photo, a video or a sidecar. */
    static Optional<String> type(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0
                ? Optional.empty()
                : Optional.ofNullable(TYPES.get(fileName.substring(dot + 1).toLowerCase(Locale.ROOT)));
    }

    static String typeOrOther(String fileName) {
        return type(fileName).orElse(OTHER);
    }
}
