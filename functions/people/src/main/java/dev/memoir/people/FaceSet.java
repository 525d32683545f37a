package dev.memoir.people;

import java.util.UUID;

/**
 * Faces to be grouped, sorted by their ids, so that nothing depends on the order in which they came.
 *
 * @param ids ascending
 * @param embeddings {@link Distances#SIZE} numbers for each face, one face after the other
 * @param usable whether the face is good enough to say whose it is
 */
public record FaceSet(UUID[] ids, float[] embeddings, boolean[] usable) {
    public FaceSet {
        if (embeddings.length != ids.length * Distances.SIZE || usable.length != ids.length) {
            throw new IllegalArgumentException(
                    ids.length + " faces, but " + embeddings.length + " numbers and " + usable.length + " verdicts");
        }
        for (int i = 1; i < ids.length; i++) {
            if (ids[i - 1].compareTo(ids[i]) >= 0) {
                throw new IllegalArgumentException("faces must be sorted by their ids, each there once");
            }
        }
    }

    public int size() {
        return ids.length;
    }
}
