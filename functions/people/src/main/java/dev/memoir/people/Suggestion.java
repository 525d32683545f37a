package dev.memoir.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Two people who may be one.
 *
 * @param certainty the part of their faces, taken two by two, that lie within dlib's distance: 0 to 1
 */
public record Suggestion(UUID person, UUID other, double certainty) {
    /** Below it people are not asked. */
    private static final double LEAST = 0.25;

    /**
     * The surest first.
     *
     * @param persons as {@link Grouping} gave them
     */
    public static List<Suggestion> among(FaceSet faces, UUID[] persons, Decided decided, int most) {
        Map<UUID, List<Integer>> people = new TreeMap<>();
        for (int i = 0; i < faces.size(); i++) {
            if (faces.usable()[i]) {
                people.computeIfAbsent(
                                Objects.requireNonNull(persons[i], "a usable face has a person"),
                                p -> new ArrayList<>())
                        .add(i);
            }
        }
        List<UUID> ids = List.copyOf(people.keySet());
        List<Suggestion> found = new ArrayList<>();
        Distances.closerThan(Likeness.SAME, middles(faces, people), (one, other, _) -> {
            UUID person = ids.get(one);
            UUID another = ids.get(other);
            double certainty = Likeness.between(faces.embeddings(), people.get(person), people.get(another));
            if (certainty >= LEAST && !decided.areApart(person, another)) {
                found.add(new Suggestion(person, another, certainty));
            }
        });
        Map<UUID, Integer> sizes = new HashMap<>();
        people.forEach((person, all) -> sizes.put(person, all.size()));
        return found.stream()
                .sorted(Comparator.comparingDouble(Suggestion::certainty)
                        .reversed()
                        .thenComparing(s -> -sizes.get(s.person()) - sizes.get(s.other()))
                        .thenComparing(Suggestion::person)
                        .thenComparing(Suggestion::other))
                .limit(most)
                .toList();
    }

    /** The mean of each person's faces. People whose means lie far apart have few faces that are near. */
    private static float[] middles(FaceSet faces, Map<UUID, List<Integer>> people) {
        float[] middles = new float[people.size() * Distances.SIZE];
        int person = 0;
        for (List<Integer> all : people.values()) {
            System.arraycopy(
                    Distances.middle(faces.embeddings(), all), 0, middles, person++ * Distances.SIZE, Distances.SIZE);
        }
        return middles;
    }
}
