package dev.memoir.runner;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** The runner's one event loop: kept small, since it never ends. */
public final class Loop {
    private static final int POOL_LOOK = (int) Duration.ofSeconds(30).toMillis();

    private Loop() {}

    /** One event loop is plenty: everything that waits does so on virtual threads. */
    public static Vertx open() {
        return Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setBlockedThreadCheckInterval(Duration.ofMinutes(5).toMillis())
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }

    /** For functions. */
    public static HttpClient client(Vertx vertx) {
        return vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(5000).setKeepAliveTimeout(20),
                // a connection may outlive its time by this much; the default looks every second, for good
                new PoolOptions().setHttp1MaxSize(256).setCleanerPeriod(POOL_LOOK));
    }

    /**
     * Sends a request and reads its answer. How it is read is said beforehand: the event loop may have the whole answer before a
     * thread that is none of its own comes to it.
     */
    public static <T> Future<T> ask(
            HttpClientRequest request, Buffer body, Function<HttpClientResponse, Future<T>> read) {
        Future<T> answer = request.response().compose(read);
        request.send(body);
        return answer;
    }

    public static <T> T await(Future<T> future) throws IOException, InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }
}
