package dev.memoir.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.people.MadeFaces.Made;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class GroupingTest {
    private static final Decided NOTHING = Decided.of(List.of());
    private int moment;

    private Decision decision(Decision.What what) {
        return Decision.of(
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(moment++), new UUID(moment, 0), "anna", what);
    }

    private static List<FaceRef> refs(List<Made> faces) {
        return faces.stream().map(Made::ref).toList();
    }

    /** Some who are alike, some alone, and some in between. */
    private static MadeFaces family(long seed) {
        return new MadeFaces(seed)
                .person(1, 9, 0.2)
                .person(2, 5, 0.25)
                .person(3, 2, 0.15)
                .person(4, 1, 0.1)
                .between(1, 2, 0.5)
                .between(2, 3, 0.3)
                .add(5, MadeFaces.direction(99, 0.63), false);
    }

    @Test
    void theSameGroupsComeOutForEveryOrderOfArrival() {
        Random random = new Random(20261128);
        for (int i = 0; i < 200; i++) {
            long seed = random.nextLong();
            MadeFaces family = family(seed);
            assertEquals(
                    family.persons(NOTHING, random.nextLong()),
                    family.persons(NOTHING, random.nextLong()),
                    () -> "family " + seed);
        }
    }

    @Test
    void eachPersonIsAGroupAndAFaceAloneIsOne() {
        MadeFaces faces = new MadeFaces(1).person(1, 9, 0.2).person(2, 5, 0.25).person(3, 1, 0.1);

        List<UUID> persons = faces.persons();

        assertEquals(3, new HashSet<>(persons).size());
        for (int i = 0; i < 9; i++) {
            assertEquals(persons.get(0), persons.get(i));
        }
        for (int i = 9; i < 14; i++) {
            assertEquals(persons.get(9), persons.get(i));
        }
    }

    @Test
    void aFaceThatIsNotGoodEnoughIsNobodys() {
        MadeFaces faces = new MadeFaces(1).person(1, 3, 0.2).add(1, MadeFaces.direction(7919, 0.63), false);
        assertNull(faces.persons().getLast());
    }

    @Test
    void aChainOfFacesBetweenTwoPeopleDoesNotTieThemTogether() {
        MadeFaces faces = new MadeFaces(3).person(1, 20, 0.2).person(2, 20, 0.2);
        for (int i = 1; i < 10; i++) {
            faces.between(1, 2, i / 10.0);
        }
        List<UUID> persons = faces.persons();
        assertNotEquals(persons.get(0), persons.get(20));
    }

    @Test
    void anUnnamedPersonKeepsTheIdThatAnEarlierRunGave() {
        MadeFaces faces = family(5);
        assertEquals(faces.persons(NOTHING, 1), faces.persons(NOTHING, 1));
        UUID least = faces.of(1).stream().map(Made::id).min(UUID::compareTo).orElseThrow();
        assertEquals(least, faces.personOf(faces.of(1).getFirst(), NOTHING));
    }

    @Test
    void aNamedPersonKeepsTheIdHoweverManyFacesCome() {
        MadeFaces before = new MadeFaces(4).person(1, 3, 0.2);
        UUID id = before.persons().getFirst();
        Decided named = Decided.of(List.of(decision(new Decision.Name(id, "Ada", refs(before.all())))));

        before.person(1, 40, 0.2);

        before.persons(named, 0).forEach(person -> assertEquals(id, person));
    }

    @Test
    void aFaceThatWasSaidNotToBeThePersonsNeverComesBack() {
        MadeFaces faces = new MadeFaces(4).person(1, 6, 0.2);
        UUID id = faces.persons().getFirst();
        Made stranger = faces.all().get(2);
        List<Made> others = faces.all().stream().filter(f -> f != stranger).toList();

        Decided said = Decided.of(List.of(
                decision(new Decision.Name(id, "Ada", refs(faces.all()))),
                decision(new Decision.Reject(List.of(stranger.ref()), id, List.of()))));

        assertNotEquals(id, faces.personOf(stranger, said));
        others.forEach(face -> assertEquals(id, faces.personOf(face, said)));
    }

    @Test
    void facesThatWentToANewPersonStayThereThoughTheyLookLikeTheFormer() {
        MadeFaces twins = new MadeFaces(4).person(1, 8, 0.2);
        UUID one = twins.persons().getFirst();
        UUID other = new UUID(1, 1);
        List<Made> moved = twins.all().subList(0, 3);

        Decided said = Decided.of(List.of(
                decision(new Decision.Name(one, "Ada", refs(twins.all()))),
                decision(new Decision.Move(refs(moved), other, one, List.of()))));
        twins.person(1, 10, 0.2);

        List<UUID> persons = twins.persons(said, 0);
        assertEquals(List.of(other, other, other), persons.subList(0, 3));
        assertEquals(List.of(one, one, one, one, one), persons.subList(3, 8));
        assertTrue(List.of(one, other).containsAll(persons.subList(8, 18)), "new faces go to one of the two");
    }

    @Test
    void twoThatWereMergedAreOneAndApartAgainWhenThatIsUndone() {
        MadeFaces faces = new MadeFaces(4).person(1, 3, 0.2).person(2, 3, 0.2);
        UUID one = faces.personOf(faces.of(1).getFirst(), NOTHING);
        UUID other = faces.personOf(faces.of(2).getFirst(), NOTHING);
        Decision merged = decision(new Decision.Merge(other, one, refs(faces.of(2)), refs(faces.of(1))));
        Decision undone = decision(new Decision.Undo(merged.id()));

        faces.persons(Decided.of(List.of(merged)), 0).forEach(person -> assertEquals(one, person));
        assertEquals(faces.persons(), faces.persons(Decided.of(List.of(merged, undone)), 0));
        assertEquals(
                faces.persons(Decided.of(List.of(merged)), 0),
                faces.persons(Decided.of(List.of(merged, undone, decision(new Decision.Undo(undone.id())))), 0));
    }

    @Test
    void anIdThatSomebodySpokeOnIsNeverGivenToAnotherGroup() {
        MadeFaces faces = new MadeFaces(4).person(1, 6, 0.2);
        Made least = faces.all().stream().min(Comparator.comparing(Made::id)).orElseThrow();
        Decided said = Decided.of(List.of(
                decision(new Decision.Name(least.id(), "Ada", refs(faces.all()))),
                decision(new Decision.Reject(List.of(least.ref()), least.id(), List.of()))));

        UUID now = faces.personOf(least, said);

        assertNotEquals(least.id(), now);
        assertEquals(PersonId.alone(least.id(), said), now);
    }

    @Test
    void groupsThatLookAlikeAreSuggestedUnlessTheyWereSaidToBeApart() {
        MadeFaces faces = new MadeFaces(8).person(1, 10, 0.1);
        float[] away = MadeFaces.direction(7919, 0.63);
        float[] by = MadeFaces.direction(5, 0.59);
        for (int i = 0; i < away.length; i++) {
            away[i] += by[i];
        }
        faces.add(1, away, true);
        List<Made> sorted =
                faces.all().stream().sorted(Comparator.comparing(Made::id)).toList();
        UUID[] persons = Grouping.of(MadeFaces.set(sorted), refs(sorted), NOTHING);
        assertEquals(2, new HashSet<>(Arrays.asList(persons)).size());

        List<Suggestion> suggested = Suggestion.among(MadeFaces.set(sorted), persons, NOTHING, 10);

        assertEquals(1, suggested.size());
        Suggestion only = suggested.getFirst();
        Decided apart =
                Decided.of(List.of(decision(new Decision.Apart(only.person(), only.other(), List.of(), List.of()))));
        assertEquals(List.of(), Suggestion.among(MadeFaces.set(sorted), persons, apart, 10));
    }

    @Test
    void aNewFaceGoesWhereTheGroupingOfAllWouldPutIt() {
        MadeFaces faces =
                new MadeFaces(11).person(1, 12, 0.2).person(2, 12, 0.2).person(3, 12, 0.2);
        List<UUID> persons = faces.persons();
        int told = 0;
        for (int i = 0; i < faces.all().size(); i++) {
            Crowd crowd = new Crowd();
            for (int j = 0; j < faces.all().size(); j++) {
                if (i != j) {
                    crowd.add(faces.all().get(j).embedding(), persons.get(j));
                }
            }
            if (crowd.personOf(faces.all().get(i).embedding()).isPresent()) {
                assertEquals(
                        persons.get(i),
                        crowd.personOf(faces.all().get(i).embedding()).get());
                told++;
            }
        }
        assertEquals(36, told);
        assertTrue(new Crowd().personOf(MadeFaces.direction(1, 0.6)).isEmpty());
    }
}
