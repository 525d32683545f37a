package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.api.MemoirInstanceStatus;
import dev.memoir.operator.desired.Example;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusOfTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    private MemoirInstance instance;

    @BeforeEach
    void anInstance() throws IOException {
        instance = Example.all().findFirst().orElseThrow().instance();
        instance.getMetadata().setGeneration(7L);
    }

    @Test
    void whileSomethingGoesOnByItselfReadyIsUnknownAndReconcilingStandsBesideIt() {
        MemoirInstanceStatus status = after(
                new Walk()
                        .then(Phase.Capable, () -> new Outcome.Done("fine"))
                        .then(Phase.Trusted, () -> new Outcome.Waiting(Reason.IssuerUnreachable, "soon"))
                        .then(Phase.Backed, () -> new Outcome.Done("never asked")),
                NOON);

        assertEquals("Unknown/IssuerUnreachable", condition(status, "Ready"));
        assertEquals("True/IssuerUnreachable", condition(status, "Reconciling"));
        assertEquals("True/Done", condition(status, "Capable"));
        assertEquals("Unknown/NotYet", condition(status, "Backed"));
        assertEquals("none", condition(status, "Stalled"));
        assertEquals(7L, status.observedGeneration());
        assertTrue(status.conditions().stream().allMatch(condition -> condition.getObservedGeneration() == 7));
    }

    @Test
    void whereSomebodyIsNeededReadyIsFalseAndStalledStandsBesideIt() {
        for (Outcome outcome : List.of(
                new Outcome.Blocked(Reason.SecretMissing, "make it"), new Outcome.Failed(Reason.SetupFailed, "look"))) {
            MemoirInstanceStatus status = after(new Walk().then(Phase.Capable, () -> outcome), NOON);
            assertEquals("False/" + outcome.reason(), condition(status, "Ready"));
            assertEquals("True/" + outcome.reason(), condition(status, "Stalled"));
            assertEquals("none", condition(status, "Reconciling"));
        }
    }

    @Test
    void theTimeOfATransitionStaysAsLongAsTheStatusDoes() {
        Walk waiting = new Walk().then(Phase.Capable, () -> new Outcome.Waiting(Reason.PartStarting, "one"));
        instance.setStatus(after(waiting, NOON));
        MemoirInstanceStatus again = after(waiting, LATER);
        assertEquals(instance.getStatus(), again);

        MemoirInstanceStatus done = after(new Walk().then(Phase.Capable, () -> new Outcome.Done("all")), LATER);
        assertEquals(LATER.toString(), find(done, "Ready").orElseThrow().getLastTransitionTime());
        assertEquals("1.2.3", done.version());
    }

    @Test
    void theNextStepNamesTheInstanceAndWhatItIsAbout() {
        assertEquals(
                "kubectl -n family label secret bucket-key memoir.dev/part-of=memoir",
                StatusOf.next(Reason.SecretMissing, instance, Map.of("SECRET", "bucket-key")));
    }

    @Test
    void theQueueIsToldRoundedAndStaysKnownWhileTheRunnerDoesNotAnswer() throws IOException {
        var said = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree("{\"new\":{\"object\":120,\"previewed\":3},\"backfill\":{\"object\":5000,\"previewed\":9},"
                        + "\"store\":1,\"dead\":17}");
        assertEquals(new QueueLook.Queue(5000, 17), QueueLook.read(said));
        assertEquals(9, QueueLook.rounded(9));
        assertEquals(90, QueueLook.rounded(99));
        Walk done = new Walk().then(Phase.Capable, () -> new Outcome.Done("all"));

        instance.setStatus(new StatusOf(instance, NOON).after(done, queue(QueueLook.read(said)), "1.2.3"));

        assertEquals(5000, after(done, LATER).queueLag());
        assertEquals(17, after(done, LATER).deadLetters());
    }

    /** Whoever meets a reason finds it in the docs. */
    @Test
    void everyReasonAndPhaseIsInTheDocs() throws IOException {
        String page = Files.readString(Path.of("../docs/kubernetes.md"));
        for (Reason reason : Reason.values()) {
            assertTrue(page.contains("`" + reason + "`"), reason.toString());
        }
        for (Phase phase : Phase.values()) {
            assertTrue(page.contains("`" + phase + "`"), phase.toString());
        }
    }

    private static Seen queue(QueueLook.Queue queue) {
        return new Seen(Optional.empty(), Optional.empty(), Optional.of(queue), Optional.empty());
    }

    private MemoirInstanceStatus after(Walk walk, Instant now) {
        return new StatusOf(instance, now).after(walk, Seen.NOTHING, "1.2.3");
    }

    private static Optional<Condition> find(MemoirInstanceStatus status, String type) {
        return status.conditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .collect(Collectors.reducing((one, other) -> {
                    throw new AssertionError("two conditions " + type);
                }));
    }

    private static String condition(MemoirInstanceStatus status, String type) {
        return find(status, type)
                .map(condition -> condition.getStatus() + "/" + condition.getReason())
                .orElse("none");
    }
}
