package dev.memoir.ai.picture;

import dev.memoir.models.Preparation.Channels;

/**
 * A picture, or a part of one: 8 bits per channel, interleaved. The array is shared and not copied: nobody writes to it.
 *
 * @param order of the three channels, as the decoder gave them
 * @param offset index of the first byte
 * @param stride bytes from one row to the next
 */
public record Pixels(byte[] values, Channels order, int offset, int stride, int width, int height) {
    public Pixels {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " has no pixels");
        }
    }

    /** A whole picture without gaps. */
    public Pixels(byte[] values, Channels order, int width, int height) {
        this(values, order, 0, 3 * width, width, height);
    }

    /** A part of this picture, on the same array. */
    public Pixels part(int left, int top, int width, int height) {
        if (left < 0 || top < 0 || left + width > this.width || top + height > this.height) {
            throw new IllegalArgumentException(
                    width + "x" + height + "+" + left + "+" + top + " is not within " + this.width + "x" + this.height);
        }
        return new Pixels(values, order, offset + top * stride + 3 * left, stride, width, height);
    }

    /** The middle of this picture. Where an odd pixel is left over, it is left out on the right and at the bottom. */
    public Pixels middle(int width, int height) {
        return part((this.width - width + 1) / 2, (this.height - height + 1) / 2, width, height);
    }

    /**
     * Turned and mirrored so that it stands upright.
     *
     * @param orientation EXIF's value, 1 to 8: where the picture's first row and column are seen; others change nothing
     */
    public Pixels upright(int orientation) {
        if (orientation < 2 || orientation > 8) {
            return this;
        }
        boolean turned = orientation > 4;
        int wide = turned ? height : width;
        int high = turned ? width : height;
        // Which ends of the stored rows and columns come first.
        boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
        boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
        byte[] target = new byte[3 * width * height];
        for (int y = 0; y < high; y++) {
            for (int x = 0; x < wide; x++) {
                int column = turned ? y : x;
                int row = turned ? x : y;
                int source = offset
                        + (fromBottom ? height - 1 - row : row) * stride
                        + 3 * (fromRight ? width - 1 - column : column);
                System.arraycopy(values, source, target, 3 * (y * wide + x), 3);
            }
        }
        return new Pixels(target, order, wide, high);
    }
}
