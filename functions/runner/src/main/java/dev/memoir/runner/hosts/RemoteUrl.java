package dev.memoir.runner.hosts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A function that somebody else starts and stops: Knative, or a cloud. The first request wakes it, and waits for it there. */
public record RemoteUrl(String name, URI address) implements FunctionHost {
    @Override
    public CompletableFuture<Place> acquire(Duration patience) {
        return CompletableFuture.completedFuture(new Place() {
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
                // nothing is held: the other side counts
            }
        });
    }

    @Override
    public void wakeAhead() {
        // the first request wakes it
    }
}
