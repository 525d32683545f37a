package dev.memoir.parts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of machine that parts are pinned for. */
public enum Platform {
    LINUX_AMD64("linux-amd64"),
    LINUX_ARM64("linux-arm64"),
    MACOS_ARM64("macos-arm64");

    private final String id;

    Platform(String id) {
        this.id = id;
    }

    /** As written in {@code parts.json}. */
    public String id() {
        return id;
    }

    /** As Go's {@code GOOS} says it. */
    String goSystem() {
        return this == MACOS_ARM64 ? "darwin" : "linux";
    }

    /** As Go's {@code GOARCH} says it. */
    String goProcessor() {
        return id.substring(id.indexOf('-') + 1);
    }

    /** This machine's kind; empty if no part is pinned for it. */
    public static Optional<Platform> current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static Optional<Platform> of(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "macos" : system.toLowerCase(Locale.ROOT);
        String cpu = switch (processor) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64", "arm64" -> "arm64";
            default -> processor;
        };
        return named(os + "-" + cpu);
    }

    static Optional<Platform> named(String id) {
        return Arrays.stream(values())
                .filter(platform -> platform.id.equals(id))
                .findFirst();
    }
}
