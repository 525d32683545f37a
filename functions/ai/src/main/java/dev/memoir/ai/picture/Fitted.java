package dev.memoir.ai.picture;

/**
 * Where a picture lies within a canvas of other proportions that it was scaled to fit into: in the middle, with black around.
 *
 * @param left pixels from the canvas's edge to the picture's
 * @param width pixels of the scaled picture
 */
public record Fitted(int canvasWidth, int canvasHeight, int left, int top, int width, int height) {
    public static Fitted of(Pixels picture, int canvasWidth, int canvasHeight) {
        double scale = Math.min(canvasWidth / (double) picture.width(), canvasHeight / (double) picture.height());
        int width = Math.clamp(Math.round(picture.width() * scale), 1, canvasWidth);
        int height = Math.clamp(Math.round(picture.height() * scale), 1, canvasHeight);
        return new Fitted(
                canvasWidth, canvasHeight, (canvasWidth - width) / 2, (canvasHeight - height) / 2, width, height);
    }

    Pixels on(Pixels picture, Resampler.Filter filter) {
        Pixels scaled = Resampler.resize(picture, width, height, filter);
        byte[] canvas = new byte[3 * canvasWidth * canvasHeight];
        for (int y = 0; y < height; y++) {
            System.arraycopy(
                    scaled.values(),
                    scaled.offset() + y * scaled.stride(),
                    canvas,
                    3 * ((top + y) * canvasWidth + left),
                    3 * width);
        }
        return new Pixels(canvas, scaled.order(), canvasWidth, canvasHeight);
    }

    /** A column of the canvas as a part of the picture's width, 0 to 1 within the picture. */
    public double across(double column) {
        return (column - left) / width;
    }

    /** A row of the canvas as a part of the picture's height. */
    public double down(double row) {
        return (row - top) / height;
    }
}
