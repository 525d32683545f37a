package dev.memoir.imaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the raw formats of cameras from plain TIFF: they are TIFF too, and only the tags of the first directory (TIFF 6.0,
 * section 2; DNG 1.4) say which.
 */
final class TiffFlavour {
    private static final int NEW_SUBFILE_TYPE = 0xFE;
    private static final int COMPRESSION = 0x103;
    private static final int MAKE = 0x10F;
    private static final int DNG_VERSION = 0xC612;
    private static final int MOST_ENTRIES = 512;

    /** What the maker's own compression is called in the Compression tag; ordinary TIFF never has it. */
    private static final int PENTAX_COMPRESSION = 65535;

    private final ByteOrder order;
    private final FileChannel channel;
    private final Map<Integer, Long> values = new HashMap<>();
    private String make = "";

    private TiffFlavour(ByteOrder order, FileChannel channel) {
        this.order = order;
        this.channel = channel;
    }

    /** @return empty when the file is not TIFF at all */
    static Optional<String> of(byte[] head, FileChannel channel) throws IOException {
        if (head.length < 8) {
            return Optional.empty();
        }
        ByteOrder order;
        if (head[0] == 'I' && head[1] == 'I' && head[2] == 42 && head[3] == 0) {
            order = ByteOrder.LITTLE_ENDIAN;
        } else if (head[0] == 'M' && head[1] == 'M' && head[2] == 0 && head[3] == 42) {
            order = ByteOrder.BIG_ENDIAN;
        } else {
            return Optional.empty();
        }
        if (head.length > 10 && head[8] == 'C' && head[9] == 'R') {
            return Optional.of("image/x-canon-cr2");
        }
        TiffFlavour tiff = new TiffFlavour(order, channel);
        tiff.readFirstDirectory(ByteBuffer.wrap(head).order(order).getInt(4) & 0xFFFFFFFFL);
        return Optional.of(tiff.name());
    }

    private String name() {
        if (values.containsKey(DNG_VERSION)) {
            return "image/x-adobe-dng";
        }
        boolean firstIsReduced = (values.getOrDefault(NEW_SUBFILE_TYPE, 0L) & 1) == 1;
        if (make.startsWith("NIKON") && firstIsReduced) {
            return "image/x-nikon-nef";
        }
        if (make.startsWith("SONY") && firstIsReduced) {
            return "image/x-sony-arw";
        }
        if (make.startsWith("SAMSUNG") && firstIsReduced) {
            return "image/x-samsung-srw";
        }
        boolean pentax = make.startsWith("PENTAX") || make.startsWith("RICOH");
        return pentax && values.getOrDefault(COMPRESSION, 0L) == PENTAX_COMPRESSION
                ? "image/x-pentax-pef"
                : "image/tiff";
    }

    private void readFirstDirectory(long offset) throws IOException {
        Optional<ByteBuffer> count = bytes(offset, 2);
        if (count.isEmpty()) {
            return;
        }
        int entries = Math.min(count.get().getShort() & 0xFFFF, MOST_ENTRIES);
        for (int i = 0; i < entries; i++) {
            Optional<ByteBuffer> entry = bytes(offset + 2 + 12L * i, 12);
            if (entry.isEmpty()) {
                return;
            }
            ByteBuffer b = entry.get();
            int tag = b.getShort() & 0xFFFF;
            int type = b.getShort() & 0xFFFF;
            long length = b.getInt() & 0xFFFFFFFFL;
            if (tag == MAKE) {
                make = text(b, length);
            } else {
                values.put(tag, type == 3 ? b.getShort() & 0xFFFFL : b.getInt() & 0xFFFFFFFFL);
            }
        }
    }

    private String text(ByteBuffer entry, long length) throws IOException {
        int most = (int) Math.min(length, 32);
        ByteBuffer from =
                length <= 4 ? entry : bytes(entry.getInt() & 0xFFFFFFFFL, most).orElse(ByteBuffer.allocate(0));
        byte[] chars = new byte[Math.min(most, from.remaining())];
        from.get(chars);
        return new String(chars, StandardCharsets.ISO_8859_1).trim().toUpperCase(Locale.ROOT);
    }

    private Optional<ByteBuffer> bytes(long offset, int length) throws IOException {
        ByteBuffer b = ByteBuffer.allocate(length).order(order);
        while (b.hasRemaining()) {
            if (channel.read(b, offset + b.position()) <= 0) {
                return Optional.empty();
            }
        }
        return Optional.of(b.flip());
    }
}
