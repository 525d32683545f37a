package dev.memoir.runner.hosts;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A request's place in a function that somebody else runs: how it ended, and what it logged, is known there alone. */
final class RemotePlace implements FunctionHost.Place {
    private final URI address;
    private final Runnable closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /** @param closed run once */
    RemotePlace(URI address, Runnable closed) {
        this.address = address;
        this.closed = closed;
    }

    @Override
    public URI address() {
        return address;
    }

    @Override
    public Optional<String> epitaph() {
        return Optional.empty();
    }

    @Override
    public Optional<String> logged(String errorId) {
        return Optional.empty();
    }

    @Override
    public void close() {
        if (open.compareAndSet(true, false)) {
            closed.run();
        }
    }
}
