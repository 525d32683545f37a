package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.Thing;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.PersonId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What a decision changes at once, within its maker's transaction: whose the faces are that it names, names and covers, and what
 * the items are found by. It reaches what the maker sees; the next grouping, which sees all, brings the rest in line.
 */
final class DecisionEffect {
    private final Handle handle;
    private final Claims who;
    private final String household;
    private final Set<Sha256> touched = new HashSet<>();
    private final Set<UUID> people = new HashSet<>();

    DecisionEffect(Handle handle, Claims who, String household) {
        this.handle = handle;
        this.who = who;
        this.household = household;
    }

    void take(Decision decision) {
        Decisions.write(handle, decision);
        List<Decision> all = Decisions.read(handle);
        Decided decided = Decided.of(all);
        apply(decision, all, decided);
        Map<UUID, Decided.Person> persons = decided.persons();
        people.stream()
                .map(decided::resolve)
                .distinct()
                .filter(this::isSeen)
                .sorted()
                .forEach(id -> PersonRows.write(handle, id, persons.getOrDefault(id, Decided.Person.NEW)));
        people.forEach(this::touchAll);
        findAgain();
    }

    /** An undoing brings back what its target, or what the target had undone, says of the faces. */
    private void apply(Decision decision, List<Decision> all, Decided decided) {
        boolean holds = !Decided.undone(all).contains(decision.id());
        switch (decision.what()) {
            case Decision.Name(UUID person, String _, List<FaceRef> faces) -> settle(faces, person, decided);
            case Decision.Hide(UUID person, boolean _, List<FaceRef> faces) -> settle(faces, person, decided);
            case Decision.Cover(UUID person, FaceRef face) -> settle(List.of(face), person, decided);
            case Decision.Merge(UUID person, UUID into, List<FaceRef> faces, List<FaceRef> intoFaces) -> {
                settle(faces, person, decided);
                settle(intoFaces, into, decided);
                if (holds) {
                    moveAll(person, decided.resolve(into));
                }
                noLongerSuggested(person, into);
            }
            case Decision.Move move -> {
                move.former().ifPresent(former -> settle(move.staying(), former, decided));
                settle(move.faces(), holds ? move.to() : move.former().orElse(null), decided);
                people.add(move.to());
                move.former().ifPresent(people::add);
            }
            case Decision.Reject(List<FaceRef> faces, UUID person, List<FaceRef> staying) -> {
                people.add(person);
                settle(staying, person, decided);
                settle(faces, holds ? null : person, decided);
            }
            case Decision.Apart(UUID person, UUID other, List<FaceRef> faces, List<FaceRef> otherFaces) -> {
                settle(faces, person, decided);
                settle(otherFaces, other, decided);
                noLongerSuggested(person, other);
            }
            case Decision.Forget(UUID person, List<FaceRef> faces, String _) -> {
                // Taken back, there is nothing left to bring back: photos are looked at again after the next grouping.
                if (holds) {
                    forget(person, faces);
                }
            }
            case Decision.Undo undo ->
                Decided.undoneBy(decision, undo, all).ifPresent(earlier -> apply(earlier, all, decided));
        }
    }

    /**
     * @param otherwise whose they are when nobody said it of them; null: each its own
     */
    private void settle(List<FaceRef> refs, UUID otherwise, Decided decided) {
        if (otherwise != null) {
            people.add(otherwise);
        }
        Map<UUID, UUID> own = new HashMap<>();
        for (FaceRef ref : refs) {
            PersonRows.face(handle, ref).ifPresent(face -> {
                UUID person = decided.knownPerson(ref)
                        .orElseGet(() -> otherwise == null
                                ? own.computeIfAbsent(face, f -> PersonId.alone(f, decided))
                                : decided.resolve(otherwise));
                people.add(person);
                touched.add(ref.asset());
                handle.createUpdate("UPDATE face SET person = :person WHERE id = :face")
                        .bind("person", person)
                        .bind("face", face)
                        .execute();
            });
        }
    }

    private void moveAll(UUID person, UUID into) {
        touchAll(person);
        handle.createUpdate("UPDATE face SET person = :into WHERE person = :person")
                .bind("into", into)
                .bind("person", person)
                .execute();
    }

    private void noLongerSuggested(UUID one, UUID other) {
        handle.createUpdate("DELETE FROM suggestion WHERE (person = :one AND other = :other)"
                        + " OR (person = :other AND other = :one)")
                .bind("one", one)
                .bind("other", other)
                .execute();
    }

    /** Suggestions first: they are seen through faces. */
    private void forget(UUID person, List<FaceRef> faces) {
        touchAll(person);
        Unrecognised.add(handle, faces);
        handle.createUpdate("DELETE FROM suggestion WHERE person = :person OR other = :person")
                .bind("person", person)
                .execute();
        handle.createUpdate("DELETE FROM face WHERE person = :person")
                .bind("person", person)
                .execute();
    }

    private boolean isSeen(UUID person) {
        return handle.createQuery("SELECT 1 FROM face WHERE person = :person LIMIT 1")
                .bind("person", person)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private void touchAll(UUID person) {
        handle.createQuery("SELECT DISTINCT sha256 FROM face WHERE person = :person")
                .bind("person", person)
                .map((row, context) -> Sha256.of(row.getBytes("sha256")))
                .forEach(touched::add);
    }

    private record Row(UUID id, Thing thing, Sha256 asset, boolean listed, SortedSet<String> terms, Slot slot) {
        private ListedTerms.Entry listing(SortedSet<String> by) {
            return new ListedTerms.Entry(slot, by, thing.sensitive());
        }
    }

    /** Those of the touched assets' items that the caller may change. */
    private void findAgain() {
        Map<Sha256, List<PersonTerms.Seen>> seen = PersonTerms.seen(handle, touched);
        Map<String, ListedTerms> listed = new TreeMap<>();
        ItemChanges changes = new ItemChanges(handle);
        for (Row item : locked(touched)) {
            if (!AccessPolicy.allows(who, Action.CHANGE, item.thing(), household)) {
                continue;
            }
            SortedSet<String> terms = new TreeSet<>(item.terms());
            terms.removeIf(PersonTerms::is);
            terms.addAll(PersonTerms.of(seen.getOrDefault(item.asset(), List.of())));
            if (terms.equals(item.terms())) {
                continue;
            }
            handle.createUpdate("UPDATE item SET terms = :terms WHERE id = :id")
                    .bind("terms", terms.toArray(String[]::new))
                    .bind("id", item.id())
                    .execute();
            Thing thing = item.thing();
            changes.note(thing.owner(), item.id(), thing.sensitive() || thing.trashed());
            if (item.listed()) {
                listed.computeIfAbsent(item.thing().owner(), owner -> new ListedTerms(handle, owner))
                        .change(item.listing(item.terms()), item.listing(terms));
            }
        }
        listed.values().forEach(ListedTerms::write);
        changes.write();
    }

    private List<Row> locked(Collection<Sha256> assets) {
        if (assets.isEmpty()) {
            return List.of();
        }
        return new ArrayList<>(handle.createQuery(
                        "SELECT id, owner, sha256, present, trashed_at, cover, sensitive, terms, block, slot"
                                + " FROM item WHERE sha256 = ANY(:assets) ORDER BY id FOR UPDATE")
                .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                .map((row, context) -> new Row(
                        row.getObject("id", UUID.class),
                        new Thing(
                                row.getString("owner"),
                                row.getBoolean("sensitive"),
                                row.getObject("trashed_at") != null),
                        Sha256.of(row.getBytes("sha256")),
                        row.getBoolean("present")
                                && row.getObject("trashed_at") == null
                                && row.getObject("cover") == null,
                        new TreeSet<>(AssetRow.strings(row, "terms")),
                        new Slot(row.getLong("block"), row.getInt("slot"))))
                .list());
    }
}
