package dev.memoir.people;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecidedTest {
    private static final UUID ADA = new UUID(1, 1);
    private static final UUID BEN = new UUID(2, 2);
    private static final FaceRef FACE = new FaceRef(new Sha256("a".repeat(64)), new Region(0.1, 0.2, 0.3, 0.3));

    private int moment;

    private Decision decision(Decision.What what) {
        return Decision.of(
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(moment++), new UUID(moment, moment), "anna", what);
    }

    @Test
    void aDecisionIsWrittenAndReadAsItIs() {
        for (Decision.What what : List.of(
                new Decision.Name(ADA, "Ada \"Lovelace\" Ж", List.of(FACE)),
                new Decision.Merge(ADA, BEN, List.of(FACE), List.of()),
                new Decision.Move(List.of(FACE), ADA, BEN, List.of(FACE)),
                new Decision.Move(List.of(FACE), ADA, null, List.of()),
                new Decision.Reject(List.of(FACE), ADA, List.of()),
                new Decision.Hide(ADA, true, List.of()),
                new Decision.Cover(ADA, FACE),
                new Decision.Apart(ADA, BEN, List.of(FACE), List.of(FACE)),
                new Decision.Undo("20260101T000000.000000000Z-00000000"))) {
            Decision decision = decision(what);
            assertEquals(decision, Decision.read(decision.json()));
        }
    }

    @Test
    void whatIsNoDecisionIsRefused() {
        for (String text : List.of("", "{}", "[1]", "{\"id\":\"x\",\"what\":{\"kind\":\"name\"}}", "nonsense")) {
            assertThrows(IllegalArgumentException.class, () -> Decision.read(text), text);
        }
        String later = decision(new Decision.Undo("x")).json().replace("\"undo\"", "\"of a later version\"");
        assertThrows(IllegalArgumentException.class, () -> Decision.read(later));
    }

    @Test
    void keysSortByTimeAndAreTheirOwnEvenInTheSameMoment() {
        Instant at = Instant.parse("2026-11-28T18:00:00.5Z");
        Decision first = Decision.of(at, new UUID(9, 0), "a", new Decision.Undo("x"));
        Decision later = Decision.of(at.plusNanos(1), new UUID(1, 0), "a", new Decision.Undo("x"));
        assertTrue(first.key().compareTo(later.key()) < 0);
        assertEquals(".memoir/people/20261128T180000.500000000Z-00000000.json", first.key());
    }

    @Test
    void theLastNameHoldsAndUndoingBringsTheFormerBack() {
        Decision first = decision(new Decision.Name(ADA, "Ada", List.of(FACE)));
        Decision second = decision(new Decision.Name(ADA, "Augusta", List.of(FACE)));
        Decision undo = decision(new Decision.Undo(second.id()));
        assertEquals(
                Optional.of("Augusta"),
                Decided.of(List.of(first, second)).persons().get(ADA).name());
        assertEquals(
                Optional.of("Ada"),
                Decided.of(List.of(first, second, undo)).persons().get(ADA).name());
        assertEquals(Set.of(second.id()), Decided.undone(List.of(first, second, undo)));
    }

    @Test
    void decisionsHoldTheSameInWhateverOrderTheyBecomeKnown() {
        List<Decision> decisions = new ArrayList<>();
        decisions.add(decision(new Decision.Name(ADA, "Ada", List.of(FACE))));
        decisions.add(decision(new Decision.Merge(ADA, BEN, List.of(FACE), List.of())));
        decisions.add(decision(new Decision.Move(List.of(FACE), new UUID(3, 3), BEN, List.of())));
        decisions.add(decision(new Decision.Undo(decisions.get(1).id())));
        decisions.add(decision(new Decision.Hide(BEN, true, List.of())));
        Decided expected = Decided.of(decisions);
        Collections.shuffle(decisions, new Random(1));
        Decided shuffled = Decided.of(decisions);
        assertEquals(expected.persons(), shuffled.persons());
        assertEquals(Optional.of(new UUID(3, 3)), shuffled.knownPerson(FACE));
        assertEquals(expected.mergedAway(), shuffled.mergedAway());
    }

    @Test
    void whoIsMergedGivesTheirNameToWhoHasNone() {
        Decided decided = Decided.of(List.of(
                decision(new Decision.Name(ADA, "Ada", List.of(FACE))),
                decision(new Decision.Merge(ADA, BEN, List.of(FACE), List.of()))));
        assertEquals(Set.of(BEN), decided.persons().keySet());
        assertEquals(Optional.of("Ada"), decided.persons().get(BEN).name());
        assertEquals(Optional.of(BEN), decided.knownPerson(FACE));
    }

    @Test
    void mergersInACircleEnd() {
        Decided decided = Decided.of(List.of(
                decision(new Decision.Merge(ADA, BEN, List.of(), List.of())),
                decision(new Decision.Merge(BEN, ADA, List.of(), List.of()))));
        assertEquals(decided.resolve(ADA), decided.resolve(BEN));
    }

    @Test
    void aFaceIsFoundAgainByItsPlaceThoughAnotherModelDrawsItsBoxOtherwise() {
        FaceRef other = new FaceRef(FACE.asset(), new Region(0.12, 0.19, 0.3, 0.32));
        FaceRef neighbour = new FaceRef(FACE.asset(), new Region(0.5, 0.2, 0.3, 0.3));
        Decided decided = Decided.of(List.of(decision(new Decision.Name(ADA, "Ada", List.of(FACE)))));
        assertEquals(Optional.of(ADA), decided.knownPerson(other));
        assertEquals(Optional.empty(), decided.knownPerson(neighbour));
    }
}
