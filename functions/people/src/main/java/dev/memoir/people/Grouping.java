package dev.memoir.people;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Whose each face is: what looks say, and above that what people said. A face somebody spoke on is that person's; a group of
 * faces with it follows; where faces of several persons look alike, each goes with the nearest that was spoken on. Nobody is
 * given a face that was said not to be theirs.
 */
public final class Grouping {
    /** So many known faces are needed for a person to take in a group that is not linked to them. */
    private static final int ENOUGH = 3;

    private final FaceSet faces;
    private final Map<Integer, UUID> known;
    private final Map<Integer, Set<UUID>> rejected;
    private final Set<UUID> taken;
    private final UUID[] persons;

    private Grouping(FaceSet faces, Map<Integer, UUID> known, Map<Integer, Set<UUID>> rejected, Set<UUID> taken) {
        this.faces = faces;
        this.known = known;
        this.rejected = rejected;
        this.taken = taken;
        this.persons = new UUID[faces.size()];
    }

    /**
     * @param refs what decisions know the faces by, in the order of the faces
     * @return for each face its person; null for one that is not good enough and that nobody spoke on. A person nobody spoke
     *     on has the id of the least face, so that the next time it has the same
     */
    public static UUID[] of(FaceSet faces, List<FaceRef> refs, Decided decided) {
        Map<Integer, UUID> known = new TreeMap<>();
        Map<Integer, Set<UUID>> rejected = new HashMap<>();
        for (int i = 0; i < faces.size(); i++) {
            int face = i;
            decided.knownPerson(refs.get(i)).ifPresent(person -> known.put(face, person));
            Set<UUID> persons = decided.rejectedPersons(refs.get(i));
            if (!persons.isEmpty()) {
                rejected.put(i, persons);
            }
        }
        Set<UUID> taken = new HashSet<>(decided.persons().keySet());
        taken.addAll(decided.mergedAway());
        return new Grouping(faces, known, rejected, taken).run();
    }

    private UUID[] run() {
        known.forEach((face, person) -> persons[face] = person);
        Map<UUID, List<Integer>> knownFaces = new TreeMap<>();
        known.forEach((face, person) -> {
            if (faces.usable()[face]) {
                knownFaces.computeIfAbsent(person, p -> new ArrayList<>()).add(face);
            }
        });
        for (List<Integer> group : groups()) {
            settle(group, knownFaces);
        }
        return persons;
    }

    private List<List<Integer>> groups() {
        List<Integer> usable = new ArrayList<>();
        for (int i = 0; i < faces.size(); i++) {
            if (faces.usable()[i]) {
                usable.add(i);
            }
        }
        float[] embeddings = new float[usable.size() * Distances.SIZE];
        for (int i = 0; i < usable.size(); i++) {
            System.arraycopy(
                    faces.embeddings(), usable.get(i) * Distances.SIZE, embeddings, i * Distances.SIZE, Distances.SIZE);
        }
        return Groups.of(embeddings).stream()
                .map(group -> group.stream().map(usable::get).toList())
                .toList();
    }

    private void settle(List<Integer> group, Map<UUID, List<Integer>> knownFaces) {
        Map<UUID, List<Integer>> within = new TreeMap<>();
        List<Integer> open = new ArrayList<>();
        for (int face : group) {
            if (known.containsKey(face)) {
                within.computeIfAbsent(known.get(face), p -> new ArrayList<>()).add(face);
            } else {
                open.add(face);
            }
        }
        if (within.isEmpty()) {
            matching(open, knownFaces).ifPresent(person -> within.put(person, knownFaces.get(person)));
        }
        List<Integer> left = new ArrayList<>();
        for (int face : open) {
            Optional<UUID> person = nearest(face, within);
            person.ifPresentOrElse(p -> persons[face] = p, () -> left.add(face));
        }
        if (!left.isEmpty()) {
            UUID person = unnamed(left);
            left.forEach(face -> persons[face] = person);
        }
    }

    /** The person whose known faces a whole group is like, by the rule of {@link Likeness}. */
    private Optional<UUID> matching(List<Integer> group, Map<UUID, List<Integer>> knownFaces) {
        UUID best = null;
        double most = Likeness.MOST;
        for (Map.Entry<UUID, List<Integer>> person : knownFaces.entrySet()) {
            if (person.getValue().size() < ENOUGH
                    || group.stream().anyMatch(face -> isRejected(face, person.getKey()))) {
                continue;
            }
            double near = Likeness.between(faces.embeddings(), group, person.getValue());
            if (near > most) {
                most = near;
                best = person.getKey();
            }
        }
        return Optional.ofNullable(best);
    }

    private Optional<UUID> nearest(int face, Map<UUID, List<Integer>> candidates) {
        UUID nearest = null;
        float least = Float.MAX_VALUE;
        for (Map.Entry<UUID, List<Integer>> person : candidates.entrySet()) {
            if (isRejected(face, person.getKey())) {
                continue;
            }
            if (candidates.size() == 1) {
                return Optional.of(person.getKey());
            }
            for (int other : person.getValue()) {
                float distance = Distances.squared(faces.embeddings(), face, other);
                if (distance < least) {
                    least = distance;
                    nearest = person.getKey();
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    private boolean isRejected(int face, UUID person) {
        return rejected.getOrDefault(face, Set.of()).contains(person);
    }

    /** A face's id that no person bears whom somebody spoke on, though the face went to somebody else since. */
    private UUID unnamed(List<Integer> group) {
        return group.stream()
                .map(face -> faces.ids()[face])
                .filter(id -> !taken.contains(id))
                .findFirst()
                .orElseGet(() -> PersonId.instead(faces.ids()[group.getFirst()]));
    }
}
