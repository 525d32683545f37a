package dev.memoir.runner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class SweepsTest {
    private static final LocalTime NIGHT = LocalTime.of(3, 30);

    @Test
    void theNextNightIsTonightOrTomorrow() {
        assertEquals(at("2026-11-22T03:30:00+01:00[Europe/Berlin]"), next("2026-11-22T01:00:00+01:00[Europe/Berlin]"));
        assertEquals(at("2026-11-23T03:30:00+01:00[Europe/Berlin]"), next("2026-11-22T03:30:00+01:00[Europe/Berlin]"));
    }

    @Test
    void aNightWithAChangeOfClocksHasOneSweep() {
        assertEquals(at("2026-03-29T03:30:00+02:00[Europe/Berlin]"), next("2026-03-28T12:00:00+01:00[Europe/Berlin]"));
        assertEquals(at("2026-10-26T03:30:00+01:00[Europe/Berlin]"), next("2026-10-25T03:30:00+01:00[Europe/Berlin]"));
    }

    private static ZonedDateTime at(String text) {
        return ZonedDateTime.parse(text);
    }

    private static ZonedDateTime next(String now) {
        return Sweeps.next(at(now), NIGHT);
    }
}
