package dev.memoir.imaging;

/** A decoded picture in memory: upright, in sRGB, opaque parts and all. */
sealed interface Bitmap extends AutoCloseable permits VipsBitmap, HeapBitmap {
    int width();

    int height();

    /** A copy whose longer side has at most so many pixels; a smaller picture is not enlarged. */
    Bitmap fit(int longSide) throws UnreadablePicture;

    /** The file's bytes, without metadata; what is transparent becomes white where the format is opaque. */
    byte[] encode(Encoding encoding) throws UnreadablePicture;

    /** Rows from the top, four bytes a pixel: red, green, blue, opacity. */
    byte[] rgba() throws UnreadablePicture;

    @Override
    void close();
}
