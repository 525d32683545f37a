package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LockOutTest {
    private final AtomicLong now = new AtomicLong(1);
    private final LockOut lock = new LockOut(2, now::get);

    @Test
    void eachFurtherFailureCostsTwiceTheWait() {
        assertEquals(Optional.empty(), lock.attempt("anna"));
        assertEquals(Optional.empty(), lock.attempt("anna"));
        assertEquals(Optional.of(Duration.ofSeconds(30)), lock.attempt("anna"));
        pass(Duration.ofSeconds(20));
        assertEquals(Optional.of(Duration.ofSeconds(10)), lock.attempt("anna"));
        pass(Duration.ofSeconds(10));
        assertEquals(Optional.empty(), lock.attempt("anna"));
        assertEquals(Optional.of(Duration.ofSeconds(60)), lock.attempt("anna"));
        assertEquals(Optional.empty(), lock.attempt("bob"));
    }

    @Test
    void nobodyWaitsLongerThanAnHourAndAfterADayAllIsForgotten() {
        for (int failure = 0; failure < 40; failure++) {
            lock.attempt("anna");
            pass(Duration.ofHours(1));
        }
        lock.attempt("anna");
        assertEquals(Optional.of(Duration.ofHours(1)), lock.attempt("anna"));
        pass(Duration.ofHours(25));
        assertEquals(Optional.empty(), lock.attempt("anna"));
        assertEquals(Optional.empty(), lock.attempt("anna"));
    }

    @Test
    void successForgetsAndWhatWasNotDecidedDoesNotCount() {
        lock.attempt("anna");
        lock.attempt("anna");
        lock.undecided("anna");
        assertEquals(Optional.empty(), lock.attempt("anna"));
        lock.succeeded("anna");
        assertEquals(Optional.empty(), lock.attempt("anna"));
        assertEquals(Optional.empty(), lock.attempt("anna"));
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
