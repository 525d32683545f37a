package dev.memoir.runner.hosts;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function that takes events, and that somebody else starts and stops. Work is given only to one that has just said that it is
 * ready: as long as none can be had, for want of a node or a GPU, an event waits and has not failed.
 */
public final class RemoteFunction implements FunctionHost {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Shorter than any host lets a function stay that has nothing to do. */
    private static final Duration STILL_THERE = Duration.ofSeconds(2);

    private final RemoteUrl url;
    private final HttpClient client;
    private final AtomicInteger inUse = new AtomicInteger();
    private long ready = System.nanoTime() - STILL_THERE.toNanos();

    /** The question whether it is ready, as long as it waits for its answer: more than one would ask for more than one pod. */
    private CompletableFuture<Void> asking;

    public RemoteFunction(RemoteUrl url, HttpClient client) {
        this.url = url;
        this.client = client;
    }

    @Override
    public String name() {
        return url.name();
    }

    @Override
    public CompletableFuture<Place> acquire(Duration patience) {
        return isThere().thenCompose(there -> url.acquire(patience)).thenApply(this::counted);
    }

    private synchronized CompletableFuture<Void> isThere() {
        if (inUse.get() > 0 || System.nanoTime() - ready < STILL_THERE.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        if (asking == null) {
            CompletableFuture<Void> question = ask();
            asking = question;
            question.whenComplete((there, unavailable) -> heard(unavailable == null));
        }
        return asking;
    }

    private synchronized void heard(boolean there) {
        asking = null;
        if (there) {
            ready = System.nanoTime();
        }
    }

    private CompletableFuture<Void> ask() {
        return client.request(new RequestOptions()
                        .setAbsoluteURI(url.address().resolve("/ready").toString())
                        .setTimeout(PATIENCE.toMillis()))
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(response))
                .toCompletionStage()
                .toCompletableFuture()
                .handle((response, failure) -> failure == null ? response.statusCode() : failure)
                .thenCompose(said -> said instanceof Integer status && status / 100 == 2
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(new Unavailable(name() + " is not ready: " + said, AGAIN)));
    }

    private Place counted(Place place) {
        inUse.incrementAndGet();
        AtomicBoolean open = new AtomicBoolean(true);
        return new Place() {
            @Override
            public URI address() {
                return place.address();
            }

            @Override
            public Optional<String> epitaph() {
                return place.epitaph();
            }

            @Override
            public Optional<String> logged(String errorId) {
                return place.logged(errorId);
            }

            @Override
            public void close() {
                if (open.compareAndSet(true, false)) {
                    inUse.decrementAndGet();
                }
            }
        };
    }

    @Override
    public void wakeAhead() {
        isThere();
    }
}
