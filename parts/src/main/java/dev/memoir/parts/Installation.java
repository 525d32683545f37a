package dev.memoir.parts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Installs one part: gets and checks its packages in a folder beside the final one, then renames it. So the final folder
 * is either whole or absent, also after a crash. A file lock keeps other processes out, since two checkouts share the
 * folder; a lock in memory the other threads, since file locks don't.
 */
final class Installation {
    private static final ConcurrentMap<Path, Lock> IN_THIS_JVM = new ConcurrentHashMap<>();

    private final Part part;
    private final Pin pin;
    private final Platform platform;
    private final Path root;
    private final Progress progress;

    Installation(Part part, Pin pin, Platform platform, Path root, Progress progress) {
        this.part = part;
        this.pin = pin;
        this.platform = platform;
        this.root = root;
        this.progress = progress;
    }

    void run() {
        Path target = root.resolve(pin.folder());
        Path lockFile = root.resolve("." + pin.folder() + ".lock");
        Lock lock = IN_THIS_JVM.computeIfAbsent(lockFile.toAbsolutePath(), path -> new ReentrantLock());
        lock.lock();
        try {
            Files.createDirectories(root);
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = waitFor(channel)) {
                if (held.isValid() && !Files.isDirectory(target)) {
                    install(target);
                    progress.step(part, "installed, " + (Folders.size(target) >> 20) + " MiB");
                }
            }
        } catch (IOException e) {
            throw new PartsException(part.id() + " could not be installed into " + target + ": " + e, e);
        } finally {
            lock.unlock();
        }
    }

    private FileLock waitFor(FileChannel channel) throws IOException {
        FileLock held = channel.tryLock();
        if (held != null) {
            return held;
        }
        progress.step(part, "waiting: another process installs it");
        return channel.lock();
    }

    private void install(Path target) throws IOException {
        List<Source> sources = pin.sources(platform);
        if (sources.isEmpty()) {
            throw new PartsException(part.id() + " is not pinned for " + platform.id() + "; " + pin.without() + ".");
        }
        removeLeftovers();
        Path staging = Files.createTempDirectory(root, leftoverPrefix());
        try {
            Path made = Files.createDirectory(staging.resolve("made"));
            Path packages = Files.createDirectory(staging.resolve("packages"));
            for (int i = 0; i < sources.size(); i++) {
                Source source = sources.get(i);
                progress.step(part, (source instanceof Source.Go ? "building " : "getting ") + source.label());
                Path fetched = Fetch.get(source, platform, Files.createDirectory(staging.resolve("fetch-" + i)));
                place(source, fetched, made, packages);
            }
            finish(made, packages, staging);
            Files.move(made, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Folders.delete(staging);
        }
    }

    private void place(Source source, Path fetched, Path made, Path packages) throws IOException {
        if (source instanceof Source.Go) {
            Path bin = Files.createDirectories(made.resolve("bin"));
            Files.move(fetched, bin.resolve(fetched.getFileName()));
        } else if (source.take().isEmpty()) {
            Path kept = pin.convert().isPresent() ? packages : made;
            Files.move(fetched, kept.resolve(fetched.getFileName()));
        } else {
            Archive.take(fetched, source.take(), made);
        }
    }

    private void finish(Path made, Path packages, Path staging) throws IOException {
        if (pin.wrap().isPresent()) {
            Wrapper.write(pin.wrap().get(), platform, made);
        }
        if (pin.convert().isPresent()) {
            progress.step(part, "converting");
            Conversion.run(pin.convert().get(), packages, staging, made);
        }
    }

    private String leftoverPrefix() {
        return ".new-" + pin.folder() + "-";
    }

    /** What an installer that was killed left behind; we hold the lock, so nobody works there. */
    private void removeLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            files.filter(file -> file.getFileName().toString().startsWith(leftoverPrefix()))
                    .toList()
                    .forEach(Folders::delete);
        }
    }
}
