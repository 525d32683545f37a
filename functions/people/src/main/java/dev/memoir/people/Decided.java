package dev.memoir.people;

import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What holds after all decisions, read in the order of their ids: the same for every order in which they became known. */
public final class Decided {
    /**
     * What is known of a person.
     *
     * @param cover the face that was chosen to show the person
     */
    public record Person(Optional<String> name, boolean hidden, Optional<FaceRef> cover) {
        /** On whom nothing was decided. */
        public static final Person NEW = new Person(Optional.empty(), false, Optional.empty());
    }

    private record Statement(FaceRef face, UUID person) {}

    private record Pair(UUID one, UUID other) {
        static Pair of(UUID a, UUID b) {
            return a.compareTo(b) < 0 ? new Pair(a, b) : new Pair(b, a);
        }
    }

    private final Map<UUID, Person> persons = new LinkedHashMap<>();
    private final Map<Sha256, List<Statement>> known = new HashMap<>();
    private final Map<Sha256, List<Statement>> rejected = new HashMap<>();
    private final Map<UUID, UUID> mergedInto = new HashMap<>();
    private final Set<Pair> apart = new HashSet<>();
    private final Map<UUID, String> forgotten = new LinkedHashMap<>();
    private final Set<FaceRef> unrecognised = new LinkedHashSet<>();

    private Decided() {}

    public static Decided of(Collection<Decision> decisions) {
        List<Decision> sorted = decisions.stream()
                .sorted(Comparator.comparing(Decision::id))
                .distinct()
                .toList();
        Set<String> undone = undone(sorted);
        var decided = new Decided();
        sorted.stream().filter(decision -> !undone.contains(decision.id())).forEach(d -> {
            if (d.what() instanceof Decision.Forget forget) {
                decided.forget(d.id(), forget, undone);
            } else {
                decided.add(d.what());
            }
        });
        return decided;
    }

    /** The ids of those that were undone, and not by one that was undone itself. */
    public static Set<String> undone(Collection<Decision> decisions) {
        Set<String> undone = new HashSet<>();
        decisions.stream().sorted(Comparator.comparing(Decision::id).reversed()).forEach(decision -> {
            if (decision.what() instanceof Decision.Undo(String target) && !undone.contains(decision.id())) {
                undone.add(target);
            }
        });
        return undone;
    }

    /** What an undoing takes back, if that is among them; it only reaches back. */
    public static Optional<Decision> undoneBy(Decision undoing, Decision.Undo undo, Collection<Decision> all) {
        return all.stream()
                .filter(earlier ->
                        earlier.id().equals(undo.decision()) && earlier.id().compareTo(undoing.id()) < 0)
                .findFirst();
    }

    private void add(Decision.What what) {
        switch (what) {
            case Decision.Name(UUID person, String name, List<FaceRef> faces) -> {
                know(faces, person);
                Person before = persons.get(person);
                persons.put(
                        person,
                        new Person(Optional.of(name).filter(n -> !n.isBlank()), before.hidden(), before.cover()));
            }
            case Decision.Merge(UUID person, UUID into, List<FaceRef> faces, List<FaceRef> intoFaces) -> {
                know(faces, person);
                know(intoFaces, into);
                if (!resolve(person).equals(resolve(into))) {
                    mergedInto.put(resolve(person), resolve(into));
                }
            }
            case Decision.Move move -> {
                move.former().ifPresent(former -> know(move.staying(), former));
                know(move.faces(), move.to());
            }
            case Decision.Reject(List<FaceRef> faces, UUID person, List<FaceRef> staying) -> {
                know(staying, person);
                faces.forEach(face -> reject(face, person));
            }
            case Decision.Hide(UUID person, boolean hidden, List<FaceRef> faces) -> {
                know(faces, person);
                Person before = persons.get(person);
                persons.put(person, new Person(before.name(), hidden, before.cover()));
            }
            case Decision.Cover(UUID person, FaceRef face) -> {
                know(List.of(face), person);
                Person before = persons.get(person);
                persons.put(person, new Person(before.name(), before.hidden(), Optional.of(face)));
            }
            case Decision.Apart(UUID person, UUID other, List<FaceRef> faces, List<FaceRef> otherFaces) -> {
                know(faces, person);
                know(otherFaces, other);
                apart.add(Pair.of(person, other));
            }
            case Decision.Forget _, Decision.Undo _ -> {}
        }
    }

    private void forget(String id, Decision.Forget forget, Set<String> undone) {
        if (forget.earlier().filter(undone::contains).isPresent()) {
            return;
        }
        persons.putIfAbsent(forget.person(), Person.NEW);
        forgotten.put(forget.person(), forget.earlier().orElse(id));
        unrecognised.addAll(forget.faces());
    }

    /** Who is not to be recognised → the id of the decision that says so. */
    public Map<UUID, String> forgotten() {
        return Collections.unmodifiableMap(forgotten);
    }

    /** Where no face is looked for. */
    public Set<FaceRef> unrecognised() {
        return Collections.unmodifiableSet(unrecognised);
    }

    private void know(List<FaceRef> faces, UUID person) {
        persons.putIfAbsent(person, Person.NEW);
        for (FaceRef face : faces) {
            replace(known, face, person);
            statements(rejected, face.asset())
                    .removeIf(s -> s.face().meets(face) && resolve(s.person()).equals(resolve(person)));
        }
    }

    private void reject(FaceRef face, UUID person) {
        statements(known, face.asset())
                .removeIf(s -> s.face().meets(face) && resolve(s.person()).equals(resolve(person)));
        statements(rejected, face.asset()).add(new Statement(face, person));
    }

    private static void replace(Map<Sha256, List<Statement>> all, FaceRef face, UUID person) {
        List<Statement> there = statements(all, face.asset());
        there.removeIf(statement -> statement.face().meets(face));
        there.add(new Statement(face, person));
    }

    private static List<Statement> statements(Map<Sha256, List<Statement>> all, Sha256 asset) {
        return all.computeIfAbsent(asset, a -> new ArrayList<>());
    }

    /** Who the person is after all mergers. */
    public UUID resolve(UUID person) {
        UUID now = person;
        for (UUID into = mergedInto.get(now); into != null; into = mergedInto.get(now)) {
            now = into;
        }
        return now;
    }

    /** Whose face it was said to be. */
    public Optional<UUID> knownPerson(FaceRef face) {
        return known.getOrDefault(face.asset(), List.of()).stream()
                .filter(statement -> statement.face().meets(face))
                .max(Comparator.comparingDouble(s -> s.face().region().overlap(face.region())))
                .map(statement -> resolve(statement.person()));
    }

    /** Whose face it was said not to be. */
    public Set<UUID> rejectedPersons(FaceRef face) {
        Set<UUID> persons = new HashSet<>();
        rejected.getOrDefault(face.asset(), List.of()).stream()
                .filter(statement -> statement.face().meets(face))
                .forEach(statement -> persons.add(resolve(statement.person())));
        return persons;
    }

    /** Whether somebody said that the two are not one. */
    public boolean areApart(UUID one, UUID other) {
        return apart.stream()
                .anyMatch(pair ->
                        Pair.of(resolve(pair.one()), resolve(pair.other())).equals(Pair.of(one, other)));
    }

    /** Everybody who was decided on and has not become another. A name goes over to who has none. */
    public Map<UUID, Person> persons() {
        Map<UUID, Person> now = new LinkedHashMap<>();
        persons.forEach((id, person) -> {
            if (resolve(id).equals(id)) {
                now.put(id, person);
            }
        });
        persons.forEach((id, person) -> now.computeIfPresent(
                resolve(id),
                (_, kept) -> new Person(
                        kept.name().or(person::name),
                        kept.hidden(),
                        kept.cover().or(person::cover))));
        return now;
    }

    /** Whom the person's id means no longer, since it is another: their ids. */
    public Set<UUID> mergedAway() {
        return Set.copyOf(mergedInto.keySet());
    }
}
