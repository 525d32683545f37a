package dev.memoir.runner.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/**
 * Where things lie on one machine. What is nobody else's business is in folders that only their owner may enter.
 *
 * @param root the data folder
 */
public record DataFolder(Path root) {
    private static final String PRIVATE = "rwx------";

    /** Makes the folders that are missing. */
    public static DataFolder prepare(Path root) throws IOException {
        DataFolder folder = new DataFolder(root);
        Files.createDirectories(root);
        for (Path secret : new Path[] {
            folder.secrets(), folder.run(), folder.queue(), folder.versions(), folder.logs(), folder.cache()
        }) {
            Files.createDirectories(secret);
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(PRIVATE));
        }
        Files.createDirectories(folder.store());
        Files.createDirectories(folder.models());
        Files.createDirectories(folder.scratch());
        return folder;
    }

    /** The originals are in {@code store/originals}, as ordinary files. */
    public Path store() {
        return root.resolve("store");
    }

    /** Older versions of originals. */
    public Path versions() {
        return root.resolve("versions");
    }

    /** The store's notes on its files, where the file system has no extended attributes. */
    public Path sidecar() {
        return root.resolve("sidecar");
    }

    public Path database() {
        return root.resolve("database");
    }

    public Path queue() {
        return root.resolve("queue");
    }

    public Path logs() {
        return root.resolve("logs");
    }

    public Path secrets() {
        return root.resolve("secrets");
    }

    /** Who may use the store besides its owner. */
    public Path accounts() {
        return secrets().resolve("accounts");
    }

    /** What is only true while the runner runs. */
    public Path run() {
        return root.resolve("run");
    }

    /** Where the runner says how it is reached. */
    public Path runnerFile() {
        return run().resolve("runner.json");
    }

    public Path processes() {
        return run().resolve("processes");
    }

    /** For files that a function needs for a moment; emptied at each start. */
    public Path scratch() {
        return run().resolve("scratch");
    }

    /** May be deleted at any time when the runner is down. */
    public Path cache() {
        return root.resolve("cache");
    }

    public Path models() {
        return cache().resolve("models");
    }

    /** Only when no function runs: one that reads its scratch file would take it for a damaged original. */
    void emptyScratch() throws IOException {
        try (var files = Files.walk(scratch())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(scratch())) {
                    Files.delete(file);
                }
            }
        }
    }
}
