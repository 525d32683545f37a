package dev.memoir.imaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The expected values are what the reference encoder (npm thumbhash 0.1.1) gave for the same pixels. */
class ThumbHashTest {
    private interface Paint {
        int[] at(int x, int y);
    }

    private static String hash(int width, int height, Paint paint) {
        byte[] rgba = new byte[width * height * 4];
        for (int i = 0; i < width * height; i++) {
            int[] pixel = paint.at(i % width, i / width);
            for (int c = 0; c < 4; c++) {
                rgba[4 * i + c] = (byte) pixel[c];
            }
        }
        return HexFormat.of().formatHex(ThumbHash.encode(width, height, rgba));
    }

    @Test
    void aLandscapeEqualsTheReference() {
        assertEquals("56e90d159681878790888888887888887a0817f887", hash(100, 75, (x, y) ->
                new int[] {x * 2, y * 3, (x * y) >> 5, 255}));
    }

    @Test
    void aPortraitEqualsTheReference() {
        assertEquals("9c480e331a8c7087877787888f7ff9d778", hash(40, 100, (x, y) ->
                new int[] {255 - x * 6, (x ^ y) * 2, y * 2, 255}));
    }

    @Test
    void aSquareEqualsTheReference() {
        assertEquals("51280e1f1a9087879187887888788888888778ccb0907d06", hash(64, 64, (x, y) ->
                new int[] {(x * x) >> 4, (y * y * 3) >> 6, (x * y) >> 4, 255}));
    }

    @Test
    void aTranslucentPictureEqualsTheReference() {
        assertEquals("a689853c8a289269906a887748f976a079079475a576788707", hash(80, 60, (x, y) ->
                new int[] {x * 3, 200, y * 4, (x * 3 + y) & 255}));
    }

    @Test
    void aFullyTransparentPictureHasAHashToo() {
        assertEquals("0008820380000000000000000000000000000000000000", hash(3, 2, (x, y) -> new int[4]));
    }

    @Test
    void moreThanAHundredPixelsASideAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> ThumbHash.encode(101, 1, new byte[404]));
    }
}
