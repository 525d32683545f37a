package dev.memoir.cli;

import dev.memoir.store.Keys;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The files that a person named, directly or by a folder.
 *
 * @param files to upload; a folder's in the order of their paths
 * @param skipped with the reason
 */
record Selection(List<Picked> files, List<Skipped> skipped) {

    /**
     * @param relative the path below the folder that was named, with the folder's own name in front; a named file's name.
     *     Segments are divided by slashes
     */
    record Picked(Path file, String relative, long size) {
        String name() {
            return file.getFileName().toString();
        }
    }

    record Skipped(Path file, String reason) {}

    /** Which of a folder's files count. A file that is named itself always does. */
    enum Of {
        /** Photos, videos and sidecars by their endings. */
        MEDIA,
        /** Whatever is not hidden. */
        ALL
    }

    /** @throws Failure when a named path is not there */
    static Selection of(Collection<Path> named, Of which) {
        List<Picked> files = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (Path path : named) {
            Path real = path.toAbsolutePath().normalize();
            if (Files.isDirectory(real)) {
                walk(real, which, files, skipped);
            } else if (Files.isRegularFile(real)) {
                files.add(new Picked(
                        real, real.getFileName().toString(), real.toFile().length()));
            } else {
                throw Failure.cannot("There is no file or folder " + path + ".", "Nothing was uploaded.");
            }
        }
        return new Selection(List.copyOf(files), List.copyOf(skipped));
    }

    private static void walk(Path folder, Of which, List<Picked> files, List<Skipped> skipped) {
        List<Picked> found = new ArrayList<>();
        Path base = Optional.ofNullable(folder.getParent()).orElse(folder);
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    if (!dir.equals(folder) && dir.getFileName().toString().startsWith(".")) {
                        skipped.add(new Skipped(dir, "hidden"));
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    reasonToSkip(file, attributes, which)
                            .ifPresentOrElse(
                                    reason -> skipped.add(new Skipped(file, reason)),
                                    () -> found.add(
                                            new Picked(file, slashes(base.relativize(file)), attributes.size())));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    skipped.add(new Skipped(file, e instanceof AccessDeniedException ? "not readable" : e.toString()));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw Failure.failed("Reading the folder " + folder + " failed: " + e, "Nothing was uploaded.", e);
        }
        found.sort(Comparator.comparing(Picked::relative));
        files.addAll(found);
    }

    private static Optional<String> reasonToSkip(Path file, BasicFileAttributes attributes, Of which) {
        String name = file.getFileName().toString();
        if (name.startsWith(".")) {
            return Optional.of("hidden");
        }
        if (!attributes.isRegularFile()) {
            return Optional.of(attributes.isSymbolicLink() ? "a link" : "not a file");
        }
        if (Keys.kind(name) == Keys.Kind.UNFINISHED) {
            return Optional.of("unfinished or a system's own file");
        }
        if (which == Of.MEDIA && MediaNames.type(name).isEmpty()) {
            return Optional.of("not a photo, a video or a sidecar by its name");
        }
        return Optional.empty();
    }

    private static String slashes(Path relative) {
        List<String> segments = new ArrayList<>();
        relative.forEach(segment -> segments.add(segment.toString()));
        return String.join("/", segments);
    }
}
