package dev.memoir.runner.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One small file per running child, so that what a killed runner left running is found and stopped by the next one. A
 * process is only taken for ours when its start time agrees too: the system gives numbers again.
 */
final class Records {
    /** The kernel tells start times in ticks since a boot time that clock corrections move. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    private final Path directory;

    Records(Path directory) {
        this.directory = directory;
    }

    void add(ProcessHandle process, Launch launch) throws IOException {
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        Files.writeString(file(process.pid()), started + " " + launch.stopSignal() + " " + launch.name());
    }

    void remove(long pid) {
        try {
            Files.deleteIfExists(file(pid));
        } catch (IOException e) {
            // a stale record is harmless: its start time won't agree with anything
        }
    }

    /** Stops what an earlier runner left behind; returns the names of what was still running. */
    List<String> stopLeftovers(Duration grace) throws IOException {
        List<String> stopped = new ArrayList<>();
        List<Path> files;
        try (var listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (Path file : files) {
            leftover(file).ifPresent(left -> {
                stop(left, grace);
                stopped.add(left.name());
            });
            Files.deleteIfExists(file);
        }
        return stopped;
    }

    private Path file(long pid) {
        return directory.resolve(Long.toString(pid));
    }

    private static Optional<Leftover> leftover(Path file) {
        try {
            String[] parts = Files.readString(file).split(" ", 3);
            Instant started = Instant.ofEpochMilli(Long.parseLong(parts[0]));
            Launch.Signal signal = Launch.Signal.valueOf(parts[1]);
            long pid = Long.parseLong(file.getFileName().toString());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .startInstant()
                            .filter(s -> Duration.between(s, started).abs().compareTo(TOLERANCE) < 0)
                            .isPresent())
                    .map(process -> new Leftover(process, signal, parts[2]));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException halfWritten) {
            return Optional.empty();
        }
    }

    private static void stop(Leftover left, Duration grace) {
        Signals.send(left.process(), left.signal());
        try {
            left.process().onExit().get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            left.process().destroyForcibly();
            left.process().onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("waiting for " + left.name() + " failed", e.getCause());
        }
    }

    private record Leftover(ProcessHandle process, Launch.Signal signal, String name) {}
}
