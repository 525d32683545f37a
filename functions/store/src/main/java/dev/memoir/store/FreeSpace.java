package dev.memoir.store;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Room on the disk of a library on this machine. Some is kept free: PostgreSQL wants 16 MiB at a time for its log and does
 * not start without, and a queue that could not write refuses everything from then on.
 *
 * @param folder of the library; need not exist yet
 */
public record FreeSpace(Path folder) {
    /** Four pieces of PostgreSQL's log. */
    public static final long RESERVE = 64L << 20;

    /** @return what is wrong, one clause for people; empty when there is room */
    public Optional<String> shortage() {
        return shortageFor(0);
    }

    /** @param more bytes that are to be written */
    public Optional<String> shortageFor(long more) {
        long free;
        try {
            FileStore disk = disk();
            if (disk.getTotalSpace() == 0) {
                // such as /proc: not a disk at all
                return Optional.empty();
            }
            free = disk.getUsableSpace();
        } catch (IOException unknown) {
            return Optional.empty();
        }
        return free - more >= RESERVE
                ? Optional.empty()
                : Optional.of("the disk that holds " + folder + " is full: " + (free >> 20)
                        + " MiB are free, and Memoir leaves " + (RESERVE >> 20) + " MiB for its database and queue");
    }

    private FileStore disk() throws IOException {
        Path there = folder.toAbsolutePath();
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return Files.getFileStore(there);
    }
}
