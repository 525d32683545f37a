package dev.memoir.parts;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.List;

/**
 * How to run a program that refuses root, PostgreSQL's: as root in a new user namespace, where it sees itself as nobody
 * and yet keeps the right to its files.
 */
public final class Unprivileged {
    private static final List<String> PREFIX = List.of("unshare", "--user");

    private Unprivileged() {}

    /** Goes before the command; empty unless this process runs as root. */
    public static List<String> prefix() {
        return isRoot() ? PREFIX : List.of();
    }

    static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }

    static boolean works() {
        try {
            return new ProcessBuilder("unshare", "--user", "true").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
