package dev.memoir.custodian;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;

/**
 * Compares two sequences of keys that are both in the order of their UTF-8 bytes, holding one element of each: a merge
 * join, so a million keys take no more memory than ten.
 */
final class SideBySide {
    private SideBySide() {}

    /** What to do with a key that is on the left only, on the right only, or on both sides. */
    interface Visitor<L, R> {
        void left(L left) throws IOException, InterruptedException;

        void right(R right) throws IOException, InterruptedException;

        void both(L left, R right) throws IOException, InterruptedException;
    }

    /** @throws IllegalStateException when a sequence is not in order: comparing it would call things gone that aren't */
    static <L, R> void walk(
            Iterator<L> lefts,
            Function<L, String> leftKey,
            Iterator<R> rights,
            Function<R, String> rightKey,
            Visitor<L, R> visitor)
            throws IOException, InterruptedException {
        Side<L> left = new Side<>(lefts, leftKey);
        Side<R> right = new Side<>(rights, rightKey);
        while (left.present() || right.present()) {
            int order = !left.present() ? 1 : !right.present() ? -1 : Arrays.compareUnsigned(left.bytes, right.bytes);
            if (order < 0) {
                visitor.left(left.take());
            } else if (order > 0) {
                visitor.right(right.take());
            } else {
                visitor.both(left.take(), right.take());
            }
        }
    }

    private static final class Side<T> {
        private final Iterator<T> elements;
        private final Function<T, String> key;
        private T element;
        private byte[] bytes;

        Side(Iterator<T> elements, Function<T, String> key) {
            this.elements = elements;
            this.key = key;
            next();
        }

        boolean present() {
            return element != null;
        }

        T take() {
            T taken = element;
            next();
            return taken;
        }

        private void next() {
            byte[] before = bytes;
            element = elements.hasNext() ? elements.next() : null;
            bytes = element == null ? null : key.apply(element).getBytes(StandardCharsets.UTF_8);
            if (before != null && bytes != null && Arrays.compareUnsigned(before, bytes) >= 0) {
                throw new IllegalStateException(
                        "the sweep stopped: what it compares is not listed in the order of bytes" + " ("
                                + element.getClass().getSimpleName()
                                + "). No store that S3 clients work with does so.");
            }
        }
    }
}
