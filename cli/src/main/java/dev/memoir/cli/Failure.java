package dev.memoir.cli;

/** Something a person can act on: what went wrong in one line, and what to do about it. Never shown with a stack trace. */
final class Failure extends RuntimeException {
    private final int exitCode;
    private final String next;

    private Failure(int exitCode, String what, String next, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.next = next;
    }

    /** It was tried and did not work: exit code 1. */
    static Failure failed(String what, String next) {
        return new Failure(ExitCodes.FAILED, what, next, null);
    }

    /** It was tried and did not work: exit code 1. */
    static Failure failed(String what, String next, Throwable cause) {
        return new Failure(ExitCodes.FAILED, what, next, cause);
    }

    /** It could not even be tried, for instance because Memoir is not running: exit code 2. */
    static Failure cannot(String what, String next) {
        return new Failure(ExitCodes.CANNOT, what, next, null);
    }

    static Failure notRunning() {
        return cannot("Memoir is not running.", "Start it with: ./memoir up");
    }

    int exitCode() {
        return exitCode;
    }

    /** What to do about it, a sentence. */
    String next() {
        return next;
    }
}
