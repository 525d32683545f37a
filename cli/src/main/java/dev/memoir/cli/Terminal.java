package dev.memoir.cli;

import java.io.PrintWriter;

/**
 * Where the command speaks.
 *
 * @param out results, and nothing else: a script reads it
 * @param err progress, remarks and errors
 * @param interactive whether {@code err} is a terminal on which a line can be written over
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {

    static Terminal ofProcess() {
        boolean interactive = System.console() != null && System.console().isTerminal();
        return new Terminal(new PrintWriter(System.out, true), new PrintWriter(System.err, true), interactive);
    }

    /** A line that the next one replaces; nothing where lines cannot be replaced. */
    void passing(String line) {
        if (interactive) {
            err.print("\r\u001b[2K" + line);
            err.flush();
        }
    }

    /** Removes the last passing line. */
    void clearPassing() {
        passing("");
    }

    /** A remark that stays. */
    void say(String line) {
        clearPassing();
        err.println(line);
        err.flush();
    }

    /** A line of the result. */
    void print(String line) {
        clearPassing();
        out.println(line);
        out.flush();
    }
}
