package dev.memoir.vectors;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Where things are in a file of vectors. All numbers are little-endian. */
final class Layout {
    static final long MAGIC = 0x31564D45_4D4F4952L;

    static final int HEADER = 256;
    static final int MAGIC_AT = 0;
    static final int DIMENSION_AT = 8;
    static final int ROWS_AT = 16;
    static final int MODEL_AT = 32;
    static final int MODEL_MOST = HEADER - MODEL_AT - Integer.BYTES;

    /** Of a row, before its components. */
    static final int ROW_HEADER = 64;

    static final int ID = 32;
    static final int SCALE_AT = ID;
    static final int FRAME_AT = SCALE_AT + Float.BYTES;
    static final int WRITTEN_AT = FRAME_AT + Integer.BYTES;

    /** Rows are as long as a multiple of this, so that no scan needs an end of its own. */
    private static final int BLOCK = 64;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Layout() {}

    /** Components with the zeros after them. */
    static int padded(int dimension) {
        return (dimension + BLOCK - 1) / BLOCK * BLOCK;
    }

    /** Bytes from one row to the next. */
    static int stride(int dimension) {
        return ROW_HEADER + padded(dimension);
    }

    static long rows(MemorySegment file) {
        return file.get(LONG, ROWS_AT);
    }

    static int dimension(MemorySegment file) {
        return file.get(INT, DIMENSION_AT);
    }
}
