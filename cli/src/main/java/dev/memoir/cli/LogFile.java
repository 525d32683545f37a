package dev.memoir.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A text file that another program appends to, read from where it was last left. One that became shorter was begun anew. */
final class LogFile {
    private static final int MOST_AT_ONCE = 1 << 20;
    private final Path file;
    private long position;
    private boolean withinLine;

    private LogFile(Path file, long position, boolean withinLine) {
        this.file = file;
        this.position = position;
        this.withinLine = withinLine;
    }

    /** What is written from now on. */
    static LogFile fromEnd(Path file) {
        return new LogFile(file, size(file), false);
    }

    /** The last {@code bytes} of what is there, from the first whole line in them, and what follows. */
    static LogFile fromTail(Path file, int bytes) {
        long start = Math.max(0, size(file) - bytes);
        return new LogFile(file, start, start > 0);
    }

    /** The whole lines that came since the last call, at most about 1 MiB of them. */
    List<String> newLines() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel.size() < position) {
                position = 0;
                withinLine = false;
            }
            channel.position(position);
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(MOST_AT_ONCE, channel.size() - position));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // until the buffer is full or the file ends
            }
            return wholeLines(buffer);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private List<String> wholeLines(ByteBuffer buffer) {
        int end = buffer.position();
        while (end > 0 && buffer.get(end - 1) != '\n') {
            end--;
        }
        if (end == 0 && buffer.position() == MOST_AT_ONCE) {
            end = MOST_AT_ONCE;
        }
        position += end;
        List<String> lines = new String(buffer.array(), 0, end, StandardCharsets.UTF_8)
                .lines()
                .skip(withinLine ? 1 : 0)
                .toList();
        withinLine = withinLine && end == 0;
        return lines;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException("looking at " + file, e);
        }
    }
}
