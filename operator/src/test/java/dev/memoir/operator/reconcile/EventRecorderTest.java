package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.operator.api.MemoirInstance;
import dev.memoir.operator.desired.Example;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final Instant NOON = Instant.parse("2026-06-01T12:00:00.123456789Z");
    private static final Outcome WAITING = new Outcome.Waiting(Reason.PartStarting, "photos-store is starting");
    private static final Outcome DONE = new Outcome.Done("all serve");

    private MemoirInstance instance;

    @BeforeEach
    void anInstance() throws IOException {
        instance = Example.all().findFirst().orElseThrow().instance();
    }

    @Test
    void onlyAnOutcomeThatTheStatusDoesNotSayYetIsNews() {
        Walk first = walk(WAITING);
        assertEquals(Map.of(Phase.Capable, DONE, Phase.Backed, WAITING), EventRecorder.changed(instance, first));

        instance.setStatus(new StatusOf(instance, NOON).after(first, Seen.NOTHING, "1.2.3"));
        assertEquals(Map.of(), EventRecorder.changed(instance, first));
        assertEquals(
                Map.of(),
                EventRecorder.changed(instance, walk(new Outcome.Waiting(Reason.PartStarting, "now another part"))));
        assertEquals(Map.of(Phase.Backed, DONE), EventRecorder.changed(instance, walk(DONE)));
    }

    @Test
    void whatGoesBackAndForthIsToldOnceInTenMinutes() {
        EventRecorder recorder = new EventRecorder();
        assertTrue(recorder.isNews("photos/Backed/PartStarting", NOON));
        assertTrue(recorder.isNews("photos/Backed/Done", NOON.plusSeconds(5)));
        assertFalse(recorder.isNews("photos/Backed/PartStarting", NOON.plusSeconds(599)));
        assertTrue(recorder.isNews("photos/Backed/PartStarting", NOON.plusSeconds(600)));
    }

    private static Walk walk(Outcome backed) {
        return new Walk().then(Phase.Capable, () -> DONE).then(Phase.Backed, () -> backed);
    }

    @Test
    void anEventNamesInstancePhaseAndReasonAndWhetherSomebodyIsNeeded() {
        var event = EventRecorder.event(
                instance, Phase.SetUp, new Outcome.Failed(Reason.SetupFailed, "x".repeat(2000)), NOON);

        assertEquals("Warning", event.getType());
        assertEquals("SetupFailed", event.getReason());
        assertEquals("SetUp", event.getAction());
        assertEquals("MemoirInstance", event.getRegarding().getKind());
        assertEquals(instance.getMetadata().getName(), event.getRegarding().getName());
        assertEquals("2026-06-01T12:00:00.123456Z", event.getEventTime().getTime());
        assertEquals(1024, event.getNote().length());
        assertEquals(
                "Normal",
                EventRecorder.event(instance, Phase.Backed, WAITING, NOON).getType());
    }
}
