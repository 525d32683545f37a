package dev.memoir.cli;

import dev.memoir.parts.Part;
import dev.memoir.parts.Samples;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "demo",
        description = {
            "Puts photos into the bucket, as a phone does, and shows what Memoir finds out: from nothing running, and back.",
            "Without files it takes sample photos and videos. They go below the folder demo of the library and stay there.",
            "It waits until every function sleeps again. If Memoir is not running it is started for this and stopped again;",
            "the options for starting only count then.",
            "visible and labelled are the times from the put's end until the photo was listed and until the AI had spoken.",
            "Every file gets a row. State: ready, no_preview (kept, of a kind without preview), damaged (kept, with the",
            "reason), missing (not listed in time), failed (the put failed), skipped (a sidecar or an unfinished file).",
            "Exit code 1 when a file is missing or failed, or a ready one was not labelled."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir demo", "  memoir demo ~/Pictures/holiday.jpg", "  memoir demo --json FOLDER"})
final class DemoCommand implements Callable<Integer> {
    /** Seconds. Long enough for a photo to follow another without a new start. */
    private static final int IDLE_IN_A_DEMO = 5;

    private static final Duration REHEARSAL_LIMIT = Duration.ofMinutes(4);
    private static final String FOLDER = "demo/";

    @ParentCommand
    private Memoir memoir;

    @Parameters(arity = "0..*", paramLabel = "FILE|FOLDER", description = "Your own files instead of the samples.")
    private List<Path> paths = List.of();

    @Option(names = "--json", description = "For scripts; progress goes to standard error.")
    private boolean json;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up when so long nothing was finished. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Mixin
    private StartOptions options;

    @Override
    public Integer call() {
        Installation installation = memoir.installation();
        Optional<RunnerClient> running = RunnerClient.find(installation);
        Selection selection = Selection.of(paths.isEmpty() ? samples(installation) : paths, Selection.Of.ALL);
        selection.skipped().forEach(s -> memoir.terminal().say("skipped " + s.file() + ": " + s.reason()));
        if (selection.files().isEmpty()) {
            throw Failure.cannot("There are no files in " + paths + ".", "Name photos, or nothing for the samples.");
        }
        RunnerClient runner = running.orElseGet(() -> start(installation));
        DemoReport report;
        try {
            report = new DemoRun(installation, runner, memoir.terminal(), Duration.ofSeconds(timeout))
                    .show(selection.files(), FOLDER);
        } finally {
            if (running.isEmpty()) {
                DownCommand.stop(runner);
                memoir.terminal().say("Stopped Memoir again.");
            }
        }
        if (json) {
            memoir.terminal().print(Json.pretty(report.json()));
        } else {
            report.print(memoir.terminal());
            memoir.terminal().print("");
            memoir.terminal()
                    .print("All functions are asleep again. The originals: "
                            + installation.originals().resolve(FOLDER));
        }
        return report.allWell() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private List<Path> samples(Installation installation) {
        PartsNeeded needed = new PartsNeeded(installation, memoir.terminal());
        needed.install(Set.of(Part.SAMPLES));
        return List.of(
                needed.parts().file(Part.SAMPLES, Samples.PHOTOS),
                needed.parts().file(Part.SAMPLES, Samples.VIDEOS));
    }

    private RunnerClient start(Installation installation) {
        memoir.terminal().say("Memoir is not running: starting it for this demonstration …");
        new PartsNeeded(installation, memoir.terminal()).toRun(options.store());
        options.idleUnlessGiven(IDLE_IN_A_DEMO);
        RunnerClient started = new RunnerStart(installation, options).start();
        awaitRehearsal(started);
        return started;
    }

    /** What a first demonstration shows should be what Memoir takes from then on. */
    private void awaitRehearsal(RunnerClient started) {
        Set<String> over = Set.of("off", "done");
        if (!over.contains(started.status().rehearsal())) {
            memoir.terminal()
                    .say("Preparing fast starts, once after each build; --no-rehearsal goes without (slower) …");
            Await.until(REHEARSAL_LIMIT, () -> over.contains(started.status().rehearsal()));
        }
    }
}
