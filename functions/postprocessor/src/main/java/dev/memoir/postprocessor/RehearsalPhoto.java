package dev.memoir.postprocessor;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Makes a small JPEG photo with EXIF, each time another one. */
final class RehearsalPhoto {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;

    private RehearsalPhoto() {}

    static byte[] jpeg() {
        SplittableRandom random = new SplittableRandom();
        int tint = random.nextInt(0x1000000);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int shade = (x * 255 / WIDTH << 16) | (y * 255 / HEIGHT << 8) | random.nextInt(64);
                image.setRGB(x, y, shade ^ tint & 0x3F3F3F);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.setUseCache(false);
            if (!ImageIO.write(image, "jpeg", bytes)) {
                throw new IllegalStateException("this Java has no JPEG writer");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withExif(bytes.toByteArray(), "2025:01:02 03:04:05");
    }

    /** Puts an APP1 segment behind the start marker: one big-endian directory with Make, Orientation and DateTime. */
    static byte[] withExif(byte[] jpeg, String taken) {
        byte[] make = "Memoir\0".getBytes(StandardCharsets.US_ASCII);
        byte[] time = (taken + "\0").getBytes(StandardCharsets.US_ASCII);
        int directory = 8;
        int values = directory + 2 + 3 * 12 + 4;
        ByteBuffer tiff = ByteBuffer.allocate(values + make.length + time.length);
        tiff.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(directory);
        tiff.putShort((short) 3);
        tiff.putShort((short) 0x10F).putShort((short) 2).putInt(make.length).putInt(values);
        tiff.putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) 1)
                .putShort((short) 0);
        tiff.putShort((short) 0x132).putShort((short) 2).putInt(time.length).putInt(values + make.length);
        tiff.putInt(0).put(make).put(time);
        byte[] header = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer out = ByteBuffer.allocate(jpeg.length + 4 + header.length + tiff.capacity());
        out.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (2 + header.length + tiff.capacity()));
        out.put(header).put(tiff.array()).put(jpeg, 2, jpeg.length - 2);
        return out.array();
    }
}
