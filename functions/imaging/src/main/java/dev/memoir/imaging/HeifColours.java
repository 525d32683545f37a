package dev.memoir.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the colour profile of a HEIF picture: the first {@code colr} property with an ICC profile (ISO/IEC 23008-12, box
 * path meta/iprp/ipco/colr). Phones write one profile for all tiles.
 */
final class HeifColours {
    private static final int MOST_PROPERTIES = 8 << 20;

    private HeifColours() {}

    static Optional<byte[]> profile(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            long at = 0;
            while (at + 8 <= channel.size()) {
                ByteBuffer header = read(channel, at, 8);
                long size = header.getInt() & 0xFFFFFFFFL;
                String type = name(header);
                if (type.equals("meta")) {
                    long body = Math.min(size, channel.size() - at) - 12;
                    return body <= 0 || body > MOST_PROPERTIES
                            ? Optional.empty()
                            : in(read(channel, at + 12, (int) body)); // 4 bytes of version and flags come first
                }
                if (size < 8) {
                    return Optional.empty();
                }
                at += size;
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> in(ByteBuffer boxes) {
        while (boxes.remaining() >= 8) {
            int start = boxes.position();
            int size = boxes.getInt();
            String type = name(boxes);
            if (size < 8 || size > boxes.limit() - start) {
                return Optional.empty();
            }
            ByteBuffer body = boxes.slice(start + 8, size - 8);
            boxes.position(start + size);
            Optional<byte[]> found = switch (type) {
                case "iprp", "ipco" -> in(body);
                case "colr" -> profile(body);
                default -> Optional.empty();
            };
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<byte[]> profile(ByteBuffer colour) {
        if (colour.remaining() < 4 + 128) {
            return Optional.empty();
        }
        String kind = name(colour);
        byte[] profile = new byte[colour.remaining()];
        colour.get(profile);
        boolean icc = Arrays.equals(profile, 36, 40, new byte[] {'a', 'c', 's', 'p'}, 0, 4);
        return icc && (kind.equals("prof") || kind.equals("rICC")) ? Optional.of(profile) : Optional.empty();
    }

    private static String name(ByteBuffer from) {
        byte[] name = new byte[4];
        from.get(name);
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    private static ByteBuffer read(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(length);
        while (b.hasRemaining()) {
            if (channel.read(b, at + b.position()) <= 0) {
                throw new IOException("the file ends within its tables");
            }
        }
        return b.flip();
    }
}
