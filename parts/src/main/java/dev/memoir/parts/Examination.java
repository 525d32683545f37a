package dev.memoir.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at this machine without changing it and without asking any registry. */
final class Examination {
    private static final int JDK = 25;
    private static final long WANTED_BYTES = 2L << 30;

    private final Parts parts;
    private final Path root;

    Examination(Parts parts, Path root) {
        this.parts = parts;
        this.root = root;
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(platform());
        findings.add(jdk());
        findings.add(Prerequisite.MAVEN.examine());
        findings.add(Prerequisite.GO.examine());
        findings.add(Prerequisite.PYTHON.examine());
        findings.add(Prerequisite.NPM.examine());
        findings.add(disk());
        if (Unprivileged.isRoot()) {
            findings.add(unprivileged());
        }
        for (Part part : Part.values()) {
            findings.add(part(part));
        }
        return findings;
    }

    private static Finding platform() {
        String name = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        return Platform.current()
                .map(platform -> Finding.found("platform", platform.id()))
                .orElseGet(() -> Finding.missing(
                        "platform",
                        "no part is pinned for " + name,
                        "use one of: linux-amd64, linux-arm64, macos-arm64",
                        true));
    }

    private static Finding jdk() {
        int version = Runtime.version().feature();
        return version >= JDK
                ? Finding.found("jdk", Runtime.version() + " in " + System.getProperty("java.home"))
                : Finding.missing("jdk", "Memoir needs " + JDK + " or newer", "apt-get install temurin-25-jdk", true);
    }

    private Finding disk() {
        try {
            Path existing = root.toAbsolutePath();
            while (!Files.exists(existing)) {
                existing = existing.getParent();
            }
            long free = Files.getFileStore(existing).getUsableSpace();
            String told = (free >> 20) + " MiB free in " + existing;
            return free >= WANTED_BYTES
                    ? Finding.found("disk", told)
                    : Finding.limited(
                            "disk",
                            told,
                            "parts and builds need about 2 GiB",
                            "set MEMOIR_CACHE to a folder on a larger disk");
        } catch (IOException e) {
            return Finding.missing(
                    "disk",
                    root + " cannot be examined: " + e.getMessage(),
                    "set MEMOIR_CACHE to a folder that can be written",
                    true);
        }
    }

    private static Finding unprivileged() {
        return Unprivileged.works()
                ? Finding.found("unshare", "PostgreSQL, which refuses to run as root, gets a user namespace")
                : Finding.missing(
                        "unshare", "PostgreSQL refuses to run as root", "run memoir as an ordinary user", true);
    }

    private Finding part(Part part) {
        Pin pin = parts.pin(part);
        if (parts.find(part).isEmpty()) {
            return Finding.missing(
                    part.id(), pin.without(), Parts.command(part), Part.needed().contains(part));
        }
        String path = parts.path(part).toString();
        if (part == Part.LIBVIPS && SystemLibvips.find().isEmpty()) {
            return Finding.limited(
                    part.id(),
                    pin.version() + " " + path,
                    "HEIC photos are decoded by FFmpeg, which takes longer",
                    "apt-get install libvips42");
        }
        return Finding.found(
                part.id(),
                part == Part.LIBVIPS && SystemLibvips.find().isPresent() ? path : pin.version() + " " + path);
    }
}
