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
     * A long strip of a picture is made smaller than asked: memory grows with the area, about 180 bytes a pixel with one
     * enlargement.
     */
    static final int MOST_PIXELS = 1_500_000;

    private DetectionSize() {}

    /** @param width wanted; a smaller picture is scaled up to it, as dlib's users do, since faces are found by their size */
    public static Pixels of(Pixels picture, int width) {
        double height = (double) picture.height() * width / picture.width();
        double fit = Math.min(1, Math.sqrt(MOST_PIXELS / (width * height)));
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
