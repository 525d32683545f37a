package dev.memoir.ai.words;

import dev.memoir.catalog.Embedding;
import dev.memoir.vectors.Quantised;
import java.util.List;

/** From a model's numbers to what the catalog keeps. */
public final class Directions {
    private Directions() {}

    /**
     * @return one; none when the numbers have no direction
     * @throws IllegalStateException when there are not as many as the catalogue says
     */
    public static List<Embedding> of(float[] row, int size) {
        if (row.length != size) {
            throw new IllegalStateException(row.length + " components, but the catalogue says " + size);
        }
        try {
            Quantised quantised = Quantised.of(row);
            return List.of(new Embedding(quantised.scale(), quantised.components()));
        } catch (IllegalArgumentException none) {
            return List.of();
        }
    }
}
