package dev.memoir.vectors;

/**
 * A direction in 8 bits: each component is its number times the scale.
 *
 * @param scale above 0
 * @param components -127 to 127
 */
public record Quantised(float scale, byte[] components) {
    private static final int LARGEST = 127;

    /**
     * Of a vector's direction; its length is lost.
     *
     * @throws IllegalArgumentException when it has none: all zeros, or a component that is no finite number
     */
    public static Quantised of(float[] vector) {
        double squares = 0;
        float largest = 0;
        for (float component : vector) {
            squares += (double) component * component;
            largest = Math.max(largest, Math.abs(component));
        }
        double length = Math.sqrt(squares);
        if (!(length > 0) || Double.isInfinite(length)) {
            throw new IllegalArgumentException("a vector of " + vector.length + " components has no direction");
        }
        byte[] components = new byte[vector.length];
        for (int i = 0; i < vector.length; i++) {
            components[i] = (byte) Math.round(vector[i] / largest * LARGEST);
        }
        return new Quantised((float) (largest / length / LARGEST), components);
    }
}
