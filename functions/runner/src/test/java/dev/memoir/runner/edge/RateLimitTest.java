package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong();
    private final RateLimit limit = new RateLimit(2, 3, now::get);

    @Test
    void aBurstIsAllowedAndThenSoManyPerSecond() {
        for (int i = 0; i < 3; i++) {
            assertTrue(limit.allows("anna"));
        }
        assertFalse(limit.allows("anna"));
        now.addAndGet(500_000_000);
        assertTrue(limit.allows("anna"));
        assertFalse(limit.allows("anna"));
    }

    @Test
    void oneDoesNotUseUpTheOthersShare() {
        for (int i = 0; i < 9; i++) {
            limit.allows("anna");
        }
        assertTrue(limit.allows("bert"));
    }

    @Test
    void whatIsNotUsedIsNotSavedBeyondTheBurst() {
        limit.allows("anna");
        now.addAndGet(3600_000_000_000L);
        for (int i = 0; i < 3; i++) {
            assertTrue(limit.allows("anna"));
        }
        assertFalse(limit.allows("anna"));
    }
}
