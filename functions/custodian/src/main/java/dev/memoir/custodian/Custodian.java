package dev.memoir.custodian;

import dev.memoir.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.JdbiException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code custodian setup|sweep|faces|people|export|rebuild|vacuum}: prints lines of JSON, of which the last is the result. */
@Command(
        name = "custodian",
        description = "Sets Memoir up, finds what events missed, keeps the database in order.",
        mixinStandardHelpOptions = true,
        version = "memoir custodian 0.1",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the store, the database or the queue is away or refused: run it again later",
            "2:a mistake in the command or its configuration",
            "3:stopped before the end: run it again to continue"
        })
public final class Custodian implements Runnable {
    static final int AWAY = 1;
    static final int MISTAKEN = 2;
    static final int STOPPED = 3;

    @Spec
    private CommandSpec spec;

    Custodian() {}

    public static void main(String[] arguments) {
        // Nobody reads the libraries' logs: without a provider SLF4J would say so in three lines.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(
                run(System.getenv(), new PrintWriter(System.out, true), new PrintWriter(System.err, true), arguments));
    }

    /** @return the exit code */
    static int run(Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        Settings settings = new Settings(environment);
        return new CommandLine(new Custodian())
                .addSubcommand("setup", new SetupCommand(settings))
                .addSubcommand("sweep", new SweepCommand(settings))
                .addSubcommand("faces", new FacesCommand(settings))
                .addSubcommand("people", new PeopleCommand(settings))
                .addSubcommand("export", new ExportCommand(settings))
                .addSubcommand("rebuild", new RebuildCommand(settings))
                .addSubcommand("vacuum", new VacuumCommand(settings))
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler((failure, line, parsed) -> explain(failure, line, environment))
                .execute(arguments);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
    }

    /** One line for what a person or time mends; everything else is a fault of ours and shown whole. */
    private static int explain(Exception failure, CommandLine line, Map<String, String> environment) {
        boolean expected = failure instanceof Mistake
                || failure instanceof StoreException
                || failure instanceof IOException
                || failure instanceof SQLException
                || failure instanceof JdbiException
                || failure instanceof FlywayException
                || failure instanceof IllegalStateException;
        line.getErr().println(line.getCommandName() + ": " + message(failure));
        if (!expected || environment.containsKey("MEMOIR_DEBUG")) {
            failure.printStackTrace(line.getErr());
        }
        return failure instanceof Mistake ? MISTAKEN : AWAY;
    }

    private static String message(Exception failure) {
        Throwable root = failure;
        while (root instanceof JdbiException && root.getCause() != null) {
            root = root.getCause();
        }
        String said = root.getMessage() == null ? root.toString() : root.getMessage();
        return said.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .reduce((a, b) -> a + " " + b)
                .orElse(said);
    }
}
