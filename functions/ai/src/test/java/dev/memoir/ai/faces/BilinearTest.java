package dev.memoir.ai.faces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.ai.picture.Pixels;
import dev.memoir.models.Preparation.Channels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearTest {
    /** A picture whose red is the column and green the row, times ten. */
    private static Pixels ramp(int width, int height) {
        byte[] rgb = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[3 * (y * width + x)] = (byte) (10 * x);
                rgb[3 * (y * width + x) + 1] = (byte) (10 * y);
                rgb[3 * (y * width + x) + 2] = 77;
            }
        }
        return new Pixels(rgb, Channels.RGB, width, height);
    }

    @ParameterizedTest
    @CsvSource({"20, 12, 42, 25", "20, 12, 16, 10", "9, 7, 20, 15", "3, 3, 8, 7", "2, 2, 6, 5"})
    void cornersLieOnCornersAndBetweenThemValuesRiseEvenly(int width, int height, int wide, int high) {
        Pixels resized = Bilinear.resize(ramp(width, height), wide, high);
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                int at = 3 * (y * wide + x);
                double red = 10.0 * x * (width - 1) / (wide - 1);
                double green = 10.0 * y * (height - 1) / (high - 1);
                assertEquals(red - 0.5, resized.values()[at] & 0xFF, 0.5001, "column " + x);
                assertEquals(green - 0.5, resized.values()[at + 1] & 0xFF, 0.5001, "row " + y);
                assertEquals(76.5, resized.values()[at + 2] & 0xFF, 0.5001);
            }
        }
    }

    @Test
    void onePixelFillsAll() {
        Pixels resized = Bilinear.resize(new Pixels(new byte[] {1, 2, 3}, Channels.RGB, 1, 1), 4, 3);
        for (int i = 0; i < 36; i++) {
            assertEquals(i % 3 + 1, resized.values()[i]);
        }
    }

    @Test
    void aPartOfALargerPictureIsScaledAsIfItWereAlone() {
        Pixels whole = ramp(20, 12);
        Pixels part = whole.part(3, 2, 9, 7);
        byte[] copy = new byte[3 * 9 * 7];
        for (int y = 0; y < 7; y++) {
            System.arraycopy(whole.values(), part.offset() + y * part.stride(), copy, 27 * y, 27);
        }
        assertArrayEquals(
                Bilinear.resize(new Pixels(copy, Channels.RGB, 9, 7), 20, 15).values(),
                Bilinear.resize(part, 20, 15).values());
    }

    @Test
    void planesKeepTheirFractions() {
        float[] plane = new float[10 * 20];
        for (int i = 0; i < 60; i++) {
            plane[i] = i % 10;
        }
        new Bilinear(10, 6, 8, 5).resize(plane, 10, 0, 60, 5);
        for (int x = 0; x < 8; x++) {
            assertEquals(9.0 * x / 7, plane[60 + 10 + x], 1e-5);
        }
        assertEquals(0, plane[60 + 8], "the gap beside the target is not written to");
    }
}
