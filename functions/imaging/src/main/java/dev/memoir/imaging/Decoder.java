package dev.memoir.imaging;

import java.nio.file.Path;

/** One way to decode pictures. */
interface Decoder {

    /**
     * @param bitmap close it
     * @param width upright pixels of the original, which the bitmap is a smaller copy of
     * @param height upright pixels of the original
     */
    record Decoded(Bitmap bitmap, int width, int height) {}

    /**
     * Decodes a picture, upright and in sRGB; of several (an animation) the first.
     *
     * @param longSide pixels that the longer side needs at most; a smaller picture stays as it is
     * @param tolerant whether to show what there is of a file that is cut short or broken in the middle
     */
    Decoded decode(Path file, String mediaType, int longSide, boolean tolerant) throws UnreadablePicture;
}
