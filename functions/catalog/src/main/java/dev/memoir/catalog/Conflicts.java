package dev.memoir.catalog;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Runs a transaction again when the database refused it because of another that ran at the same time. */
final class Conflicts {
    /** Serialization failure, deadlock, and a unique row that another wrote first (SQLSTATE, PostgreSQL appendix A). */
    private static final Set<String> RETRIED = Set.of("40001", "40P01", "23505");

    private static final int ATTEMPTS = 8;

    private Conflicts() {}

    static void retried(Runnable transaction) {
        retried(() -> {
            transaction.run();
            return true;
        });
    }

    static <T> T retried(Supplier<T> transaction) {
        for (int attempt = 1; ; attempt++) {
            try {
                return transaction.get();
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    private static boolean isConflict(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && RETRIED.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** A little at random, so that two which met don't meet again. */
    private static void pause(int attempt, RuntimeException conflict) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw conflict;
        }
    }
}
