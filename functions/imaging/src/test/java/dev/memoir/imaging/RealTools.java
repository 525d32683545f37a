package dev.memoir.imaging;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/** The installed parts and samples, and a clock that stands still. */
final class RealTools {
    static final Clock CLOCK = Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    private static final Parts PARTS = Parts.open();

    private RealTools() {}

    static Tools tools(Path scratch) {
        return new Tools(Optional.of(PARTS.path(Part.LIBVIPS)), Optional.of(ffmpeg()), Optional.of(ffprobe()), scratch);
    }

    static Tools none(Path scratch) {
        return new Tools(Optional.empty(), Optional.empty(), Optional.empty(), scratch);
    }

    static Path ffmpeg() {
        return PARTS.path(Part.FFMPEG);
    }

    private static Path ffprobe() {
        return PARTS.file(Part.FFMPEG, "bin/ffprobe");
    }

    static Path sample(String path) {
        return PARTS.path(Part.SAMPLES).resolve(path);
    }

    /** Makes a file by ffmpeg. */
    static Path filmed(Path out, String... arguments) {
        String[] all = new String[arguments.length + 5];
        all[0] = ffmpeg().toString();
        all[1] = "-v";
        all[2] = "error";
        all[3] = "-nostdin";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        all[all.length - 1] = out.toString();
        try {
            Process process = new ProcessBuilder(all).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("ffmpeg could not make " + out);
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
