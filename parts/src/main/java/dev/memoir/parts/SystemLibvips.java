package dev.memoir.parts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The libvips that the system's package manager installed: preferred, since it usually reads HEIC. */
final class SystemLibvips {
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/local/lib"),
            Path.of("/usr/lib/x86_64-linux-gnu"),
            Path.of("/usr/lib/aarch64-linux-gnu"),
            Path.of("/usr/lib64"),
            Path.of("/usr/lib"),
            Path.of("/opt/homebrew/lib"));
    private static final List<String> NAMES = List.of("libvips.so.42", "libvips.42.dylib");

    private SystemLibvips() {}

    static Optional<Path> find() {
        return find(FOLDERS);
    }

    static Optional<Path> find(List<Path> folders) {
        return folders.stream()
                .flatMap(folder -> NAMES.stream().map(folder::resolve))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
