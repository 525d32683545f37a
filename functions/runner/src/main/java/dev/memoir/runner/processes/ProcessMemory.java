package dev.memoir.runner.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process's memory (proc(5)); 0 where it says nothing. */
public final class ProcessMemory {
    private static final long KIB = 1024;

    private ProcessMemory() {}

    /** Resident set in bytes: cheap, counts shared pages whole. */
    public static long resident(long pid) {
        return line(Path.of("/proc", Long.toString(pid), "status"), "VmRSS:");
    }

    /**
     * Proportional set in bytes: shared pages are split among those who share them. Costs the kernel a walk through the
     * page tables, so only ask when somebody wants to know. The resident set where the system has no such number.
     */
    public static long proportional(long pid) {
        long bytes = line(Path.of("/proc", Long.toString(pid), "smaps_rollup"), "Pss:");
        return bytes > 0 ? bytes : resident(pid);
    }

    /** {@link #proportional} of a process and all that it started. */
    public static long proportionalOfTree(long pid) {
        return ProcessHandle.of(pid)
                .map(root -> proportional(pid)
                        + root.descendants()
                                .mapToLong(child -> proportional(child.pid()))
                                .sum())
                .orElse(0L);
    }

    private static long line(Path file, String label) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(label))
                    .findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D+", "")) * KIB)
                    .orElse(0L);
        } catch (IOException | java.io.UncheckedIOException ended) {
            return 0;
        }
    }
}
