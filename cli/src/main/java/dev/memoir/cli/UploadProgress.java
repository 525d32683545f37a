package dev.memoir.cli;

import java.time.Duration;
import java.util.Locale;

/** Says how far an upload is: on a terminal in one line that changes, else a line every ten seconds. Safe for many threads. */
final class UploadProgress {
    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final double MEBI = 1024 * 1024;

    private final Terminal terminal;
    private final int files;
    private final long bytes;
    private final long started = System.nanoTime();
    private long lastPlain = started;
    private int doneFiles;
    private long doneBytes;
    private int sentFiles;
    private long sentBytes;

    UploadProgress(Terminal terminal, int files, long bytes) {
        this.terminal = terminal;
        this.files = files;
        this.bytes = bytes;
    }

    synchronized void begin(Selection.Picked picked) {
        if (terminal.interactive()) {
            terminal.passing(line(" " + picked.name()));
        }
    }

    synchronized void end(Selection.Picked picked, boolean sent) {
        doneFiles++;
        doneBytes += picked.size();
        if (sent) {
            sentFiles++;
            sentBytes += picked.size();
        }
        long now = System.nanoTime();
        if (!terminal.interactive() && now - lastPlain > PLAIN_EVERY_NANOS) {
            lastPlain = now;
            terminal.say(line(""));
        }
    }

    synchronized void finish() {
        terminal.clearPassing();
    }

    /** {@code 12 files, 34.5 MiB in 6 s (5.8 MiB/s)}. */
    synchronized String sentSummary() {
        return String.format(
                Locale.ROOT,
                "%d files, %.1f MiB in %.1f s (%.1f MiB/s)",
                sentFiles,
                sentBytes / MEBI,
                seconds(),
                sentBytes / MEBI / seconds());
    }

    private String line(String what) {
        double rate = doneBytes / seconds();
        String left = rate > 0 ? String.format(Locale.ROOT, ", %.0f s left", (bytes - doneBytes) / rate) : "";
        return String.format(
                Locale.ROOT,
                "%d/%d files, %.1f/%.1f MiB, %.1f MiB/s%s%s",
                doneFiles,
                files,
                doneBytes / MEBI,
                bytes / MEBI,
                rate / MEBI,
                left,
                what);
    }

    private double seconds() {
        return Math.max(1e-3, (System.nanoTime() - started) / 1e9);
    }
}
