package dev.memoir.imaging;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Decodes with libvips: fast, shrinking while it loads, never holding more than it must. */
final class VipsDecoder implements Decoder {
    /** Loaders that hand over row by row, unless the file is interlaced. */
    private static final Set<String> BY_ROWS = Set.of("image/jpeg", "image/png");

    private final VipsLibrary vips;
    private final DecodeLimits limits;

    VipsDecoder(VipsLibrary vips, DecodeLimits limits) {
        this.vips = vips;
        this.limits = limits;
    }

    @Override
    public Decoded decode(Path file, String mediaType, int longSide, boolean tolerant) throws UnreadablePicture {
        return decode(file, Optional.empty(), mediaType, longSide, tolerant);
    }

    /** @param profile of the colours, for a file that does not carry its own */
    Decoded decode(Path file, Optional<Path> profile, String mediaType, int longSide, boolean tolerant)
            throws UnreadablePicture {
        // The options in brackets keep libvips from reading brackets of the file's own name as options.
        String name = file.toAbsolutePath() + "[fail-on=none]";
        boolean turned;
        int width;
        int height;
        MemorySegment header = vips.open(name);
        try {
            turned = vips.orientation(header) >= 5;
            width = vips.width(header);
            height = vips.height(header);
            limits.check(width, height, bytesPerPixel(header, mediaType));
        } finally {
            vips.release(header);
        }
        int failOn = tolerant ? VipsLibrary.FAIL_NEVER : VipsLibrary.FAIL_ON_ERROR;
        MemorySegment small = vips.thumbnail(name, longSide, failOn);
        Bitmap bitmap = VipsBitmap.inMemory(vips, small, profile.map(Path::toString));
        return turned ? new Decoded(bitmap, height, width) : new Decoded(bitmap, width, height);
    }

    private long bytesPerPixel(MemorySegment header, String mediaType) {
        long pixel = vips.bytesPerPixel(header);
        boolean interlaced = vips.hasField(header, "interlaced");
        if (BY_ROWS.contains(mediaType)) {
            // A progressive JPEG keeps its coefficients, two bytes each, until the last scan.
            return !interlaced ? 0 : mediaType.equals("image/jpeg") ? 2 * pixel : pixel;
        }
        return pixel;
    }
}
