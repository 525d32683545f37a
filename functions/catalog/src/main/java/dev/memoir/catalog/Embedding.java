package dev.memoir.catalog;

import java.util.Arrays;

/**
 * A direction: what a picture, or a frame of a film, means to a model.
 *
 * @param scale above 0; each component is its number times this
 * @param components -127 to 127
 */
public record Embedding(float scale, byte[] components) {
    public Embedding {
        components = components.clone();
    }

    @Override
    public byte[] components() {
        return components.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding embedding
                && scale == embedding.scale
                && Arrays.equals(components, embedding.components);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(components);
    }

    @Override
    public String toString() {
        return "Embedding of " + components.length + " components";
    }
}
