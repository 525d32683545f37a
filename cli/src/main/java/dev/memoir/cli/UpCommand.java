package dev.memoir.cli;

import dev.memoir.store.StoreException;
import java.nio.file.Files;
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
            "  memoir up --host 0.0.0.0 --tls --set tls.names=photos.home    the same by HTTPS, under a name",
            "  memoir up --port 8080 --idle 300",
            "  memoir up --detach --faces on                  look for faces, without being asked"
        })
final class UpCommand implements Callable<Integer> {
    private static final long LOOK_MILLIS = 200;

    @ParentCommand
    private Memoir memoir;

    @Option(
            names = {"-d", "--detach"},
            description = "Return as soon as Memoir serves.")
    private boolean detach;

    @Option(
            names = "--faces",
            paramLabel = "on|off",
            description = "Whether Memoir looks for faces in your photos. Asked at the first start on a terminal.")
    private Optional<FacesChoice> faces;

    @Mixin
    private StartOptions options;

    @Override
    public Integer call() {
        Installation installation = memoir.installation();
        Optional<RunnerClient> running = RunnerClient.find(installation);
        if (running.isPresent()) {
            memoir.terminal().print("Memoir runs already.");
            welcome(installation, running.get().runner());
            consent(installation).settle(running.get(), faces);
            return detach ? ExitCodes.OK : ExitCodes.CANNOT;
        }
        new PartsNeeded(installation, memoir.terminal()).toRun(options.store());
        LogFile log = LogFile.fromEnd(installation.logs().resolve("runner.log"));
        RunnerClient started = new RunnerStart(installation, options).start();
        if (!detach) {
            endWithThisCommand(started);
        }
        welcome(installation, started.runner());
        consent(installation).settle(started, faces);
        return detach ? ExitCodes.OK : stay(started, log);
    }

    private FacesConsent consent(Installation installation) {
        return new FacesConsent(installation, memoir.terminal());
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
        Path authority = installation.library().resolve("authority.crt");
        if ("https".equals(runner.address().getScheme()) && Files.exists(authority)) {
            terminal.print("  Trust       " + authority + "   to be installed once on each device, also from "
                    + runner.address() + "/authority.crt: docs/people-and-rights.md");
        }
        if (runner.plainOnANetwork()) {
            terminal.print("");
            terminal.print(
                    "  Without HTTPS passwords cross the network in clear, and browsers give pages no passkeys, no view without the");
            terminal.print("  network and no installing: ./memoir up --tls, docs/people-and-rights.md");
        }
        firstSteps(installation, runner);
        terminal.print("");
        terminal.print("  Only the runner, the store and the queue stay; functions and the database run when needed.");
        terminal.print("  Next: ./memoir demo, ./memoir add FOLDER, ./memoir status; ./memoir down stops everything.");
    }

    /** Whose house it is going to be, as long as nobody is in it. A store that is not well has been told of elsewhere. */
    private void firstSteps(Installation installation, RunnerFile runner) {
        if (!runner.house()) {
            return;
        }
        try (HousePeople people = HousePeople.of(installation, runner)) {
            people.welcome().ifPresent(link -> {
                memoir.terminal().print("");
                memoir.terminal().print("  Nobody can log in yet. Whoever opens this link becomes the administrator:");
                memoir.terminal().print("  " + link);
            });
        } catch (StoreException e) {
            memoir.terminal().say("Whether anybody can log in is not known: " + e.getMessage());
        }
    }

    /** Before anything is asked: Ctrl-C may be the answer. */
    private void endWithThisCommand(RunnerClient runner) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endWithThis(runner), "stop"));
    }

    /** Shows the log until the runner ends or the person ends this command, which ends the runner. */
    private int stay(RunnerClient runner, LogFile log) {
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
