package dev.memoir.imaging;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The native parts that pictures are made with, and the folder for files that live only while one is made.
 *
 * @param libvips the shared library
 * @param ffmpeg the program
 * @param ffprobe the program
 * @param scratch an existing folder; beside an original it takes one small picture at a time
 */
public record Tools(Optional<Path> libvips, Optional<Path> ffmpeg, Optional<Path> ffprobe, Path scratch) {
    private static final List<Path> SYSTEM_LIBVIPS = Stream.of(
                    "/usr/local/lib/libvips.so.42",
                    "/usr/lib/x86_64-linux-gnu/libvips.so.42",
                    "/usr/lib/aarch64-linux-gnu/libvips.so.42",
                    "/usr/lib64/libvips.so.42",
                    "/usr/lib/libvips.so.42",
                    "/opt/homebrew/lib/libvips.42.dylib",
                    "/usr/local/lib/libvips.42.dylib")
            .map(Path::of)
            .toList();

    /**
     * What {@code MEMOIR_LIBVIPS}, {@code MEMOIR_FFMPEG}, {@code MEMOIR_FFPROBE} and {@code MEMOIR_SCRATCH} name; for those
     * that are not set, the system's libvips, the programs on the {@code PATH} and the folder for temporary files.
     */
    public static Tools of(Map<String, String> environment) {
        return new Tools(
                named(environment, "MEMOIR_LIBVIPS")
                        .or(() -> SYSTEM_LIBVIPS.stream().filter(Files::exists).findFirst()),
                named(environment, "MEMOIR_FFMPEG").or(() -> onPath(environment, "ffmpeg")),
                named(environment, "MEMOIR_FFPROBE").or(() -> onPath(environment, "ffprobe")),
                named(environment, "MEMOIR_SCRATCH").orElse(Path.of(System.getProperty("java.io.tmpdir"))));
    }

    private static Optional<Path> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    private static Optional<Path> onPath(Map<String, String> environment, String program) {
        return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
