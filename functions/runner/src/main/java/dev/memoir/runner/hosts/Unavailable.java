package dev.memoir.runner.hosts;

import java.time.Duration;

/** No place in a function now: it can't be started, or all places are taken. A delay, not a failure of the work. */
public final class Unavailable extends Exception {
    private final Duration retryAfter;

    public Unavailable(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** When asking again makes sense. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
