package dev.memoir.imaging;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pixels in a file, as they are: a portable pixmap (PPM, "P6"), with which one program of ours hands them to another. */
public final class Pixmap {
    private static final Pattern HEADER = Pattern.compile("P6\n(\\d{1,5}) (\\d{1,5})\n255\n");
    private static final int LONGEST_HEADER = 19;

    private Pixmap() {}

    public static void write(Path file, PixelReader.Picture picture) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("P6\n%d %d\n255\n"
                    .formatted(picture.width(), picture.height())
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(picture.rgb());
        }
    }

    /** @throws IOException also when it is none that {@link #write} wrote */
    public static PixelReader.Picture read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(LONGEST_HEADER), StandardCharsets.ISO_8859_1);
            Matcher header = HEADER.matcher(start);
            if (!header.lookingAt()) {
                throw new IOException("no pixmap of 8 bits per colour");
            }
            int width = Integer.parseInt(header.group(1));
            int height = Integer.parseInt(header.group(2));
            byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
            byte[] begun = start.substring(header.end()).getBytes(StandardCharsets.ISO_8859_1);
            int have = Math.min(begun.length, rgb.length);
            System.arraycopy(begun, 0, rgb, 0, have);
            if (in.readNBytes(rgb, have, rgb.length - have) < rgb.length - have) {
                throw new EOFException("the pixmap ends too early");
            }
            return new PixelReader.Picture(width, height, rgb);
        }
    }
}
