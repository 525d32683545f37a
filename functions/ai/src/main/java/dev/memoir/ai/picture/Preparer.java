package dev.memoir.ai.picture;

import dev.memoir.models.Preparation;
import dev.memoir.models.Preparation.Layout;

/** Makes a model's input of a picture, as the catalogue tells. */
public final class Preparer {
    private Preparer() {}

    /**
     * A model's input.
     *
     * @param values in the order of the shape
     * @param shape one picture: 1, height, width, 3 or 1, 3, height, width
     */
    public record Input(float[] values, long[] shape) {}

    public static Input prepare(Pixels picture, Preparation preparation) {
        Pixels pixels = picture;
        for (Preparation.Step step : preparation.steps()) {
            pixels = apply(step, pixels);
        }
        return input(pixels, preparation);
    }

    private static Pixels apply(Preparation.Step step, Pixels pixels) {
        return switch (step) {
            case Preparation.Resize(int width, int height, Preparation.Filter filter) ->
                Resampler.resize(pixels, width, height, filter(filter));
            case Preparation.Fit(int width, int height, Preparation.Filter filter) ->
                Fitted.of(pixels, width, height).on(pixels, filter(filter));
            case Preparation.JpegRoundTrip(int quality) -> Decoder.decode(Encoder.jpeg(pixels, quality));
            case Preparation.Crop(int width, int height) -> pixels.middle(width, height);
            case Preparation.Square(double fraction) -> square(pixels, fraction);
        };
    }

    private static Pixels square(Pixels pixels, double fraction) {
        int side = Math.max(1, (int) (Math.min(pixels.width(), pixels.height()) * fraction));
        return pixels.middle(side, side);
    }

    private static Resampler.Filter filter(Preparation.Filter filter) {
        return switch (filter) {
            case BILINEAR -> Resampler.Filter.BILINEAR;
            case BICUBIC -> Resampler.Filter.BICUBIC;
        };
    }

    private static Input input(Pixels pixels, Preparation preparation) {
        int width = pixels.width();
        int height = pixels.height();
        boolean interleaved = preparation.layout() == Layout.NHWC;
        int pixelStep = interleaved ? 3 : 1;
        int channelStep = interleaved ? 1 : width * height;
        float[] values = new float[3 * width * height];
        for (int channel = 0; channel < 3; channel++) {
            int from = preparation.channels() == pixels.order() ? channel : 2 - channel;
            float mean = preparation.mean().get(channel);
            float divisor = preparation.divisor().get(channel);
            for (int y = 0; y < height; y++) {
                int source = pixels.offset() + y * pixels.stride() + from;
                int target = channel * channelStep + y * width * pixelStep;
                for (int x = 0; x < width; x++) {
                    int value = pixels.values()[source + 3 * x] & 0xFF;
                    values[target + x * pixelStep] = (value - mean) / divisor;
                }
            }
        }
        return new Input(values, interleaved ? new long[] {1, height, width, 3} : new long[] {1, 3, height, width});
    }
}
