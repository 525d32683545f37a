package dev.memoir.imaging;

/**
 * What is decoded at most. A file of a few kilobytes can claim a picture of gigabytes.
 *
 * @param pixels of any picture
 * @param bytes of pixels in memory at once, for pictures that can't be decoded row by row
 */
record DecodeLimits(long pixels, long bytes) {
    /** 300 megapixels: above what any camera or phone writes in 2026 (200). */
    static final DecodeLimits USUAL = new DecodeLimits(300_000_000L, 768L << 20);

    /**
     * @param bytesPerPixel while decoding, of the parts that must be in memory at once; 0 if it goes row by row
     */
    void check(int width, int height, long bytesPerPixel) throws UnreadablePicture {
        long area = (long) width * height;
        if (area > pixels) {
            throw new UnreadablePicture("%d x %d pixels are too many to decode: at most %d megapixels"
                    .formatted(width, height, pixels / 1_000_000));
        }
        if (area * bytesPerPixel > bytes) {
            throw new UnreadablePicture("%d x %d pixels of this format need %d MiB of memory at once: at most %d MiB"
                    .formatted(width, height, (area * bytesPerPixel) >> 20, bytes >> 20));
        }
    }
}
