package dev.memoir.people;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Faces that are one person's by their looks alone. Density-based, with one neighbour as the least density, so that two photos
 * make a person: faces nearer than the widest link hang together, and a group in which they are not one person's by the rule of
 * {@link Likeness} is parted at the next narrower link, until its parts are. What hangs together even by the narrowest, a chain
 * of faces each like the next, is parted around its densest faces. A face that is left alone goes to a group whose middle lies
 * within dlib's distance, and more than nine tenths of whose faces do. All of it is told by the set of faces, none by their order.
 */
final class Groups {
    /** A single face may only join where so many can be asked. */
    private static final int ENOUGH = 3;

    private final float[] embeddings;
    private final Forest[] levels;

    private Groups(float[] embeddings) {
        this.embeddings = embeddings;
        this.levels = new Forest[Likeness.LINKS.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new Forest(embeddings.length / Distances.SIZE);
        }
    }

    /** @return each group's places among the embeddings, ascending; the groups by their first */
    static List<List<Integer>> of(float[] embeddings) {
        var groups = new Groups(embeddings);
        Distances.closerThan(Likeness.LINKS[0], embeddings, groups::link);
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < embeddings.length / Distances.SIZE; i++) {
            all.add(i);
        }
        List<List<Integer>> found = new ArrayList<>();
        groups.part(all, 0, found);
        List<List<Integer>> joined = groups.joined(found);
        joined.sort(Comparator.comparingInt(List::getFirst));
        return joined;
    }

    /** What hangs together by a narrow link does by every wider one. */
    private void link(int one, int other, float squared) {
        int narrowest = 0;
        while (narrowest + 1 < levels.length
                && squared < Likeness.LINKS[narrowest + 1] * Likeness.LINKS[narrowest + 1]) {
            narrowest++;
        }
        for (int level = narrowest; level >= 0; level--) {
            if (!levels[level].join(one, other)) {
                return;
            }
        }
    }

    private void part(List<Integer> faces, int level, List<List<Integer>> found) {
        Map<Integer, List<Integer>> parts = new TreeMap<>();
        for (int face : faces) {
            parts.computeIfAbsent(levels[level].find(face), root -> new ArrayList<>())
                    .add(face);
        }
        for (List<Integer> part : parts.values()) {
            if (Likeness.isOne(embeddings, part)) {
                found.add(part);
            } else if (level + 1 < levels.length) {
                part(part, level + 1, found);
            } else {
                found.addAll(aroundTheDensest(part));
            }
        }
    }

    /** Those with the most faces near them, one after the other, take what is near them and not taken yet. */
    private List<List<Integer>> aroundTheDensest(List<Integer> chain) {
        Map<Integer, Integer> density = new TreeMap<>();
        for (int face : chain) {
            density.put(face, (int)
                    chain.stream().filter(other -> near(face, other)).count());
        }
        List<Integer> densestFirst = chain.stream()
                .sorted(Comparator.<Integer, Integer>comparing(density::get, Comparator.reverseOrder())
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        Set<Integer> free = new TreeSet<>(chain);
        List<List<Integer>> parts = new ArrayList<>();
        for (int face : densestFirst) {
            if (free.contains(face)) {
                List<Integer> taken =
                        free.stream().filter(other -> near(face, other)).toList();
                taken.forEach(free::remove);
                parts.add(taken);
            }
        }
        return parts;
    }

    private boolean near(int face, int other) {
        float most = Likeness.AROUND * Likeness.AROUND;
        return Distances.squared(embeddings, face, other) < most;
    }

    /** Single faces are judged by the groups as they were found, never by one another. */
    private List<List<Integer>> joined(List<List<Integer>> found) {
        List<List<Integer>> groups = new ArrayList<>();
        List<List<Integer>> single = new ArrayList<>();
        found.forEach(group -> (group.size() == 1 ? single : groups).add(group));
        List<List<Integer>> grown = new ArrayList<>(
                groups.stream().<List<Integer>>map(ArrayList::new).toList());
        float[][] middles = groups.stream()
                .map(group -> Distances.middle(embeddings, group))
                .toArray(float[][]::new);
        for (List<Integer> face : single) {
            int best = best(face, groups, middles);
            if (best < 0) {
                grown.add(face);
            } else {
                grown.get(best).add(face.getFirst());
            }
        }
        grown.forEach(group -> group.sort(null));
        return grown;
    }

    private int best(List<Integer> face, List<List<Integer>> groups, float[][] middles) {
        int best = -1;
        double most = Likeness.MOST;
        for (int i = 0; i < groups.size(); i++) {
            int at = face.getFirst() * Distances.SIZE;
            if (groups.get(i).size() >= ENOUGH
                    && Distances.squared(embeddings, at, middles[i], 0) < Likeness.SAME * Likeness.SAME) {
                double near = Likeness.between(embeddings, face, groups.get(i));
                if (near > most) {
                    most = near;
                    best = i;
                }
            }
        }
        return best;
    }
}
