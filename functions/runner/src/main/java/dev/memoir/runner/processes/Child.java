package dev.memoir.runner.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One running program. Its output goes to {@code <logs>/<name>.log}, with one older file beside it. */
public final class Child {
    private static final long LOG_LIMIT = 5L << 20;
    private static final int LAST_WORDS = 32 << 10;

    /** PostgreSQL says why first, and then at length that it goes. */
    private static final Pattern FATAL = Pattern.compile("^.*\\b(?:FATAL|PANIC): +");

    private final Launch launch;
    private final Process process;
    private final Path log;
    private final long logStart;
    private final Records records;

    private Child(Launch launch, Process process, Path log, long logStart, Records records) {
        this.launch = launch;
        this.process = process;
        this.log = log;
        this.logStart = logStart;
        this.records = records;
    }

    /**
     * @param records remembers the process until it has ended
     * @throws IOException when the program can't be started, saying which
     */
    static Child start(Launch launch, Path logs, Records records) throws IOException {
        Path log = logs.resolve(launch.name() + ".log");
        rotate(log);
        long logStart = Files.exists(log) ? Files.size(log) : 0;
        ProcessBuilder builder = launch.builder();
        ProcessBuilder.Redirect toLog = ProcessBuilder.Redirect.appendTo(log.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(toLog)
                .redirectOutput(
                        switch (launch.printed()) {
                            case LOGGED -> toLog;
                            case READ -> ProcessBuilder.Redirect.PIPE;
                            case DROPPED -> ProcessBuilder.Redirect.DISCARD;
                        });
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException("can't start " + launch.command().getFirst() + ": " + e.getMessage(), e);
        }
        Child child = new Child(launch, process, log, logStart, records);
        try {
            records.add(process.toHandle(), launch);
        } catch (IOException e) {
            process.destroyForcibly();
            throw new IOException("can't record that " + launch.name() + " runs: " + e.getMessage(), e);
        }
        process.onExit().thenRun(() -> records.remove(process.pid()));
        return child;
    }

    /** What it prints, if {@link Launch.Printed#READ} was asked for. */
    public BufferedReader output() {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    public String name() {
        return launch.name();
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Completes with the exit status when the program has ended. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Asks it to stop, and kills it when it hasn't after {@code grace}. Returns when it has ended. */
    public void stop(Duration grace) {
        terminate();
        await(grace);
        kill();
    }

    /** Asks it to stop and does not wait. */
    public void terminate() {
        Signals.send(process.toHandle(), launch.stopSignal());
    }

    /** Ends it at once, with all that it has started. */
    public void kill() {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            await(Duration.ofSeconds(10));
        }
    }

    private void await(Duration time) {
        try {
            process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Bytes of memory that it holds at present; 0 when it has ended or the system does not say. */
    public long residentBytes() {
        return ProcessMemory.resident(process.pid());
    }

    /** What it last printed of weight, one line, for a message; its log has all. Of a stack trace, what lies at its bottom. */
    public String lastWords() {
        return lastWords(lastOutput());
    }

    /** The end of what this run of it printed; why it can't be read, when it can't. */
    public String lastOutput() {
        try (var file = Files.newByteChannel(log)) {
            long size = file.size();
            file.position(Math.max(Math.min(logStart, size), size - LAST_WORDS));
            var buffer = ByteBuffer.allocate(LAST_WORDS);
            while (buffer.hasRemaining() && file.read(buffer) > 0) {
                // until the end of the file
            }
            return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "its log can't be read: " + e.getMessage();
        }
    }

    static String lastWords(String printed) {
        List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
        return lines.reversed().stream()
                .filter(line -> line.startsWith("Caused by: "))
                .findFirst()
                .or(() -> lines.reversed().stream()
                        .filter(line -> FATAL.matcher(line).find())
                        .map(line -> FATAL.matcher(line).replaceFirst(""))
                        .findFirst())
                .or(() -> lines.reversed().stream()
                        .filter(line -> !line.stripLeading().matches("(at |\\.\\.\\. \\d).*"))
                        .findFirst())
                .map(String::strip)
                .orElse("it printed nothing");
    }

    /** Where its output lies. */
    public Path log() {
        return log;
    }

    /** Keeps the log of a program that runs long from growing without end. */
    public void trimLog() {
        try {
            rotate(log);
        } catch (IOException e) {
            // a log that can't be trimmed, as on a full disk, must not stop the program
        }
    }

    /** Copies and empties, since the program has the file open for appending. */
    private static void rotate(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            Files.copy(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var file = Files.newByteChannel(log, java.nio.file.StandardOpenOption.WRITE)) {
                file.truncate(0);
            }
        }
    }
}
