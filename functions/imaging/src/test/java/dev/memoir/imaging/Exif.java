package dev.memoir.imaging;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Writes EXIF as cameras do: big-endian TIFF with three directories, in an APP1 segment of a JPEG. */
final class Exif {
    private static final int EXIF_POINTER = 0x8769;
    private static final int GPS_POINTER = 0x8825;

    private final TreeMap<Integer, Entry> main = new TreeMap<>();
    private final TreeMap<Integer, Entry> exif = new TreeMap<>();
    private final TreeMap<Integer, Entry> gps = new TreeMap<>();
    private final List<byte[]> more = new ArrayList<>();

    private record Entry(int type, int count, byte[] value) {}

    static Exif with() {
        return new Exif();
    }

    Exif orientation(int value) {
        main.put(0x112, shorts(value));
        return this;
    }

    Exif camera(String make, String model) {
        main.put(0x10F, ascii(make));
        main.put(0x110, ascii(model));
        return this;
    }

    Exif main(int tag, String value) {
        main.put(tag, ascii(value));
        return this;
    }

    Exif main(int tag, byte[] value) {
        main.put(tag, new Entry(1, value.length, value));
        return this;
    }

    Exif rating(int stars) {
        main.put(0x4746, shorts(stars));
        return this;
    }

    /** {@code 2019:12:20 17:08:32} */
    Exif taken(String time) {
        exif.put(0x9003, ascii(time));
        return this;
    }

    Exif exif(int tag, String value) {
        exif.put(tag, ascii(value));
        return this;
    }

    Exif offset(String offset) {
        exif.put(0x9011, ascii(offset));
        return this;
    }

    Exif exposure(int numerator, int denominator, int iso) {
        exif.put(0x829A, rationals(numerator, denominator));
        exif.put(0x8827, shorts(iso));
        return this;
    }

    /** Degrees in ten-thousandths. */
    Exif place(int latitude, String ns, int longitude, String ew) {
        gps.put(1, ascii(ns));
        gps.put(2, rationals(latitude, 10_000, 0, 1, 0, 1));
        gps.put(3, ascii(ew));
        gps.put(4, rationals(longitude, 10_000, 0, 1, 0, 1));
        return this;
    }

    Exif altitude(int reference, int metres) {
        gps.put(5, new Entry(1, 1, new byte[] {(byte) reference}));
        gps.put(6, rationals(metres, 1));
        return this;
    }

    /** UTC by the satellites. */
    Exif satellites(String date, int hour, int minute, int second) {
        gps.put(7, rationals(hour, 1, minute, 1, second, 1));
        gps.put(0x1D, ascii(date));
        return this;
    }

    Exif xmp(String packet) {
        byte[] name = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.US_ASCII);
        byte[] xml = packet.getBytes(StandardCharsets.UTF_8);
        more.add(
                ByteBuffer.allocate(name.length + xml.length).put(name).put(xml).array());
        return this;
    }

    /** A picture of one colour that carries these tags. */
    byte[] jpeg(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, 0x3366CC);
        }
        return into(encoded(image, "jpeg"));
    }

    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] into(byte[] jpeg) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        byte[] tiff = tiff();
        segment(
                out,
                ByteBuffer.allocate(name.length + tiff.length)
                        .put(name)
                        .put(tiff)
                        .array());
        more.forEach(m -> segment(out, m));
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    private static void segment(ByteArrayOutputStream out, byte[] content) {
        out.writeBytes(ByteBuffer.allocate(4)
                .putShort((short) 0xFFE1)
                .putShort((short) (content.length + 2))
                .array());
        out.writeBytes(content);
    }

    byte[] tiff() {
        // Sizes come first: where a directory lies depends on those before it.
        main.put(EXIF_POINTER, new Entry(4, 1, new byte[4]));
        main.put(GPS_POINTER, new Entry(4, 1, new byte[4]));
        int exifAt = 8 + size(main);
        int gpsAt = exifAt + size(exif);
        main.put(
                EXIF_POINTER,
                new Entry(4, 1, ByteBuffer.allocate(4).putInt(exifAt).array()));
        main.put(
                GPS_POINTER,
                new Entry(4, 1, ByteBuffer.allocate(4).putInt(gpsAt).array()));
        ByteBuffer b = ByteBuffer.allocate(gpsAt + size(gps));
        b.put((byte) 'M').put((byte) 'M').putShort((short) 42).putInt(8);
        write(b, main);
        write(b, exif);
        write(b, gps);
        return b.array();
    }

    private static int size(TreeMap<Integer, Entry> directory) {
        int values = directory.values().stream()
                .mapToInt(e -> e.value.length > 4 ? e.value.length : 0)
                .sum();
        return 2 + 12 * directory.size() + 4 + values;
    }

    private static void write(ByteBuffer b, TreeMap<Integer, Entry> directory) {
        int values = b.position() + 2 + 12 * directory.size() + 4;
        b.putShort((short) directory.size());
        List<byte[]> behind = new ArrayList<>();
        for (var tagged : directory.entrySet()) {
            Entry e = tagged.getValue();
            b.putShort(tagged.getKey().shortValue()).putShort((short) e.type).putInt(e.count);
            if (e.value.length > 4) {
                b.putInt(values);
                values += e.value.length;
                behind.add(e.value);
            } else {
                b.put(e.value).put(new byte[4 - e.value.length]);
            }
        }
        b.putInt(0);
        behind.forEach(b::put);
    }

    private static Entry ascii(String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        return new Entry(2, bytes.length, bytes);
    }

    private static Entry shorts(int value) {
        return new Entry(3, 1, ByteBuffer.allocate(2).putShort((short) value).array());
    }

    private static Entry rationals(int... parts) {
        ByteBuffer b = ByteBuffer.allocate(parts.length * 4);
        for (int part : parts) {
            b.putInt(part);
        }
        return new Entry(5, parts.length / 2, b.array());
    }
}
