package dev.memoir.vectors;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * Something that was found, or a place between two of them.
 *
 * @param id 32 bytes
 * @param score the nearer the higher; the cosine of the angle between the two directions, nearly
 */
public record Found(byte[] id, float score) {
    /** The best first; of equals the lower id. */
    public static final Comparator<Found> BEST_FIRST =
            Comparator.comparingDouble(Found::score).reversed().thenComparing(Found::id, Arrays::compareUnsigned);

    @Override
    public boolean equals(Object other) {
        return other instanceof Found found && score == found.score && Arrays.equals(id, found.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(id) + " " + score;
    }
}
