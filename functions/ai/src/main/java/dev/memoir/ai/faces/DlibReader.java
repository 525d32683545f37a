package dev.memoir.ai.faces;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads what dlib's {@code serialize} wrote. An integer is a byte with its sign (0x80) and length (0x0F), then so many bytes,
 * the lowest first; a float is its mantissa and its power of two, two integers.
 */
final class DlibReader {
    private final ByteBuffer bytes;

    DlibReader(Path file) throws IOException {
        this(ByteBuffer.wrap(Files.readAllBytes(file)));
    }

    DlibReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    long integer() {
        int control = bytes.get();
        int length = control & 0x0F;
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (bytes.get() & 0xFFL) << (8 * i);
        }
        return (control & 0x80) == 0 ? value : -value;
    }

    /** An integer that counts something. */
    int count() {
        return Math.toIntExact(integer());
    }

    float number() {
        long mantissa = integer();
        return Math.scalb((float) mantissa, count());
    }

    /** A matrix's values, row by row; its two sizes stand before them, negated. */
    float[] matrix() {
        int size = Math.multiplyExact(-count(), -count());
        return numbers(size);
    }

    float[] numbers(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = number();
        }
        return values;
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }
}
