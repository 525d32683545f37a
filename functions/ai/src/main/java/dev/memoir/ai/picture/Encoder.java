package dev.memoir.ai.picture;

import dev.memoir.models.Preparation.Channels;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes JPEG: baseline, chroma at half resolution, the tables of libjpeg. */
public final class Encoder {
    private static final int[] RED_FIRST = {0, 1, 2};
    private static final int[] BLUE_FIRST = {2, 1, 0};

    private Encoder() {}

    /** @param quality 1 to 100, as libjpeg counts */
    public static byte[] jpeg(Pixels pixels, int quality) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / 100f);
            writer.write(null, new IIOImage(image(pixels), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture in memory could not be compressed", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same bytes as an image, not copied. */
    private static BufferedImage image(Pixels pixels) {
        var raster = Raster.createInterleavedRaster(
                new DataBufferByte(pixels.values(), pixels.values().length - pixels.offset(), pixels.offset()),
                pixels.width(),
                pixels.height(),
                pixels.stride(),
                3,
                pixels.order() == Channels.RGB ? RED_FIRST : BLUE_FIRST,
                null);
        var colours = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                ComponentColorModel.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, raster, false, null);
    }
}
