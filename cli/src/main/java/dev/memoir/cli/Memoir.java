package dev.memoir.cli;

import dev.memoir.parts.PartsException;
import dev.memoir.store.StoreException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code memoir}. */
@Command(
        name = "memoir",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        version = "memoir 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND",
        description = "A family's photo library in its own bucket, with nothing running when nobody looks.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or it was so already",
            "1:tried, and at least a part of it failed",
            "2:not tried: the command line is wrong, or something it needs is not there (Memoir is not running, a part is missing)"
        },
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  memoir up --detach      start Memoir",
            "  memoir demo             see what it makes of sample photos",
            "  memoir add ~/Pictures   take your photos in",
            "  memoir COMMAND --help   what a command does, with examples"
        },
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            AddCommand.class,
            DemoCommand.class,
            QueryCommand.class,
            SweepCommand.class,
            RebuildCommand.class,
            AnalyzeCommand.class,
            DeadCommand.class,
            LogsCommand.class,
            TokenCommand.class,
            ApiKeyCommand.class,
            UserCommand.class,
            AccessCommand.class,
            PhoneCommand.class,
            GatewayCommand.class,
            DoctorCommand.class,
            FactsCommand.class,
            LabelsCommand.class,
            FacesCommand.class,
            PeopleCommand.class,
            BenchCommand.class,
            TestCommand.class
        })
public final class Memoir implements Callable<Integer> {
    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "The library's folder. Default: the environment's MEMOIR_DATA, else ~/.local/share/memoir.")
    private Path data;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show where in the code an error arose.")
    private boolean verbose;

    @Spec
    private CommandSpec spec;

    private Memoir(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = environment;
    }

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // A library's remark that nobody listens to its log is not for people.
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(Terminal.ofProcess(), System.getenv(), arguments));
    }

    /** @return the exit code, see {@link ExitCodes} */
    static int run(Terminal terminal, Map<String, String> environment, String... arguments) {
        return commandLine(terminal, environment).execute(arguments);
    }

    static CommandLine commandLine(Terminal terminal, Map<String, String> environment) {
        Memoir memoir = new Memoir(terminal, environment);
        CommandLine line = new CommandLine(memoir);
        // What follows it is for the program behind it.
        line.getSubcommands().get("bench").setUnmatchedOptionsArePositionalParams(true);
        return line.setOut(terminal.out())
                .setErr(terminal.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpLongOptionsMaxWidth(24)
                .setParameterExceptionHandler((wrong, given) -> memoir.explainUsage(wrong))
                .setExecutionExceptionHandler((thrown, command, parsed) -> memoir.explain(thrown));
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(terminal.err());
        return ExitCodes.CANNOT;
    }

    Terminal terminal() {
        return terminal;
    }

    Map<String, String> environment() {
        return environment;
    }

    Installation installation() {
        Installation installation = Installation.of(Optional.ofNullable(data), environment);
        new LibraryFolder(installation.library()).requireReadable();
        return installation;
    }

    /** A variable of the environment, where it is set. */
    Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    RunnerClient runner() {
        return RunnerClient.require(installation());
    }

    private int explainUsage(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        terminal.say("memoir: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, terminal.err());
        terminal.say("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.CANNOT;
    }

    private int explain(Exception thrown) {
        int exitCode = switch (thrown) {
            case Failure failure -> {
                terminal.say("memoir: " + failure.getMessage());
                terminal.say(failure.next());
                yield failure.exitCode();
            }
            case StoreException store -> {
                terminal.say("memoir: The store did not do it: " + store.getMessage());
                terminal.say("Is it well? ./memoir status, and ./memoir logs store");
                yield ExitCodes.FAILED;
            }
            case PartsException part -> {
                terminal.say("memoir: " + part.getMessage());
                terminal.say("What is there and what is missing: ./memoir doctor");
                yield ExitCodes.FAILED;
            }
            default -> {
                terminal.say("memoir: That failed unexpectedly: " + thrown);
                terminal.say(verbose ? "" : "The same command with --verbose shows where.");
                yield ExitCodes.FAILED;
            }
        };
        if (verbose) {
            thrown.printStackTrace(terminal.err());
        }
        return exitCode;
    }
}
