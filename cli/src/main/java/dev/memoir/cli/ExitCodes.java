package dev.memoir.cli;

/** What a script reads from the command's end. */
final class ExitCodes {
    /** Done, or it was so already. */
    static final int OK = 0;
    /** Tried, and at least a part of it did not work. */
    static final int FAILED = 1;
    /** Not tried: the command line is wrong, or something it needs is not there. */
    static final int CANNOT = 2;

    private ExitCodes() {}
}
