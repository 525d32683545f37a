package dev.memoir.runner.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The right to be the one runner of a data folder. The system takes it back when the process ends, however it ends. */
public final class OnlyOne implements AutoCloseable {
    private final FileChannel channel;

    private OnlyOne(FileChannel channel) {
        this.channel = channel;
    }

    /** Another runner has the data folder. */
    public static final class Taken extends Exception {
        Taken(String message) {
            super(message);
        }
    }

    /** @throws Taken with the address and process of the runner that is there already */
    public static OnlyOne claim(DataFolder folder) throws IOException, Taken {
        Files.createDirectories(folder.run());
        Path file = folder.run().resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            lock = null;
        } catch (IOException e) {
            channel.close();
            throw new IOException("can't lock " + file + ": " + e.getMessage(), e);
        }
        if (lock == null) {
            channel.close();
            throw new Taken("Memoir is already running with " + folder.root() + whoElse(folder)
                    + ". Stop it first (memoir down), or choose another folder with --data.");
        }
        return new OnlyOne(channel);
    }

    private static String whoElse(DataFolder folder) {
        try {
            JsonNode runner = new ObjectMapper().readTree(folder.runnerFile().toFile());
            return " at " + runner.path("address").asText() + " (process "
                    + runner.path("pid").asText() + ")";
        } catch (IOException stillStarting) {
            return " (it is just starting)";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
