package dev.memoir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What stays when nobody looks: the memory of each process, its processor time, and what it writes to the disk meanwhile.
 *
 * <p>Memory is said twice. PSS splits shared pages among all who have them, so the runner's share of the JVM's own pages
 * gets smaller with every other Java program on the machine, this one included. RSS is what it takes where nothing else
 * is in Java.
 */
@Command(name = "idle", description = "Memory of all that stays when idle, its processor time and its disk writes.")
final class Idle implements Callable<Integer> {
    /** JetStream writes the index of a stream up to 150 s after the last event in it: that belongs to the event. */
    private static final Duration SETTLED = Duration.ofMinutes(3);

    @Option(names = "--minutes", defaultValue = "10", description = "How long to watch (default ${DEFAULT-VALUE}).")
    private int minutes;

    /** At one moment; times in seconds. */
    private record Reading(long bytesWritten, double processorSeconds) {}

    @Override
    public Integer call() throws Exception {
        try (var rehearsal = LiveMemoir.start(5)) {
            rehearsal.awaitRehearsed();
        }
        try (var memoir = LiveMemoir.start(5)) {
            memoir.graphql("{ assets(first: 1) { edges { node { id } } } }");
            memoir.awaitAsleep();
            Thread.sleep(SETTLED);
            Map<ProcessHandle, Reading> before = readings(memoir.processes());
            Thread.sleep(Duration.ofMinutes(minutes));
            Map<ProcessHandle, Reading> after = readings(memoir.processes());
            if (!before.keySet().equals(after.keySet())) {
                throw new IllegalStateException("it was not idle: at first there were " + names(before) + ", then "
                        + names(after) + ". Measure again.");
            }
            print(before, after);
        }
        return 0;
    }

    private void print(Map<ProcessHandle, Reading> before, Map<ProcessHandle, Reading> after) throws IOException {
        System.out.printf(
                "%n| process | PSS MiB | RSS MiB | processor s an hour | bytes written in %d idle minutes |%n"
                        + "| --- | --- | --- | --- | --- |%n",
                minutes);
        double allProportional = 0;
        double allResident = 0;
        for (ProcessHandle process : after.keySet()) {
            double proportional = memory(process, "Pss:");
            double resident = memory(process, "Rss:");
            allProportional += proportional;
            allResident += resident;
            Reading first = before.get(process);
            Reading last = after.get(process);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %d |%n",
                    name(process),
                    proportional,
                    resident,
                    (last.processorSeconds() - first.processorSeconds()) * 60 / minutes,
                    last.bytesWritten() - first.bytesWritten());
        }
        System.out.printf(Locale.ROOT, "| **all** | **%.1f** | **%.1f** | | |%n", allProportional, allResident);
    }

    private static List<String> names(Map<ProcessHandle, Reading> readings) {
        return readings.keySet().stream().map(Idle::name).toList();
    }

    private static String name(ProcessHandle process) {
        String command = process.info().command().orElse("?");
        return Path.of(command).getFileName().toString().replace("java", "runner");
    }

    /** In MiB, by Linux's sum over all mappings. */
    private static double memory(ProcessHandle process, String field) throws IOException {
        return number(proc(process, "smaps_rollup"), field) / 1024.0;
    }

    private static Map<ProcessHandle, Reading> readings(List<ProcessHandle> processes) throws IOException {
        Map<ProcessHandle, Reading> readings = new LinkedHashMap<>();
        for (ProcessHandle process : processes) {
            readings.put(
                    process,
                    new Reading(
                            number(proc(process, "io"), "write_bytes:"),
                            process.info()
                                            .totalCpuDuration()
                                            .orElse(Duration.ZERO)
                                            .toMillis()
                                    / 1000.0));
        }
        return readings;
    }

    private static Path proc(ProcessHandle process, String file) {
        return Path.of("/proc", Long.toString(process.pid()), file);
    }

    private static long number(Path file, String field) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(field.length()).replace("kB", "").strip()))
                    .findFirst()
                    .orElseThrow(() -> new IOException(file + " has no " + field));
        }
    }
}
