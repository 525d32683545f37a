package dev.memoir.runner.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Starts children: one folder for their logs, one for the records of what runs. */
public final class Processes {
    private final Path logs;
    private final Records records;

    public Processes(Path logs, Path recorded) throws IOException {
        Files.createDirectories(logs);
        Files.createDirectories(recorded);
        this.logs = logs;
        this.records = new Records(recorded);
    }

    /** @throws IOException when the program can't be started, saying which and why */
    public Child start(Launch launch) throws IOException {
        return Child.start(launch, logs, records);
    }

    /** Stops what a killed runner left running; returns the names of what was found. */
    public List<String> stopLeftovers() throws IOException {
        return records.stopLeftovers(Duration.ofSeconds(5));
    }
}
