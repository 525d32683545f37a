package dev.memoir.vectors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Vectors of one model in one file, which only grows: a thing's newer vectors are put after the others, and its older ones
 * count no more. How many rows there are is written after the rows, so that who reads meanwhile sees whole ones, and what was
 * begun when a process ended is written over. For one thread of one process.
 */
public final class VectorFile implements AutoCloseable {
    /** With more than one row that counts no more for so many that do, a file is made anew. */
    private static final int LIVE_FOR_A_DEAD = 2;

    private static final int AT_ONCE = 1 << 20;

    private final FileChannel channel;
    private final int dimension;
    private final Map<ByteBuffer, Held> held = new HashMap<>();
    private long rows;
    private long live;
    private long newest = Long.MIN_VALUE;

    /** Where a thing's rows are. */
    private record Held(long row, int count, long written) {}

    /**
     * One thing.
     *
     * @param id 32 bytes
     * @param written when, in any unit that grows
     * @param vectors at least one
     */
    public record Entry(byte[] id, long written, List<Quantised> vectors) {
        public Entry {
            vectors = List.copyOf(vectors);
            if (id.length != Layout.ID || vectors.isEmpty()) {
                throw new IllegalArgumentException("an id of 32 bytes and a vector are needed");
            }
        }
    }

    private VectorFile(FileChannel channel, int dimension) {
        this.channel = channel;
        this.dimension = dimension;
    }

    /** Opens a file, or makes it anew when there is none, when it is of another model or when it is no such file. */
    public static VectorFile open(Path path, String model, int dimension) throws IOException {
        Files.createDirectories(path.toAbsolutePath().getParent());
        VectorFile there = openIfRight(path, model, dimension);
        if (there != null) {
            return there;
        }
        // A new file and no shorter one: who has mapped the old may go on reading it.
        Files.deleteIfExists(path);
        FileChannel channel = channel(path);
        VectorFile made = new VectorFile(channel, dimension);
        made.writeHeader(model);
        return made;
    }

    private static VectorFile openIfRight(Path path, String model, int dimension) throws IOException {
        if (!Files.isRegularFile(path)) {
            return null;
        }
        FileChannel channel = channel(path);
        VectorFile file = new VectorFile(channel, dimension);
        if (file.isRight(model) && file.readRows() && file.rows - file.live <= file.live / LIVE_FOR_A_DEAD + 1) {
            return file;
        }
        channel.close();
        return null;
    }

    private static FileChannel channel(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException("another process is writing " + path);
        }
        return channel;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void writeHeader(String model) throws IOException {
        byte[] name = model.getBytes(StandardCharsets.UTF_8);
        if (name.length > Layout.MODEL_MOST) {
            throw new IllegalArgumentException("the model's name is too long: " + model);
        }
        ByteBuffer header = buffer(Layout.HEADER);
        header.putLong(Layout.MAGIC_AT, Layout.MAGIC)
                .putInt(Layout.DIMENSION_AT, dimension)
                .putLong(Layout.ROWS_AT, 0)
                .putInt(Layout.MODEL_AT, name.length)
                .put(Layout.MODEL_AT + Integer.BYTES, name);
        write(header, 0);
    }

    private boolean isRight(String model) throws IOException {
        ByteBuffer header = buffer(Layout.HEADER);
        if (!read(header, 0)) {
            return false;
        }
        int length = header.getInt(Layout.MODEL_AT);
        if (header.getLong(Layout.MAGIC_AT) != Layout.MAGIC
                || header.getInt(Layout.DIMENSION_AT) != dimension
                || length < 0
                || length > Layout.MODEL_MOST) {
            return false;
        }
        byte[] name = new byte[length];
        header.get(Layout.MODEL_AT + Integer.BYTES, name);
        rows = header.getLong(Layout.ROWS_AT);
        return new String(name, StandardCharsets.UTF_8).equals(model) && rows >= 0 && channel.size() >= position(rows);
    }

    private boolean readRows() throws IOException {
        int stride = Layout.stride(dimension);
        int atOnce = Math.max(1, AT_ONCE / stride);
        for (long first = 0; first < rows; first += atOnce) {
            int count = (int) Math.min(atOnce, rows - first);
            ByteBuffer some = buffer(count * stride);
            if (!read(some, position(first))) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                know(some, i * stride, first + i);
            }
        }
        return true;
    }

    private void know(ByteBuffer some, int at, long row) {
        if (some.getFloat(at + Layout.SCALE_AT) <= 0) {
            return;
        }
        byte[] id = new byte[Layout.ID];
        some.get(at, id);
        int frame = some.getInt(at + Layout.FRAME_AT);
        long written = some.getLong(at + Layout.WRITTEN_AT);
        held.put(key(id), new Held(row - frame, frame + 1, written));
        newest = Math.max(newest, written);
        live++;
    }

    /** The newest of all that were ever added; the least long when none was. */
    public long newest() {
        return newest;
    }

    /** How many things it holds. */
    public int size() {
        return held.size();
    }

    /** Adds those that it does not hold as they are; a thing that it holds otherwise is replaced. */
    public void add(List<Entry> entries) throws IOException {
        List<Held> replaced = new ArrayList<>();
        List<Entry> fresh = new ArrayList<>();
        for (Entry entry : entries) {
            Held before = held.get(key(entry.id()));
            if (before == null || before.written() != entry.written()) {
                fresh.add(entry);
                if (before != null) {
                    replaced.add(before);
                }
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        int stride = Layout.stride(dimension);
        int count = fresh.stream().mapToInt(entry -> entry.vectors().size()).sum();
        ByteBuffer written = buffer(Math.multiplyExact(count, stride));
        long row = rows;
        for (Entry entry : fresh) {
            held.put(key(entry.id()), new Held(row, entry.vectors().size(), entry.written()));
            newest = Math.max(newest, entry.written());
            for (int frame = 0; frame < entry.vectors().size(); frame++) {
                put(written, (int) (row - rows) * stride, entry, frame);
                row++;
            }
        }
        write(written, position(rows));
        for (Held old : replaced) {
            bury(old);
        }
        rows = row;
        live += count;
        ByteBuffer now = buffer(Long.BYTES);
        now.putLong(0, rows);
        write(now, Layout.ROWS_AT);
    }

    private void put(ByteBuffer rows, int at, Entry entry, int frame) {
        Quantised vector = entry.vectors().get(frame);
        if (vector.components().length != dimension || !(vector.scale() > 0)) {
            throw new IllegalArgumentException(
                    "a vector of " + vector.components().length + " components among such of " + dimension);
        }
        rows.put(at, entry.id())
                .putFloat(at + Layout.SCALE_AT, vector.scale())
                .putInt(at + Layout.FRAME_AT, frame)
                .putLong(at + Layout.WRITTEN_AT, entry.written())
                .put(at + Layout.ROW_HEADER, vector.components());
    }

    private void bury(Held old) throws IOException {
        for (int i = 0; i < old.count(); i++) {
            ByteBuffer nothing = buffer(Float.BYTES);
            write(nothing, position(old.row() + i) + Layout.SCALE_AT);
        }
        live -= old.count();
    }

    private long position(long row) {
        return Layout.HEADER + row * Layout.stride(dimension);
    }

    private static ByteBuffer key(byte[] id) {
        return ByteBuffer.wrap(id);
    }

    private boolean read(ByteBuffer into, long position) throws IOException {
        while (into.hasRemaining()) {
            if (channel.read(into, position + into.position()) < 0) {
                return false;
            }
        }
        return true;
    }

    private void write(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
