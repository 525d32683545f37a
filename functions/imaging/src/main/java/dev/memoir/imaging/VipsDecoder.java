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
        boolean ownProfile;
        int width;
        int height;
        MemorySegment header = vips.open(name);
        try {
            turned = vips.orientation(header) >= 5;
            ownProfile = vips.hasField(header, "icc-profile-data") && !vips.isCmyk(header);
            width = vips.width(header);
            height = vips.height(header);
            limits.check(width, height, bytesPerPixel(header, mediaType));
        } finally {
            vips.release(header);
        }
        MemorySegment small = mediaType.equals("image/jpeg")
                ? shrunkWhileLoading(file, Math.max(width, height) / longSide, longSide, tolerant)
                : vips.thumbnail(name, longSide, tolerant ? VipsLibrary.FAIL_NEVER : VipsLibrary.FAIL_ON_ERROR);
        Bitmap bitmap = VipsBitmap.inMemory(vips, small, profile.map(Path::toString), ownProfile);
        return turned ? new Decoded(bitmap, height, width) : new Decoded(bitmap, width, height);
    }

    /**
     * A JPEG decoder halves, quarters or eighths a picture at no cost. vips_thumbnail uses that only where it can leave a
     * factor of two for its own filter; here the decoder goes as near to the wanted size as it can, in half the time.
     */
    private MemorySegment shrunkWhileLoading(Path file, int factor, int longSide, boolean tolerant)
            throws UnreadablePicture {
        MemorySegment loaded = vips.open("%s[shrink=%d,fail-on=%s]"
                .formatted(
                        file.toAbsolutePath(),
                        Math.clamp(Integer.highestOneBit(factor), 1, 8),
                        tolerant ? "none" : "error"));
        try {
            return vips.shrink(loaded, longSide);
        } finally {
            vips.release(loaded);
        }
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
