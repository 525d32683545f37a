package dev.memoir.runner.hosts;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One function, wherever it runs. */
public sealed interface FunctionHost permits LocalProcess, RemoteFunction, RemoteUrl {
    String name();

    /**
     * Asks for a place in a ready function, which is started if need be.
     *
     * @param patience how long the caller waits
     * @return completes with the place, or exceptionally with {@link Unavailable}
     */
    CompletableFuture<Place> acquire(Duration patience);

    /** Starts the function if it isn't running, for work that is about to come. */
    void wakeAhead();

    /** One request's place in a ready function; to be closed when the answer is there. Closing it twice is harmless. */
    interface Place extends AutoCloseable {
        URI address();

        /** Of the address; HTTP's own where it names none. */
        default int port() {
            return address().getPort() < 0 ? 80 : address().getPort();
        }

        /** How the function ended, when it did: asked after a connection was lost. */
        Optional<String> epitaph();

        /** What the function logged under this error id. */
        Optional<String> logged(String errorId);

        @Override
        void close();
    }
}
