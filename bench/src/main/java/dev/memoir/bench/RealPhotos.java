package dev.memoir.bench;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** JPEGs of a camera's size, made from a sample photo, with noise as a sensor adds it. */
final class RealPhotos {
    private RealPhotos() {}

    /**
     * Enlarges a sample to the wanted size.
     *
     * @param sample any picture that ImageIO reads
     * @param megapixels of the result, in the form 4:3
     * @param seed of the noise
     */
    static byte[] jpeg(InputStream sample, int megapixels, long seed) throws IOException {
        BufferedImage source = ImageIO.read(sample);
        int height = (int) Math.round(Math.sqrt(megapixels * 1e6 * 3 / 4));
        int width = height * 4 / 3;
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(source, 0, 0, width, height, null);
        graphics.dispose();
        addNoise(image, new Random(seed));
        return encode(image);
    }

    /** Gaussian noise of three levels, the same in all channels: what a phone leaves in daylight. */
    private static void addNoise(BufferedImage image, Random random) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int noise = (int) Math.round(random.nextGaussian() * 3);
                row[x] = clamp(row[x] >> 16 & 255, noise) << 16
                        | clamp(row[x] >> 8 & 255, noise) << 8
                        | clamp(row[x] & 255, noise);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
    }

    private static int clamp(int value, int change) {
        return Math.clamp(value + change, 0, 255);
    }

    private static byte[] encode(BufferedImage image) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.9f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same picture as other content: a JPEG comment segment with a number after the start marker. */
    static byte[] variant(byte[] jpeg, long number) {
        byte[] head = {(byte) 0xff, (byte) 0xd8, (byte) 0xff, (byte) 0xfe, 0, 10};
        return ByteBuffer.allocate(jpeg.length + 12)
                .put(head)
                .putLong(number)
                .put(Arrays.copyOfRange(jpeg, 2, jpeg.length))
                .array();
    }
}
