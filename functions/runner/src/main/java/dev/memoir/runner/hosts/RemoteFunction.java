package dev.memoir.runner.hosts;

import dev.memoir.runner.Loop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A function that takes events, and that somebody else starts and stops. Work is given only to one that has just said that it is
 * ready: as long as none can be had, for want of a node or a GPU, an event waits and has not failed.
 */
public final class RemoteFunction implements FunctionHost {
    private static final Duration AGAIN = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
        return isThere().thenApply(there -> {
            inUse.incrementAndGet();
            return new RemotePlace(url.address(), inUse::decrementAndGet);
        });
    }

    private synchronized CompletableFuture<Void> isThere() {
        if (inUse.get() > 0 || System.nanoTime() - ready < STILL_THERE.toNanos()) {
            return CompletableFuture.completedFuture(null);
        }
        if (asking != null) {
            return asking;
        }
        CompletableFuture<Void> question = ask();
        asking = question;
        // It may have its answer already, and then there is no question any more.
        question.whenComplete((there, unavailable) -> heard(unavailable == null));
        return question;
    }

    private synchronized void heard(boolean there) {
        asking = null;
        if (there) {
            ready = System.nanoTime();
        }
    }

    private CompletableFuture<Void> ask() {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        client.request(new RequestOptions()
                        .setAbsoluteURI(url.address().resolve("/ready").toString())
                        .setTimeout(PATIENCE.toMillis()))
                .compose(request -> Loop.ask(
                        request, Buffer.buffer(), response -> response.end().map(response.statusCode())))
                .onSuccess(status -> {
                    if (status / 100 == 2) {
                        answer.complete(null);
                    } else {
                        answer.completeExceptionally(unavailable("status " + status));
                    }
                })
                .onFailure(failure -> answer.completeExceptionally(unavailable(failure.getMessage())));
        return answer;
    }

    private Unavailable unavailable(String why) {
        return new Unavailable(name() + " is not ready: " + why, AGAIN);
    }

    @Override
    public void wakeAhead() {
        isThere();
    }
}
