package dev.memoir.imaging;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A picture in libvips's memory. */
final class VipsBitmap implements Bitmap {
    private final VipsLibrary vips;
    private final MemorySegment image;

    /** Takes over the reference. */
    VipsBitmap(VipsLibrary vips, MemorySegment image) {
        this.vips = vips;
        this.image = image;
    }

    @Override
    public int width() {
        return vips.width(image);
    }

    @Override
    public int height() {
        return vips.height(image);
    }

    @Override
    public Bitmap fit(int longSide) throws UnreadablePicture {
        return evaluated(vips, vips.shrink(image, longSide));
    }

    @Override
    public byte[] encode(Encoding encoding) throws UnreadablePicture {
        if (encoding.format() == Encoding.Format.WEBP || !vips.hasAlpha(image)) {
            return vips.write(image, encoding);
        }
        MemorySegment opaque = vips.onWhite(image);
        try {
            return vips.write(opaque, encoding);
        } finally {
            vips.release(opaque);
        }
    }

    @Override
    public byte[] rgba() throws UnreadablePicture {
        if (vips.hasAlpha(image)) {
            return vips.pixels(image);
        }
        MemorySegment four = vips.withAlpha(image);
        try {
            return vips.pixels(four);
        } finally {
            vips.release(four);
        }
    }

    @Override
    public void close() {
        vips.release(image);
    }

    /**
     * Runs what is lazy, so that the picture is computed once; gives up the reference to {@code lazy} in any case. Colours
     * are converted last, when the picture is small: converting them first would cost more than all the rest.
     *
     * @param profile a file with the profile of the colours, when the picture does not carry its own
     * @param ownProfile whether the file's own profile is still to be applied. The picture in memory can't tell: libvips
     *     makes CMYK to RGB while loading, and leaves with the picture a pointer to its own profile for that, whose memory it
     *     has given back; reading it kills the process
     */
    static VipsBitmap inMemory(VipsLibrary vips, MemorySegment lazy, Optional<String> profile, boolean ownProfile)
            throws UnreadablePicture {
        MemorySegment pixels;
        try {
            pixels = vips.toMemory(lazy);
        } finally {
            vips.release(lazy);
        }
        try {
            return profile.isPresent() || ownProfile
                    ? converted(vips, pixels, profile)
                    : evaluated(vips, vips.toSrgb(pixels));
        } finally {
            vips.release(pixels);
        }
    }

    private static VipsBitmap converted(VipsLibrary vips, MemorySegment pixels, Optional<String> profile)
            throws UnreadablePicture {
        try {
            return evaluated(
                    vips, profile.isPresent() ? vips.fromProfile(pixels, profile.get()) : vips.fromOwnProfile(pixels));
        } catch (UnreadablePicture e) {
            // The profile is broken: then its numbers are taken for sRGB's, as browsers do.
            return evaluated(vips, vips.toSrgb(pixels));
        }
    }

    private static VipsBitmap evaluated(VipsLibrary vips, MemorySegment lazy) throws UnreadablePicture {
        try {
            MemorySegment srgb = vips.toSrgb(lazy);
            try {
                return new VipsBitmap(vips, vips.toMemory(srgb));
            } finally {
                vips.release(srgb);
            }
        } finally {
            vips.release(lazy);
        }
    }
}
