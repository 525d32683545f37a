package dev.memoir.runner.hosts;

import dev.memoir.runner.processes.Launch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What to know of a function that runs as a process of this machine.
 *
 * @param launch its program at the moment of a start; the port comes in the variable {@code PORT}
 * @param needsDatabase whether the database is kept awake while it runs
 * @param concurrency requests at a time
 * @param queue requests that may wait for a place
 * @param memoryCap bytes of resident memory beyond which it is killed
 * @param startLimit how long it may take until it is ready
 * @param idle how long it stays without a request
 * @param obstacle why it must not work now, such as a full disk; asked before each request
 */
public record LocalFunction(
        String name,
        Supplier<Launch> launch,
        boolean needsDatabase,
        int concurrency,
        int queue,
        long memoryCap,
        Duration startLimit,
        Duration idle,
        Supplier<Optional<String>> obstacle) {}
