package dev.memoir.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "up",
        description = {
            "Starts Memoir: the runner, the store and the queue. Everything else starts when it is needed.",
            "Without --detach it stays in the foreground, shows its log, and Ctrl-C stops it.",
            "When Memoir runs already, its address is printed; exit code 0 with --detach, else 2, since there is nothing",
            "to stay in the foreground for. The options for starting then have no effect."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir up --detach",
            "  memoir up --host 0.0.0.0 --data /srv/photos    for the home network, photos on another disk",
            "  memoir up --port 8080 --idle 300"
        })
final class UpCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @ParentCommand
    private Memoir memoir;

    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as Memoir serves.")
    private boolean detach;

    @Mixin
    private StartOptions options;

    @Override
    public Integer call() {
        Installation installation = memoir.installation();
        Optional<RunnerClient> running = RunnerClient.find(installation);
        if (running.isPresent()) {
            memoir.terminal().print("Memoir runs already.");
            welcome(installation, running.get().runner());
            return detach ? ExitCodes.OK : ExitCodes.CANNOT;
        }
        new PartsNeeded(installation, memoir.terminal()).toRun(options.store());
        LogFile log = LogFile.fromEnd(installation.logs().resolve("runner.log"));
        RunnerClient started = new RunnerStart(installation, options).start();
        welcome(installation, started.runner());
        return detach ? ExitCodes.OK : stay(started, log);
    }

    private void welcome(Installation installation, RunnerFile runner) {
        Terminal terminal = memoir.terminal();
        Path originals = installation.originals();
        terminal.print("");
        terminal.print("  Memoir      " + runner.address());
        terminal.print("  S3          " + runner.storeAddress() + "   bucket originals   (key: ./memoir phone)");
        String form =
                installation.keepsOrdinaryFiles() ? "ordinary files in ordinary folders" : "in MinIO's own format";
        terminal.print("  Originals   " + originals + "   " + form);
        terminal.print("");
        terminal.print("  Only the runner, the store and the queue stay; functions and the database run when needed.");
        terminal.print("  Next: ./memoir demo, ./memoir add FOLDER, ./memoir status; ./memoir down stops everything.");
    }

    /** Shows the log until the runner ends or the person ends this command, which ends the runner. */
    private int stay(RunnerClient runner, LogFile log) {
        Thread ending = new Thread(() -> endWithThis(runner), "stop");
        Runtime.getRuntime().addShutdownHook(ending);
        boolean lives = true;
        while (lives) {
            lives = runner.runner().lives();
            show(log.newLines());
            Await.pause(LOOK_MILLIS);
        }
        memoir.terminal().say("Memoir ended.");
        return ExitCodes.OK;
    }

    private void endWithThis(RunnerClient runner) {
        if (!runner.runner().lives()) {
            return;
        }
        memoir.terminal().say("Stopping …");
        try {
            runner.stop();
            boolean ended =
                    Await.until(Duration.ofSeconds(30), () -> !runner.runner().lives());
            memoir.terminal().say(ended ? "Memoir is stopped." : "Memoir still runs: ./memoir down");
        } catch (Failure failure) {
            memoir.terminal().say(failure.getMessage());
        }
    }

    private void show(List<String> lines) {
        lines.forEach(line -> memoir.terminal().print(line));
    }
}
