package dev.memoir.people;

/**
 * How good a picture of a face is. One that is not good enough stays with its photo, but says nothing on whose it is.
 *
 * @param pixels width of its box in the analysis rendition, whose longer side has 1920
 * @param sharpness variance of the Laplacian of the 150 px chip's luminance (0 to 255): of a blurred face it is small
 * @param turn how far the nose lies beside the middle of the eyes, in parts of the distance between their outer corners; 0
 *     for one that looks at the camera
 */
public record FaceQuality(double pixels, double sharpness, double turn) {
    /** Sample portraits made smaller lie 0.15 to 0.25 from themselves where the face has 40 pixels, 0.25 to 0.35 with 25. */
    public static final double LEAST_PIXELS = 40;

    /**
     * The sample portraits have 170 to 450. Made so small and large again that the rest is 25 pixels of face, they have 8 and lie
     * 0.34 from themselves; below 5 it is 0.5, as far as other people may be.
     */
    public static final double LEAST_SHARPNESS = 8;

    /** A face half turned away. */
    public static final double MOST_TURN = 0.4;

    /** Whether it may say whose the face is. */
    public boolean usable() {
        return pixels >= LEAST_PIXELS && sharpness >= LEAST_SHARPNESS && turn <= MOST_TURN;
    }
}
