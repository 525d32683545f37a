package dev.memoir.runner.hosts;

import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A function that takes events, and that somebody else starts and stops. Work is given only to one that has just said that it is
 * ready: as long as none can be had, for want of a node or a GPU, an event waits and has not failed.
 */
public final class RemoteFunction implements FunctionHost {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration AHEAD = Duration.ofMinutes(1);

    /** Shorter than any host lets a function stay that has nothing to do. */
    private static final Duration STILL_THERE = Duration.ofSeconds(2);

    private final RemoteUrl url;
    private final HttpClient client;
    private final AtomicBoolean waking = new AtomicBoolean();
    private volatile long ready = System.nanoTime() - STILL_THERE.toNanos();

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
        if (System.nanoTime() - ready < STILL_THERE.toNanos()) {
            return url.acquire(patience);
        }
        return client.request(new RequestOptions()
                        .setAbsoluteURI(url.address().resolve("/ready").toString())
                        .setTimeout(patience.toMillis()))
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(response))
                .toCompletionStage()
                .toCompletableFuture()
                .handle(this::judge)
                .thenCompose(unavailable ->
                        unavailable == null ? url.acquire(patience) : CompletableFuture.failedFuture(unavailable));
    }

    private Unavailable judge(HttpClientResponse response, Throwable failure) {
        if (failure != null) {
            return unavailable(failure.getMessage());
        }
        if (response.statusCode() / 100 != 2) {
            return unavailable("status " + response.statusCode());
        }
        ready = System.nanoTime();
        return null;
    }

    private Unavailable unavailable(String why) {
        return new Unavailable(name() + " is not ready: " + why, AGAIN);
    }

    @Override
    public void wakeAhead() {
        if (waking.compareAndSet(false, true)) {
            acquire(AHEAD).whenComplete((place, unavailable) -> waking.set(false));
        }
    }
}
