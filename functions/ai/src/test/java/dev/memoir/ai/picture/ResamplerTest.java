package dev.memoir.ai.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.models.Preparation.Channels;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {

    /** Made by {@code models/reference.py resampler}. */
    static Stream<JsonNode> pillowsPictures() throws IOException {
        return new ObjectMapper()
                .readTree(ResamplerTest.class.getResourceAsStream("resampler.json"))
                .valueStream();
    }

    @ParameterizedTest
    @MethodSource("pillowsPictures")
    void everyByteIsThatOfPillow(JsonNode golden) throws IOException {
        Pixels source =
                madeUp(golden.at("/from/0").asInt(), golden.at("/from/1").asInt());
        Pixels resized = Resampler.resize(
                source,
                golden.at("/to/0").asInt(),
                golden.at("/to/1").asInt(),
                Resampler.Filter.valueOf(golden.get("filter").asText().toUpperCase(Locale.ROOT)));
        assertArrayEquals(Base64.getDecoder().decode(golden.get("rgb").asText()), rgb(resized));
    }

    @Test
    void aPartIsScaledAsIfItWereAPictureOfItsOwn() {
        Pixels whole = madeUp(40, 30);
        Pixels part = whole.part(7, 5, 20, 16);
        Pixels copy = Resampler.resize(part, 20, 16, Resampler.Filter.BICUBIC);
        assertSame(part, copy);
        byte[] alone = rgb(part);
        Pixels own = new Pixels(swapped(alone), Channels.BGR, 20, 16);
        assertArrayEquals(
                rgb(Resampler.resize(own, 9, 9, Resampler.Filter.BICUBIC)),
                rgb(Resampler.resize(part, 9, 9, Resampler.Filter.BICUBIC)));
    }

    /** The reference's noise: a linear congruential generator, red first. */
    private static Pixels madeUp(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        int seed = 1;
        for (int i = 0; i < rgb.length; i++) {
            seed = seed * 1664525 + 1013904223;
            rgb[i] = (byte) (seed >>> 24);
        }
        return new Pixels(swapped(rgb), Channels.BGR, width, height);
    }

    private static byte[] rgb(Pixels pixels) {
        byte[] bgr = new byte[3 * pixels.width() * pixels.height()];
        for (int y = 0; y < pixels.height(); y++) {
            System.arraycopy(
                    pixels.values(),
                    pixels.offset() + y * pixels.stride(),
                    bgr,
                    3 * y * pixels.width(),
                    3 * pixels.width());
        }
        return swapped(bgr);
    }

    private static byte[] swapped(byte[] pixels) {
        byte[] swapped = pixels.clone();
        for (int i = 0; i < pixels.length; i += 3) {
            swapped[i] = pixels[i + 2];
            swapped[i + 2] = pixels[i];
        }
        return swapped;
    }
}
