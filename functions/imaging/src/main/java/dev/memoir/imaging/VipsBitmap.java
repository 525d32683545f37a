package dev.memoir.imaging;

import java.lang.foreign.MemorySegment;

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
        return inMemory(vips, vips.shrink(image, longSide));
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

    /** Runs what is lazy, so that the picture is computed once; gives up the reference to {@code lazy} in any case. */
    static VipsBitmap inMemory(VipsLibrary vips, MemorySegment lazy) throws UnreadablePicture {
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
