package dev.memoir.imaging;

/**
 * How a rendition is written.
 *
 * @param quality 1 to 100, as the format counts it
 */
public record Encoding(Format format, int quality) {
    /** The formats that every browser reads. */
    public enum Format {
        JPEG,
        WEBP
    }

    public static Encoding jpeg(int quality) {
        return new Encoding(Format.JPEG, quality);
    }

    public static Encoding webp(int quality) {
        return new Encoding(Format.WEBP, quality);
    }
}
