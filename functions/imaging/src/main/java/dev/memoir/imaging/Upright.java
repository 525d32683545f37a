package dev.memoir.imaging;

import java.util.Optional;

/**
 * A file's picture as pixels: upright, in sRGB, on white where it was transparent.
 *
 * @param picture empty when there is none
 * @param reason for people: why there is none, or what is wrong with what there is
 */
public record Upright(Optional<PixelReader.Picture> picture, Optional<String> reason) {

    static Upright none(String reason) {
        return new Upright(Optional.empty(), Optional.of(reason));
    }

    /** @param rgba rows from the top, four bytes a pixel: red, green, blue, opacity */
    static PixelReader.Picture onWhite(int width, int height, byte[] rgba) {
        byte[] rgb = new byte[3 * width * height];
        for (int pixel = 0; pixel < width * height; pixel++) {
            int opacity = rgba[4 * pixel + 3] & 0xFF;
            for (int channel = 0; channel < 3; channel++) {
                int value = rgba[4 * pixel + channel] & 0xFF;
                rgb[3 * pixel + channel] =
                        (byte) (opacity == 255 ? value : (value * opacity + 255 * (255 - opacity) + 127) / 255);
            }
        }
        return new PixelReader.Picture(width, height, rgb);
    }
}
