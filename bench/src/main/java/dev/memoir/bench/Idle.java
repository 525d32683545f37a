package dev.memoir.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What stays when nobody looks: the memory of each process (PSS), and what all of them write to the disk meanwhile. */
@Command(name = "idle", description = "Memory of all that stays when idle, and its disk writes.")
final class Idle implements Callable<Integer> {
    /** JetStream writes its index once more, up to two and a half minutes after the last event. */
    private static final Duration SETTLED = Duration.ofMinutes(3);

    @Option(names = "--minutes", defaultValue = "10", description = "How long to watch (default ${DEFAULT-VALUE}).")
    private int minutes;

    @Override
    public Integer call() throws Exception {
        try (var rehearsal = LiveMemoir.start(5)) {
            rehearsal.awaitRehearsed();
        }
        try (var memoir = LiveMemoir.start(5)) {
            memoir.graphql("{ assets(first: 1) { edges { node { id } } } }");
            memoir.awaitAsleep();
            Thread.sleep(SETTLED);
            List<ProcessHandle> watched = memoir.processes();
            Map<Long, Long> before = written(watched);
            Thread.sleep(Duration.ofMinutes(minutes));
            Map<Long, Long> after = written(memoir.processes());
            print(memoir.processes(), before, after);
        }
        return 0;
    }

    private void print(List<ProcessHandle> processes, Map<Long, Long> before, Map<Long, Long> after)
            throws IOException {
        System.out.printf("%n| process | PSS MiB | bytes written in %d idle minutes |%n| --- | --- | --- |%n", minutes);
        double total = 0;
        for (ProcessHandle process : processes) {
            double mebibytes = pss(process) / 1024.0;
            total += mebibytes;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %d |%n",
                    name(process),
                    mebibytes,
                    after.get(process.pid()) - before.getOrDefault(process.pid(), 0L));
        }
        System.out.printf(Locale.ROOT, "| **all** | **%.1f** | |%n", total);
    }

    private static String name(ProcessHandle process) {
        String command = process.info().command().orElse("?");
        return Path.of(command).getFileName().toString().replace("java", "runner");
    }

    /** Proportional set size in KiB: private pages and a fair share of the shared ones (Linux smaps_rollup). */
    private static long pss(ProcessHandle process) throws IOException {
        return number(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"), "Pss:");
    }

    private static Map<Long, Long> written(List<ProcessHandle> processes) throws IOException {
        Map<Long, Long> bytes = new HashMap<>();
        for (ProcessHandle process : processes) {
            bytes.put(process.pid(), number(Path.of("/proc", Long.toString(process.pid()), "io"), "write_bytes:"));
        }
        return bytes;
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
