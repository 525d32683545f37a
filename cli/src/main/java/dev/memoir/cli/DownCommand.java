package dev.memoir.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "down",
        description = "Stops Memoir: functions, database, queue and store.",
        footerHeading = "%nExample:%n",
        footer = "  memoir down")
final class DownCommand implements Callable<Integer> {
    static final Duration PATIENCE = Duration.ofSeconds(45);

    @ParentCommand
    private Memoir memoir;

    @Override
    public Integer call() {
        Optional<RunnerClient> running = RunnerClient.find(memoir.installation());
        if (running.isEmpty()) {
            memoir.terminal().print("Memoir is not running.");
            return ExitCodes.OK;
        }
        stop(running.get());
        memoir.terminal().print("Memoir is stopped.");
        return ExitCodes.OK;
    }

    /** Returns when the runner's process has ended, and with it all that it started. */
    static void stop(RunnerClient running) {
        long pid = running.runner().pid();
        running.stop();
        if (!Await.until(PATIENCE, () -> !running.runner().lives())) {
            throw Failure.failed(
                    "Memoir (process " + pid + ") was asked to stop and still runs after " + PATIENCE.toSeconds()
                            + " s.",
                    "See ./memoir logs runner. As a last resort: kill " + pid);
        }
    }
}
