package dev.memoir.operator.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.operator.api.MemoirInstanceStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NextLookTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final Outcome DONE = new Outcome.Done("fine");
    private static final Outcome WAITING = new Outcome.Waiting(Reason.SettingUp, "soon");

    private static Duration after(Outcome outcome, boolean isWaking, Duration lasts) {
        var ready = new ConditionBuilder()
                .withType("Ready")
                .withLastTransitionTime(NOON.toString())
                .build();
        var status = new MemoirInstanceStatus(null, null, 1L, List.of(), null, null, null, null, List.of(ready));
        return NextLook.after(outcome, isWaking, status, NOON.plus(lasts));
    }

    @Test
    void whatHasJustBegunIsLookedAtSoonAndWhatLastsLessAndLessOften() {
        assertEquals(Duration.ofSeconds(5), after(WAITING, false, Duration.ZERO));
        assertEquals(Duration.ofSeconds(5), after(WAITING, true, Duration.ofSeconds(40)));
        assertEquals(Duration.ofSeconds(30), after(WAITING, true, Duration.ofMinutes(4)));
        assertEquals(Duration.ofMinutes(2), after(WAITING, false, Duration.ofDays(3)));
    }

    @Test
    void whatIsDoneIsLookedAtSeldomUnlessAFunctionWakes() {
        assertEquals(Duration.ofMinutes(2), after(DONE, false, Duration.ofDays(3)));
        assertEquals(Duration.ofSeconds(5), after(DONE, true, Duration.ofDays(3)));
    }
}
