package dev.memoir.runner.hosts;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A function that somebody else starts and stops: Knative, or a cloud. The first request wakes it, and waits for it there. */
public record RemoteUrl(String name, URI address) implements FunctionHost {
    @Override
    public CompletableFuture<Place> acquire(Duration patience) {
        // Nothing is held: the other side counts.
        return CompletableFuture.completedFuture(new RemotePlace(address, () -> {}));
    }

    @Override
    public void wakeAhead() {
        // the first request wakes it
    }
}
