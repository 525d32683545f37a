package dev.memoir.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The parts as they are on this machine. */
public final class Parts {
    private final Path root;
    private final Pins pins;

    Parts(Path root, Pins pins) {
        this.root = root;
        this.pins = pins;
    }

    /** Below {@code $MEMOIR_CACHE}, or else {@code ~/.cache/memoir}. */
    public static Parts open() {
        return at(cache());
    }

    /** @param cache the folder that holds {@code parts/} */
    public static Parts at(Path cache) {
        return new Parts(cache.resolve("parts"), Pins.load());
    }

    /** Those of another kind of machine: beside this one's, in {@code parts-PLATFORM/}. */
    static Parts of(Platform platform) {
        return new Parts(cache().resolve("parts-" + platform.id()), Pins.load());
    }

    /** {@code $MEMOIR_CACHE}, or else {@code ~/.cache/memoir}. */
    public static Path cache() {
        return environment("MEMOIR_CACHE")
                .map(Path::of)
                .orElseGet(
                        () -> Path.of(environment("HOME").orElse(System.getProperty("user.home")), ".cache", "memoir"))
                .toAbsolutePath();
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    public Pin pin(Part part) {
        return pins.of(part);
    }

    /**
     * What to run or load: the program (versitygw, nats-server, minio, ffmpeg), the library (libvips: the system's if
     * there is one), or the folder (postgresql with {@code bin/postgres} and {@code bin/initdb}; models; samples).
     *
     * @throws MissingPart if it isn't installed
     */
    public Path path(Part part) {
        return find(part).orElseThrow(() -> new MissingPart(part, missing(part)));
    }

    /** As {@link #path}, empty where that throws. */
    public Optional<Path> find(Part part) {
        if (part == Part.LIBVIPS && SystemLibvips.find().isPresent()) {
            return SystemLibvips.find();
        }
        return folder(part).map(folder -> resolve(folder, pins.of(part).path()));
    }

    /**
     * A file of an installed part, for instance {@code bin/ffprobe} of ffmpeg.
     *
     * @throws MissingPart if the part isn't installed
     */
    public Path file(Part part, String relative) {
        return folder(part)
                .orElseThrow(() -> new MissingPart(part, missing(part)))
                .resolve(relative);
    }

    /** Gets those that are missing, one after the other; those that are there stay untouched. */
    public void install(Set<Part> wanted, Progress progress) {
        Platform platform = Platform.current()
                .orElseThrow(() -> new PartsException("Memoir's parts are not pinned for "
                        + System.getProperty("os.name") + " on " + System.getProperty("os.arch")));
        for (Part part : wanted) {
            if (part == Part.LIBVIPS && SystemLibvips.find().isPresent()) {
                continue;
            }
            new Installation(part, pins.of(part), platform, root, progress).run();
        }
    }

    /** As {@link #install(Set, Progress)}, for another kind of machine: they are not run here, but images are made of them. */
    void installFor(Platform platform, Set<Part> wanted, Progress progress) {
        for (Part part : wanted) {
            new Installation(part, pins.of(part), platform, root, progress).run();
        }
    }

    /** What is there and what is missing, prerequisites included: the substance of {@code memoir doctor}. */
    public List<Finding> examine() {
        return new Examination(this, root).findings();
    }

    private Optional<Path> folder(Part part) {
        Pin pin = pins.of(part);
        if (pin.isOfUnknownEdition()) {
            return newest(pin.folder() + "-");
        }
        return Optional.of(root.resolve(pin.folder())).filter(Files::isDirectory);
    }

    /** Of the editions that were installed, the last. */
    private Optional<Path> newest(String prefix) {
        if (!Files.isDirectory(root)) {
            return Optional.empty();
        }
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .max(Comparator.comparingLong(folder -> folder.toFile().lastModified()));
        } catch (IOException e) {
            throw new PartsException(root + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String missing(Part part) {
        Pin pin = pins.of(part);
        return part.id() + " " + pin.version() + " (" + pin.what() + ") is not installed in " + root + ". Without it: "
                + pin.without() + ". Get it: " + command(part);
    }

    static String command(Part part) {
        return "./memoir parts install " + part.id();
    }

    private static Path resolve(Path folder, String path) {
        if (path.isEmpty()) {
            return folder;
        }
        if (!path.endsWith("/")) {
            return folder.resolve(path);
        }
        try (Stream<Path> files = Files.list(folder.resolve(path))) {
            return files.findFirst()
                    .orElseThrow(() -> new PartsException(folder + " is empty: delete it and install again"));
        } catch (IOException e) {
            throw new PartsException(folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
