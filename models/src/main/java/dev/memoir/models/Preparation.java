package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How a picture becomes a model's input: the steps in order on 8-bit RGB, then {@code (value - mean) / divisor} as floats.
 *
 * @param input name of the model's input
 * @param layout order of its dimensions
 * @param steps from the upright picture to the input's size
 * @param channels order in which the model wants the colours
 * @param mean subtracted, one for each channel in that order
 * @param divisor of what is left, one for each channel or one for all of them
 */
public record Preparation(
        String input,
        Layout layout,
        List<Step> steps,
        Channels channels,
        List<Float> mean,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<Float> divisor) {
    public Preparation {
        steps = List.copyOf(steps);
        mean = List.copyOf(mean);
        divisor = divisor.size() == 1 ? Collections.nCopies(3, divisor.getFirst()) : List.copyOf(divisor);
        if (mean.size() != 3 || divisor.size() != 3) {
            throw new IllegalArgumentException(
                    "a mean and a divisor for each of 3 channels are needed, not " + mean + " and " + divisor);
        }
    }

    /** N pictures, C channels, H rows, W columns. */
    public enum Layout {
        NHWC,
        NCHW
    }

    /** Order of the colours. */
    public enum Channels {
        RGB,
        BGR
    }

    /** How pixels are weighed when a picture is scaled: always over the whole area that a new pixel covers. */
    public enum Filter {
        BILINEAR,
        BICUBIC;

        @JsonCreator
        static Filter named(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** One change of the picture. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Resize.class, name = "resize"),
        @JsonSubTypes.Type(value = Fit.class, name = "fit"),
        @JsonSubTypes.Type(value = JpegRoundTrip.class, name = "jpeg"),
        @JsonSubTypes.Type(value = Crop.class, name = "crop"),
        @JsonSubTypes.Type(value = Square.class, name = "square")
    })
    public sealed interface Step {}

    /** Scales to exactly this size, whatever the proportions were. */
    public record Resize(int width, int height, Filter filter) implements Step {}

    /** Scales until it just fits into this size, and puts black around it where its proportions are others. */
    public record Fit(int width, int height, Filter filter) implements Step {}

    /**
     * Compresses and decompresses, since the model was trained on pictures that had gone through it.
     *
     * @param quality 1 to 100, as libjpeg counts
     */
    public record JpegRoundTrip(int quality) implements Step {}

    /** Keeps the middle. */
    public record Crop(int width, int height) implements Step {}

    /** Keeps the middle square whose side is this part of the shorter side. */
    public record Square(double fraction) implements Step {}
}
