package dev.memoir.imaging;

import com.drew.metadata.Directory;
import com.drew.metadata.Metadata;
import com.drew.metadata.bmp.BmpHeaderDirectory;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import com.drew.metadata.gif.GifHeaderDirectory;
import com.drew.metadata.jpeg.JpegDirectory;
import com.drew.metadata.photoshop.PsdHeaderDirectory;
import com.drew.metadata.png.PngDirectory;
import com.drew.metadata.webp.WebpDirectory;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Upright pixels, from the headers; a decoder, where one runs, knows better. */
record Size(int width, int height) {

    private record Where(Class<? extends Directory> directory, int width, int height) {}

    /** The surest first. EXIF is last: editors crop pictures and leave its numbers as they were. */
    private static final List<Where> HEADERS = List.of(
            new Where(JpegDirectory.class, JpegDirectory.TAG_IMAGE_WIDTH, JpegDirectory.TAG_IMAGE_HEIGHT),
            new Where(PngDirectory.class, PngDirectory.TAG_IMAGE_WIDTH, PngDirectory.TAG_IMAGE_HEIGHT),
            new Where(WebpDirectory.class, WebpDirectory.TAG_IMAGE_WIDTH, WebpDirectory.TAG_IMAGE_HEIGHT),
            new Where(
                    GifHeaderDirectory.class, GifHeaderDirectory.TAG_IMAGE_WIDTH, GifHeaderDirectory.TAG_IMAGE_HEIGHT),
            new Where(
                    BmpHeaderDirectory.class, BmpHeaderDirectory.TAG_IMAGE_WIDTH, BmpHeaderDirectory.TAG_IMAGE_HEIGHT),
            new Where(
                    PsdHeaderDirectory.class, PsdHeaderDirectory.TAG_IMAGE_WIDTH, PsdHeaderDirectory.TAG_IMAGE_HEIGHT));

    private static final List<Where> EXIF = List.of(
            new Where(ExifSubIFDDirectory.class, ExifDirectoryBase.TAG_IMAGE_WIDTH, ExifDirectoryBase.TAG_IMAGE_HEIGHT),
            new Where(ExifIFD0Directory.class, ExifDirectoryBase.TAG_IMAGE_WIDTH, ExifDirectoryBase.TAG_IMAGE_HEIGHT),
            new Where(
                    ExifSubIFDDirectory.class,
                    ExifDirectoryBase.TAG_EXIF_IMAGE_WIDTH,
                    ExifDirectoryBase.TAG_EXIF_IMAGE_HEIGHT));

    /** @param turned whether the orientation lays the stored picture on its side */
    static Optional<Size> of(Metadata metadata, Optional<Film> film, boolean turned) {
        Optional<Size> filmed = film.flatMap(Film::picture)
                .map(picture -> new Size(picture.width(), picture.height()))
                .or(() -> ContainerTags.size(metadata));
        if (filmed.isPresent()) {
            return filmed;
        }
        Optional<Size> stored = sizes(metadata, HEADERS)
                .findFirst()
                // A raw file holds several pictures; the largest is the one.
                .or(() -> sizes(metadata, EXIF).max(Comparator.comparingLong(s -> (long) s.width * s.height)));
        return stored.map(s -> turned ? new Size(s.height, s.width) : s);
    }

    private static Stream<Size> sizes(Metadata metadata, List<Where> places) {
        return places.stream()
                .flatMap(where -> metadata.getDirectoriesOfType(where.directory).stream()
                        .flatMap(d -> of(d.getInteger(where.width), d.getInteger(where.height)).stream()));
    }

    static Optional<Size> of(Integer width, Integer height) {
        boolean sensible = width != null && height != null && width > 0 && height > 0 && height != Integer.MIN_VALUE;
        return sensible ? Optional.of(new Size(width, height)) : Optional.empty();
    }
}
