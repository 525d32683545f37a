package dev.memoir.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/** The boxes that a HEIF picture consists of (ISO/IEC 14496-12, 4.2), as far as its tables go. */
final class HeifBoxes {
    /** Of tables: what a picture says of itself, not the picture. */
    private static final int MOST_BYTES = 8 << 20;

    private HeifBoxes() {}

    /** The boxes of a file's first {@code meta} box. */
    static Optional<ByteBuffer> meta(FileChannel file) throws IOException {
        long at = 0;
        while (at + 8 <= file.size()) {
            ByteBuffer header = read(file, at, 8);
            long size = header.getInt() & 0xFFFFFFFFL;
            String type = name(header);
            if (type.equals("meta")) {
                long body = Math.min(size, file.size() - at) - 12;
                return body <= 0 || body > MOST_BYTES
                        ? Optional.empty()
                        : Optional.of(read(file, at + 12, (int) body)); // 4 bytes of version and flags come first
            }
            if (size < 8) {
                return Optional.empty();
            }
            at += size;
        }
        return Optional.empty();
    }

    /**
     * The first answer of these boxes, in their order.
     *
     * @param ask is given a box's type and what is in it
     */
    static <T> Optional<T> first(ByteBuffer boxes, BiFunction<String, ByteBuffer, Optional<T>> ask) {
        ByteBuffer left = boxes.duplicate();
        while (left.remaining() >= 8) {
            int start = left.position();
            int size = left.getInt();
            String type = name(left);
            if (size < 8 || size > left.limit() - start) {
                return Optional.empty();
            }
            Optional<T> answer = ask.apply(type, left.slice(start + 8, size - 8));
            if (answer.isPresent()) {
                return answer;
            }
            left.position(start + size);
        }
        return Optional.empty();
    }

    static Optional<ByteBuffer> first(ByteBuffer boxes, String type) {
        return first(boxes, (other, body) -> other.equals(type) ? Optional.of(body) : Optional.empty());
    }

    /** Four characters. */
    static String name(ByteBuffer from) {
        byte[] name = new byte[4];
        from.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(length);
        while (b.hasRemaining()) {
            if (file.read(b, at + b.position()) <= 0) {
                throw new IOException("the file ends within its tables");
            }
        }
        return b.flip();
    }

    /** What a picture's tables say, where they can be read. */
    interface Reader<T> {
        Optional<T> read(FileChannel file, ByteBuffer meta) throws IOException;
    }

    static <T> Optional<T> read(Path picture, Reader<T> reader) {
        try (FileChannel file = FileChannel.open(picture)) {
            Optional<ByteBuffer> meta = meta(file);
            return meta.isPresent() ? reader.read(file, meta.get()) : Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            // Tables that contradict themselves cost what they would have told, never the picture.
            return Optional.empty();
        }
    }
}
