package dev.memoir.cli;

import dev.memoir.parts.ArgumentFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts the runner as a process of its own, which outlives this command and the terminal. */
final class RunnerStart {
    /** The first start makes the database and lays the models into the bucket. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final int LINES_OF_EXPLANATION = 6;
    private static final long LOOK_MILLIS = 30;

    /** The runner's exit code when whoever started it must change something first. */
    private static final int A_PERSONS_MISTAKE = 2;

    private static final Pattern TIME_OF_A_LOG_LINE =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:[\\d.]+ (?:[A-Z]+ )?");

    private final Installation installation;
    private final StartOptions options;

    RunnerStart(Installation installation, StartOptions options) {
        this.installation = installation;
        this.options = options;
    }

    /**
     * Returns once it serves.
     *
     * @throws Failure with the runner's own last words when it ended instead
     */
    RunnerClient start() {
        new LibraryFolder(installation.library()).requireUsable();
        Path log = installation.logs().resolve("runner.log");
        LogFile words = LogFile.fromEnd(log);
        Process process = launch(log);
        Thread ending = new Thread(() -> end(process), "end");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return awaitServing(process, words);
        } finally {
            forget(ending);
        }
    }

    private RunnerClient awaitServing(Process process, LogFile words) {
        Optional<RunnerClient> serving = Optional.empty();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        // Of two starts at once one loses, and waits for the other: what counts is that Memoir runs.
        while (serving.isEmpty() && System.nanoTime() < deadline && (process.isAlive() || anotherHasTheLibrary())) {
            Await.pause(LOOK_MILLIS);
            serving = RunnerClient.find(installation);
        }
        return serving.orElseThrow(() -> gaveUp(process, words));
    }

    /** Who gives up on a start does not want it to go on unseen: the runner takes down what it has started. */
    private static void end(Process process) {
        process.destroy();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .exceptionally(tooLong -> process)
                .join();
    }

    private static void forget(Thread ending) {
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException alreadyEnding) {
            Await.pause(Long.MAX_VALUE);
        }
    }

    /** A runner holds a lock on this file for as long as it lives. */
    private boolean anotherHasTheLibrary() {
        Path file = installation.runnerFile().resolveSibling("lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (IOException e) {
            return false;
        }
    }

    private Process launch(Path log) {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // Parsing every certificate of the machine costs a second, and nothing here leaves it.
        builder.environment().remove("SSL_CERT_FILE");
        builder.environment().remove("SSL_CERT_DIR");
        try {
            return builder.start();
        } catch (IOException e) {
            throw Failure.failed("The runner could not be started: " + e.getMessage(), "See ./memoir doctor", e);
        }
    }

    private List<String> command() {
        Path jar = installation.program("runner");
        if (!Files.exists(jar)) {
            throw Failure.cannot("The runner is not built: there is no " + jar + ".", "Run: ./memoir doctor");
        }
        List<String> command = new ArrayList<>(ofItsOwnSession());
        command.add(Installation.java().toString());
        command.addAll(ArgumentFile.beside(RunnerStart.class, "runner.flags"));
        command.addAll(sharedClasses());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of("--data", installation.library().toString()));
        command.addAll(List.of("--parts-cache", installation.partsCache().toString()));
        command.addAll(List.of("--dist", installation.distribution().toString()));
        command.addAll(options.arguments());
        return command;
    }

    /**
     * Its classes come from a file that the JVM writes when the runner first stops. Mapped where it was made for, most of it
     * stays pages of that file: a third less memory of the runner's own. A file that does not fit or is damaged is left alone,
     * and costs a slower start; without its folder the JVM would fail when it ends.
     */
    private List<String> sharedClasses() {
        Path file = installation.library().resolve("cache/runner.jsa");
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            return List.of();
        }
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                "-XX:ArchiveRelocationMode=0",
                "-XX:+VerifySharedSpaces",
                "-Xlog:cds=off",
                "-Xlog:aot=off");
    }

    /** So that neither Ctrl-C nor a closed terminal reaches the runner. */
    private static List<String> ofItsOwnSession() {
        return Stream.of("setsid", "nohup")
                .filter(program -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }

    private static Failure gaveUp(Process process, LogFile words) {
        if (process.isAlive()) {
            process.destroy();
            return Failure.failed(
                    "Memoir did not serve within " + PATIENCE.toSeconds() + " s, so it was stopped again.",
                    "See ./memoir logs runner");
        }
        List<String> said = words.newLines();
        String last = said.stream()
                .skip(Math.max(0, said.size() - LINES_OF_EXPLANATION))
                .map(line -> TIME_OF_A_LOG_LINE.matcher(line).replaceFirst("  "))
                .collect(Collectors.joining(System.lineSeparator()));
        String what = "Memoir did not start:" + System.lineSeparator() + last;
        return process.exitValue() == A_PERSONS_MISTAKE
                ? Failure.cannot(what, "Change that, then start it again.")
                : Failure.failed(what, "More: ./memoir logs runner, ./memoir doctor");
    }
}
