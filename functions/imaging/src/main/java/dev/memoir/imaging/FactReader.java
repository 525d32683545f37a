package dev.memoir.imaging;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.tiff.TiffMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpReader;
import dev.memoir.media.Facts;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads what a file says of itself. Whatever the bytes are, there is an answer, in bounded time. */
final class FactReader {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long STACK = 4 << 20;

    /** Segments with tags stand before the picture: so much of a JPEG is read at most. */
    private static final long MOST_OF_A_JPEG = 48L << 20;

    /** All that are TIFF inside. Read in place: as a stream the library would keep them whole in memory. */
    private static final Set<String> TIFF = Set.of(
            "image/tiff",
            "image/x-adobe-dng",
            "image/x-canon-cr2",
            "image/x-nikon-nef",
            "image/x-sony-arw",
            "image/x-samsung-srw",
            "image/x-pentax-pef",
            "image/x-olympus-orf",
            "image/x-panasonic-rw2");

    private static final Set<String> HEIF = Set.of("image/heic", "image/heif", "image/avif");

    private final Clock clock;

    FactReader(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param name the file's name or key, for the date that may be in it
     * @param film what ffprobe said, where it was asked
     */
    Facts read(Path file, String mediaType, String name, Optional<Film> film) {
        Metadata metadata = bounded(file, mediaType);
        try {
            return new Findings(metadata, film, new Dates(clock)).facts(mediaType, name);
        } catch (RuntimeException e) {
            // A value that no rule here foresaw costs the tags, never the asset.
            return new Findings(new Metadata(), film, new Dates(clock)).facts(mediaType, name);
        }
    }

    /** In a thread of its own, so that neither depth nor time of a crafted file is ours. */
    private static Metadata bounded(Path file, String mediaType) {
        if (mediaType.startsWith("text/") || mediaType.startsWith("application/")) {
            return new Metadata();
        }
        FutureTask<Metadata> task = new FutureTask<>(() -> extract(file, mediaType));
        Thread thread = new Thread(null, task, "facts", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Metadata();
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return new Metadata();
        }
    }

    private static Metadata extract(Path file, String mediaType) throws IOException {
        try {
            if (TIFF.contains(mediaType)) {
                return TiffMetadataReader.readMetadata(file.toFile());
            }
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
                if (mediaType.equals("image/jpeg")) {
                    return JpegMetadataReader.readMetadata(new BoundedInput(in, MOST_OF_A_JPEG));
                }
                Metadata metadata = ImageMetadataReader.readMetadata(in, Files.size(file));
                if (HEIF.contains(mediaType)) {
                    HeifXmp.packet(file).ifPresent(packet -> new XmpReader().extract(packet, metadata));
                }
                PngTexts.unfold(metadata);
                return metadata;
            }
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            return new Metadata();
        } catch (StackOverflowError | OutOfMemoryError e) {
            // One allocation that a length field asked for, or one recursion: gone with this thread's work.
            return new Metadata();
        }
    }

    /** Ends early. */
    private static final class BoundedInput extends java.io.FilterInputStream {
        private long left;

        BoundedInput(InputStream in, long most) {
            super(in);
            left = most;
        }

        @Override
        public int read() throws IOException {
            return left-- <= 0 ? -1 : super.read();
        }

        @Override
        public int read(byte[] b, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int n = super.read(b, offset, (int) Math.min(length, left));
            left -= Math.max(0, n);
            return n;
        }

        @Override
        public long skip(long n) throws IOException {
            long skipped = super.skip(Math.min(n, Math.max(0, left)));
            left -= skipped;
            return skipped;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
