package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.ai.picture.Resampler;

/**
 * Scales a picture to the size at which faces are looked for, as Pillow 13 does with its bilinear filter: its two passes are
 * those of {@link Resampler}, but it begins with the columns where the height shrinks by more than twice as many pixels as
 * the width.
 */
public final class DetectionSize {
    /**
     * Of the picture as the detector sees it, enlarged; a longer strip of a picture is made smaller than asked, since memory
     * grows with the area, by some 45 bytes a pixel.
     */
    static final int MOST_PIXELS = 6_000_000;

    private DetectionSize() {}

    /**
     * @param width wanted; a smaller picture is scaled up to it, since faces are found by their size
     * @param enlarge how often the detector will double it
     */
    public static Pixels of(Pixels picture, int width, int enlarge) {
        double height = (double) picture.height() * width / picture.width();
        double most = MOST_PIXELS / Math.pow(4, enlarge);
        double fit = Math.min(1, Math.sqrt(most / (width * height)));
        return scaled(picture, (int) Math.max(1, Math.round(fit * width)), (int) Math.max(1, Math.round(fit * height)));
    }

    private static Pixels scaled(Pixels picture, int width, int height) {
        int lower = picture.height() - height;
        int narrower = picture.width() - width;
        Pixels first = lower > 0 && lower > 2 * narrower
                ? Resampler.resize(picture, picture.width(), height, Resampler.Filter.BILINEAR)
                : picture;
        return Resampler.resize(first, width, height, Resampler.Filter.BILINEAR);
    }
}
