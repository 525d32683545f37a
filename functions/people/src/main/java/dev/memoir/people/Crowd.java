package dev.memoir.people;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The usable faces whose persons are known, in memory, to say of a new one whose it is, before the next grouping of all does it
 * thoroughly. For one thread at a time.
 */
public final class Crowd {
    private float[] embeddings = new float[64 * Distances.SIZE];
    private UUID[] persons = new UUID[64];
    private int size;

    private static final class Votes {
        private int all;
        private int near;
        private float nearest = Float.MAX_VALUE;
    }

    public int size() {
        return size;
    }

    public void add(float[] embedding, UUID person) {
        if (embedding.length != Distances.SIZE) {
            throw new IllegalArgumentException(
                    "an embedding has " + Distances.SIZE + " numbers, not " + embedding.length);
        }
        if (size == persons.length) {
            persons = Arrays.copyOf(persons, 2 * size);
            embeddings = Arrays.copyOf(embeddings, 2 * size * Distances.SIZE);
        }
        System.arraycopy(embedding, 0, embeddings, size * Distances.SIZE, Distances.SIZE);
        persons[size++] = person;
    }

    /**
     * The person with a face that is linked to this one, and of whose faces more than nine tenths lie within dlib's distance;
     * of several the one with the most, then the nearest.
     */
    public Optional<UUID> personOf(float[] embedding) {
        Map<UUID, Votes> votes = new HashMap<>();
        float same = Likeness.SAME * Likeness.SAME;
        int[] near = new int[size];
        float[] distances = new float[size];
        int found = 0;
        for (int i = 0; i < size; i++) {
            float squared = upTo(same, embedding, i * Distances.SIZE);
            if (squared < same) {
                near[found] = i;
                distances[found++] = squared;
            }
        }
        for (int i = 0; i < found; i++) {
            Votes of = votes.computeIfAbsent(persons[near[i]], p -> new Votes());
            of.near++;
            of.nearest = Math.min(of.nearest, distances[i]);
        }
        float linked = Likeness.LINKS[0] * Likeness.LINKS[0];
        votes.values().removeIf(v -> v.nearest >= linked);
        if (votes.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < size; i++) {
            Votes of = votes.get(persons[i]);
            if (of != null) {
                of.all++;
            }
        }
        return votes.entrySet().stream()
                .filter(person -> person.getValue().near > Likeness.MOST * person.getValue().all)
                .min((a, b) -> before(a, b))
                .map(Map.Entry::getKey);
    }

    private static int before(Map.Entry<UUID, Votes> a, Map.Entry<UUID, Votes> b) {
        int byPart = Double.compare(
                (double) b.getValue().near / b.getValue().all, (double) a.getValue().near / a.getValue().all);
        int byDistance = Float.compare(a.getValue().nearest, b.getValue().nearest);
        return byPart != 0 ? byPart : byDistance != 0 ? byDistance : a.getKey().compareTo(b.getKey());
    }

    /** The squared distance, or some number that is not below the limit. */
    private float upTo(float limit, float[] embedding, int at) {
        float sum = 0;
        for (int d = 0; d < Distances.SIZE && sum < limit; d += 16) {
            for (int each = d; each < d + 16; each++) {
                float difference = embedding[each] - embeddings[at + each];
                sum += difference * difference;
            }
        }
        return sum;
    }
}
