package dev.memoir.ai.faces;

/** C's {@code lround}: halves go away from zero, where {@link Math#round} lets them go up. */
final class Rounding {
    private Rounding() {}

    static int nearest(double value) {
        int magnitude = (int) Math.floor(Math.abs(value) + 0.5);
        return value < 0 ? -magnitude : magnitude;
    }
}
