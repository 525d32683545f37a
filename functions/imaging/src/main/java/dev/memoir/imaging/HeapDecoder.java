package dev.memoir.imaging;

import com.drew.imaging.ImageMetadataReader;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Decodes with what the JDK brings: the last resort. Colour profiles are honoured as far as the JDK does. */
final class HeapDecoder implements Decoder {
    /** So much of the heap as a function has at the least. */
    private static final long MOST_PIXELS_KEPT = 24_000_000;

    private final DecodeLimits limits;

    HeapDecoder(DecodeLimits limits) {
        this.limits = limits;
    }

    static {
        ImageIO.setUseCache(false);
    }

    @Override
    public Decoded decode(Path file, String mediaType, int longSide, boolean tolerant) throws UnreadablePicture {
        int orientation = mediaType.equals("image/jpeg") ? orientation(file) : 1;
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new UnreadablePicture("the JDK has no reader for " + mediaType);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                return decode(reader, longSide, orientation);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            String why = Optional.ofNullable(e.getMessage()).orElse("it ends too early");
            throw new UnreadablePicture("the JDK can't read it: " + why);
        }
    }

    private Decoded decode(ImageReader reader, int longSide, int orientation) throws IOException, UnreadablePicture {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        limits.check(width, height, 0);
        int step = Math.max(1, Math.max(width, height) / (2 * longSide));
        if ((long) width / step * (height / step) > MOST_PIXELS_KEPT) {
            throw new UnreadablePicture(width + " x " + height + " pixels are too many without libvips");
        }
        ImageReadParam some = reader.getDefaultReadParam();
        some.setSourceSubsampling(step, step, 0, 0);
        BufferedImage stored = reader.read(0, some);
        boolean turned = orientation >= 5;
        try (Bitmap upright = HeapBitmap.upright(stored, orientation)) {
            return new Decoded(upright.fit(longSide), turned ? height : width, turned ? width : height);
        }
    }

    private static int orientation(Path file) {
        try {
            ExifIFD0Directory exif =
                    ImageMetadataReader.readMetadata(file.toFile()).getFirstDirectoryOfType(ExifIFD0Directory.class);
            Integer value = exif == null ? null : exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            return value == null || value < 1 || value > 8 ? 1 : value;
        } catch (Exception e) {
            return 1; // then it is shown as it lies
        }
    }
}
