package dev.memoir.ai.faces;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation;

/** From 8-bit pixels to the planes of floats that a network wants: {@code (value - mean) / divisor}. */
final class Normaliser {
    private final Preparation preparation;
    private final float[][] values = new float[3][256];

    Normaliser(Preparation preparation) {
        if (preparation.layout() != Preparation.Layout.NCHW) {
            throw new IllegalArgumentException("planes are NCHW, not " + preparation.layout());
        }
        this.preparation = preparation;
        for (int channel = 0; channel < 3; channel++) {
            for (int value = 0; value < 256; value++) {
                values[channel][value] = (value - preparation.mean().get(channel))
                        / preparation.divisor().get(channel);
            }
        }
    }

    /**
     * Writes three planes.
     *
     * @param at index of the first value of the first plane
     * @param stride values from one row to the next
     * @param plane values from one plane to the next
     */
    void write(Pixels pixels, float[] target, int at, int stride, int plane) {
        boolean same = pixels.order() == preparation.channels();
        for (int y = 0; y < pixels.height(); y++) {
            for (int channel = 0; channel < 3; channel++) {
                float[] normal = values[channel];
                int source = pixels.offset() + y * pixels.stride() + (same ? channel : 2 - channel);
                int to = at + channel * plane + y * stride;
                for (int x = 0; x < pixels.width(); x++) {
                    target[to + x] = normal[pixels.values()[source + 3 * x] & 0xFF];
                }
            }
        }
    }
}
