package dev.memoir.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;

/** How a command ended and what it printed. */
record Ran(int exitCode, String out, String err) {

    /** Runs the command on the library, as a script would. */
    static Ran memoir(Path library, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Terminal terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false);
        int exitCode = Memoir.run(
                terminal,
                Map.of(
                        "MEMOIR_DATA",
                        library.toString(),
                        "MEMOIR_DIST",
                        library.resolve("nothing-built").toString()),
                arguments);
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
