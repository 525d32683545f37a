package dev.memoir.e2e;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Photos to put: real ones, and ones that somebody should not have sent. */
final class Photos {
    private Photos() {}

    /** @param path in the samples part, such as {@code photos/rocket.jpg} */
    static Path sample(String path) {
        return Parts.open().file(Part.SAMPLES, path);
    }

    /** A real photo, scaled and marked with a number, so that each number has bytes of its own. */
    static byte[] numbered(int number) throws IOException {
        BufferedImage photo = ImageIO.read(sample("photos/rocket.jpg").toFile());
        BufferedImage marked = new BufferedImage(800, 600, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = marked.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(photo, 0, 0, 800, 600, null);
        graphics.setColor(new Color(number * 7919 & 0xffffff));
        graphics.fillRect(10, 10, 60, 60);
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(marked, "jpg", jpeg);
        // ImageIO writes no number anywhere; a comment at the end of the file is read by nobody.
        jpeg.write(("photo " + number).getBytes(StandardCharsets.US_ASCII));
        return jpeg.toByteArray();
    }

    /**
     * A progressive JPEG of 100 grey megapixels: a decoder must hold all of its coefficients, some 200 MB, before it has the
     * first row. Each number has bytes of its own.
     */
    static byte[] progressive(int number) throws IOException {
        BufferedImage photo = new BufferedImage(10_000, 10_000, BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = ((DataBufferByte) photo.getRaster().getDataBuffer()).getData();
        byte[] noise = new byte[1 << 16];
        new Random(1).nextBytes(noise);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (128 + (noise[(i * 31 + i / 10_000 * 7) & 0xffff] >> 3));
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam how = writer.getDefaultWriteParam();
        how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(jpeg)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(photo, null, null), how);
        } finally {
            writer.dispose();
        }
        jpeg.write(("photo " + number).getBytes(StandardCharsets.US_ASCII));
        return jpeg.toByteArray();
    }

    static byte[] truncated() throws IOException {
        byte[] whole = Files.readAllBytes(sample("photos/rocket.jpg"));
        return java.util.Arrays.copyOf(whole, whole.length / 3);
    }

    /** A JPEG of which some bytes after its start were changed. */
    static byte[] fuzzed(long seed) throws IOException {
        byte[] photo = Files.readAllBytes(sample("photos/rocket.jpg"));
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            photo[20 + random.nextInt(photo.length - 20)] = (byte) random.nextInt();
        }
        return photo;
    }

    /** A valid PNG, a few hundred kilobytes small, of one bit a pixel and all black: a bomb when it is large enough. */
    static byte[] png(int width, int height) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {1, 0, 0, 0, 0});
        chunk(file, "IHDR", header.toByteArray());
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (OutputStream packed = new DeflaterOutputStream(pixels, new Deflater(Deflater.BEST_COMPRESSION))) {
            byte[] row = new byte[1 + (width + 7) / 8];
            for (int y = 0; y < height; y++) {
                packed.write(row);
            }
        }
        chunk(file, "IDAT", pixels.toByteArray());
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(OutputStream file, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) crc.getValue());
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
