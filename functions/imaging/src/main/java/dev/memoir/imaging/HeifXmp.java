package dev.memoir.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the XMP packet of a HEIF or AVIF picture: an item of type {@code mime} whose content is {@code application/rdf+xml}
 * (ISO/IEC 23008-12, annex A.3), named in {@code iinf} and found by {@code iloc} (ISO/IEC 14496-12, 8.11).
 */
final class HeifXmp {
    private static final int MOST_BYTES = 4 << 20;
    private static final int MOST_EXTENTS = 1000;
    private static final int IN_FILE = 0;
    private static final int IN_IDAT = 1;

    private HeifXmp() {}

    static Optional<byte[]> packet(Path picture) {
        return HeifBoxes.read(picture, (file, meta) -> {
            Optional<Long> item = HeifBoxes.first(meta, "iinf").flatMap(HeifXmp::item);
            Optional<ByteBuffer> places = HeifBoxes.first(meta, "iloc");
            return item.isPresent() && places.isPresent()
                    ? content(file, places.get(), item.get(), HeifBoxes.first(meta, "idat"))
                    : Optional.empty();
        });
    }

    private static Optional<Long> item(ByteBuffer items) {
        int version = versionOf(items);
        items.position(items.position() + (version == 0 ? 2 : 4));
        return HeifBoxes.first(
                items,
                (type, item) ->
                        type.equals("infe") && isXmp(item.duplicate()) ? Optional.of(id(item)) : Optional.empty());
    }

    private static boolean isXmp(ByteBuffer item) {
        int version = versionOf(item);
        if (version < 2) {
            return false;
        }
        item.position(item.position() + (version == 2 ? 2 : 4) + 2);
        if (!HeifBoxes.name(item).equals("mime")) {
            return false;
        }
        text(item);
        return text(item).equals("application/rdf+xml");
    }

    private static long id(ByteBuffer item) {
        return versionOf(item) == 2 ? number(item, 2) : number(item, 4);
    }

    private static Optional<byte[]> content(FileChannel file, ByteBuffer places, long item, Optional<ByteBuffer> idat)
            throws IOException {
        int version = versionOf(places);
        int sizes = places.getShort();
        int offsetBytes = sizes >> 12 & 15;
        int lengthBytes = sizes >> 8 & 15;
        int baseBytes = sizes >> 4 & 15;
        int indexBytes = version == 0 ? 0 : sizes & 15;
        long items = number(places, version < 2 ? 2 : 4);
        for (long i = 0; i < items; i++) {
            long id = number(places, version < 2 ? 2 : 4);
            int method = version == 0 ? IN_FILE : places.getShort() & 15;
            places.getShort();
            long base = number(places, baseBytes);
            int extents = (int) number(places, 2);
            if (id != item) {
                places.position(places.position() + extents * (indexBytes + offsetBytes + lengthBytes));
                continue;
            }
            if (extents > MOST_EXTENTS || method > IN_IDAT || method == IN_IDAT && idat.isEmpty()) {
                return Optional.empty();
            }
            ByteArrayOutputStream packet = new ByteArrayOutputStream();
            for (int extent = 0; extent < extents; extent++) {
                number(places, indexBytes);
                long at = base + number(places, offsetBytes);
                long length = number(places, lengthBytes);
                if (at < 0 || length < 0 || packet.size() + length > MOST_BYTES) {
                    return Optional.empty();
                }
                byte[] part = new byte[(int) length];
                if (method == IN_FILE) {
                    HeifBoxes.read(file, at, part.length).get(part);
                } else {
                    idat.orElseThrow().get(Math.toIntExact(at), part);
                }
                packet.write(part);
            }
            return Optional.of(packet.toByteArray());
        }
        return Optional.empty();
    }

    /** Three bytes of flags follow. */
    private static int versionOf(ByteBuffer box) {
        return box.getInt() >>> 24;
    }

    /** Without a sign, of none, two, four or eight bytes. */
    private static long number(ByteBuffer from, int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | from.get() & 0xFF;
        }
        return number;
    }

    /** Ends with a zero. */
    private static String text(ByteBuffer from) {
        int start = from.position();
        while (from.get() != 0) {
            // its end is looked for
        }
        byte[] text = new byte[from.position() - start - 1];
        from.get(start, text);
        return new String(text, StandardCharsets.UTF_8);
    }
}
