package dev.memoir.runner.database;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. In a user namespace of its own root is nobody in particular, while the files still
 * belong to it.
 */
final class Unprivileged {
    private Unprivileged() {}

    /** What to put before PostgreSQL's programs: nothing for an ordinary user. */
    static List<String> wrapper() throws IOException {
        List<String> prefix = dev.memoir.parts.Unprivileged.prefix();
        if (!prefix.isEmpty() && !works(prefix)) {
            throw new IOException("PostgreSQL refuses to run as root, and this machine has no user namespaces for root"
                    + " (`unshare --user true` fails). Start Memoir as an ordinary user instead.");
        }
        return prefix;
    }

    private static boolean works(List<String> prefix) throws IOException {
        try {
            List<String> command = new ArrayList<>(prefix);
            command.add("true");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noUnshare) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
