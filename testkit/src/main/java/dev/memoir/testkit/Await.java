package dev.memoir.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Waits for what another process or thread will bring about, and fails with its name if it doesn't. */
public final class Await {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Await() {}

    /** At most 30 s. */
    public static void until(String what, Callable<Boolean> condition) {
        until(what, LIMIT, condition);
    }

    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        value(what, limit, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** At most 30 s. */
    public static <T> T value(String what, Callable<Optional<T>> attempt) {
        return value(what, LIMIT, attempt);
    }

    /**
     * The first value that an attempt gives; an attempt that throws counts as not yet.
     *
     * @throws AssertionError after the limit, caused by what the last attempt threw
     */
    public static <T> T value(String what, Duration limit, Callable<Optional<T>> attempt) {
        long end = System.nanoTime() + limit.toNanos();
        Exception last = null;
        do {
            try {
                Optional<T> value = attempt.call();
                if (value.isPresent()) {
                    return value.get();
                }
                last = null;
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting: " + what, e);
            } catch (Exception e) {
                last = e;
                pause();
            }
        } while (System.nanoTime() < end);
        throw new AssertionError("not within " + limit.toMillis() + " ms: " + what, last);
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
