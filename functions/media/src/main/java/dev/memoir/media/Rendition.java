package dev.memoir.media;

/** The images made from an original. All are JPEG, upright, in sRGB, without metadata. */
public enum Rendition {
    /** For the viewer. */
    PREVIEW("preview", 1440),
    /** For grids. */
    THUMBNAIL("thumbnail", 250),
    /** What models look at, so that an original is decoded once: larger, and compressed less. */
    ANALYSIS("analysis", 1920);

    private final String fileName;
    private final int longSide;

    Rendition(String fileName, int longSide) {
        this.fileName = fileName;
        this.longSide = longSide;
    }

    /** The name within the asset's folder, without an ending. */
    public String fileName() {
        return fileName;
    }

    /** The most pixels of the longer side; a smaller original is not enlarged. */
    public int longSide() {
        return longSide;
    }
}
