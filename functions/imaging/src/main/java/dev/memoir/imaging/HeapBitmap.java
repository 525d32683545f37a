package dev.memoir.imaging;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A picture on the Java heap: for formats that libvips lacks, and for machines that lack libvips. */
final class HeapBitmap implements Bitmap {
    private final BufferedImage image;

    private HeapBitmap(BufferedImage image) {
        this.image = image;
    }

    /** @param orientation EXIF orientation, 1 to 8: the picture is turned upright */
    static HeapBitmap upright(BufferedImage stored, int orientation) {
        int w = stored.getWidth();
        int h = stored.getHeight();
        BufferedImage upright = orientation >= 5 ? blank(h, w) : blank(w, h);
        Graphics2D g = upright.createGraphics();
        g.transform(turn(orientation, w, h));
        g.drawImage(stored, 0, 0, null);
        g.dispose();
        return new HeapBitmap(upright);
    }

    /** EXIF 2.32, tag Orientation: where row 0 and column 0 of the stored picture are seen. */
    private static AffineTransform turn(int orientation, int w, int h) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
            default -> new AffineTransform();
        };
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    /** Halves until the rest is less than a half: one big step would skip pixels and look jagged. */
    @Override
    public Bitmap fit(int longSide) {
        BufferedImage now = image;
        while (true) {
            int longer = Math.max(now.getWidth(), now.getHeight());
            if (longer <= longSide && now != image) {
                return new HeapBitmap(now);
            }
            double factor = Math.min(1, Math.max(0.5, (double) longSide / longer));
            BufferedImage smaller = blank((int) Math.max(1, Math.round(now.getWidth() * factor)), (int)
                    Math.max(1, Math.round(now.getHeight() * factor)));
            Graphics2D g = smaller.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(now, 0, 0, smaller.getWidth(), smaller.getHeight(), null);
            g.dispose();
            now = smaller;
        }
    }

    @Override
    public byte[] encode(Encoding encoding) throws UnreadablePicture {
        if (encoding.format() != Encoding.Format.JPEG) {
            throw new UnreadablePicture("without libvips only JPEG can be written");
        }
        BufferedImage opaque = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = opaque.createGraphics();
        g.drawImage(image, 0, 0, Color.WHITE, null);
        g.dispose();
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        ImageWriter writer = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(encoding.quality() / 100f);
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), how);
        } catch (IOException e) {
            throw new UnreadablePicture("writing a JPEG failed: " + e.getMessage());
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] rgba() {
        int[] argb = image.getRGB(0, 0, width(), height(), null, 0, width());
        byte[] rgba = new byte[argb.length * 4];
        for (int i = 0; i < argb.length; i++) {
            rgba[4 * i] = (byte) (argb[i] >> 16);
            rgba[4 * i + 1] = (byte) (argb[i] >> 8);
            rgba[4 * i + 2] = (byte) argb[i];
            rgba[4 * i + 3] = (byte) (argb[i] >>> 24);
        }
        return rgba;
    }

    @Override
    public void close() {}

    private static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }
}
