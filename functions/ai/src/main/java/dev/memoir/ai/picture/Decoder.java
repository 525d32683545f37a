package dev.memoir.ai.picture;

import dev.memoir.models.Preparation.Channels;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** From a file's bytes to pixels, by ImageIO: every pixel is decoded, none is skipped. */
public final class Decoder {
    /** More than twice what an analysis rendition can have; stops a small file that claims to be huge. */
    private static final long MOST_PIXELS = 60_000_000;

    static {
        // Pictures are in memory: a cache file for each would only cost time.
        ImageIO.setUseCache(false);
    }

    private Decoder() {}

    /** @throws UnreadablePicture when the bytes are no whole picture of a kind that ImageIO knows */
    public static Pixels decode(byte[] file) {
        try (var stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
            var readers = ImageIO.getImageReaders(stream);
            if (!readers.hasNext()) {
                throw new UnreadablePicture(
                        "not a picture of a kind that Java's ImageIO reads (JPEG, PNG, GIF, BMP, TIFF)");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(stream, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MOST_PIXELS) {
                    throw new UnreadablePicture("the picture has " + pixels + " pixels, more than " + MOST_PIXELS);
                }
                return pixels(reader.read(0));
            } finally {
                reader.dispose();
            }
        } catch (UnreadablePicture e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // On damaged files its readers throw whatever they stumble over.
            throw new UnreadablePicture("the picture is damaged: " + e.getMessage(), e);
        }
    }

    static Pixels pixels(BufferedImage image) {
        return switch (image.getType()) {
            case BufferedImage.TYPE_3BYTE_BGR ->
                new Pixels(bytes(image), Channels.BGR, image.getWidth(), image.getHeight());
            case BufferedImage.TYPE_BYTE_GRAY -> fromGray(image);
            default -> redrawn(image);
        };
    }

    /** ImageIO's new images have no gaps and start at the first byte. */
    static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }

    /** By hand, since Java would take gray for linear light and make it brighter. */
    private static Pixels fromGray(BufferedImage image) {
        byte[] gray = bytes(image);
        byte[] bgr = new byte[3 * gray.length];
        for (int i = 0; i < gray.length; i++) {
            bgr[3 * i] = gray[i];
            bgr[3 * i + 1] = gray[i];
            bgr[3 * i + 2] = gray[i];
        }
        return new Pixels(bgr, Channels.BGR, image.getWidth(), image.getHeight());
    }

    private static Pixels redrawn(BufferedImage image) {
        var redrawn = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = redrawn.createGraphics();
        graphics.drawImage(image, 0, 0, null);
        graphics.dispose();
        return new Pixels(bytes(redrawn), Channels.BGR, image.getWidth(), image.getHeight());
    }
}
