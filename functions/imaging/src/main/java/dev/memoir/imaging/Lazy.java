package dev.memoir.imaging;

import java.util.function.Supplier;

/** A value that is computed when it is first asked for, once. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> compute;
    private T value;

    Lazy(Supplier<T> compute) {
        this.compute = compute;
    }

    @Override
    public synchronized T get() {
        if (value == null) {
            value = compute.get();
        }
        return value;
    }
}
