package dev.memoir.serving;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.events.ProcessAge;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final BlockingQueue<RoutingContext> atWork = new LinkedBlockingQueue<>();
    private Vertx vertx;
    private HttpServer server;

    @BeforeEach
    void serve() throws Exception {
        vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        FirstAnswer first = new FirstAnswer();
        router.route().handler(first::tell);
        router.get(Edge.READY).handler(context -> context.response().end());
        router.get("/work").handler(atWork::add);
        server = get(vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture());
    }

    @AfterEach
    void stop() throws Exception {
        get(vertx.close().toCompletionStage().toCompletableFuture());
        client.close();
    }

    @Test
    void allThatWereThereBeforeTheFirstAnswerAreToldTheProcessesAgeAndNobodyAfterwards() throws Exception {
        assertTrue(age(get(ask(Edge.READY))).isEmpty(), "who asks whether it is ready did not wake it");
        CompletableFuture<HttpResponse<Void>> wakes = ask("/work");
        CompletableFuture<HttpResponse<Void>> comesMeanwhile = ask("/work");
        List<RoutingContext> both = List.of(next(), next());
        both.forEach(context -> context.response().end());
        for (HttpResponse<Void> answer : List.of(get(wakes), get(comesMeanwhile))) {
            assertTrue(
                    age(answer).map(Long::parseLong).orElse(-1L) >= 0,
                    answer.headers().toString());
        }
        CompletableFuture<HttpResponse<Void>> later = ask("/work");
        next().response().end();
        assertTrue(age(get(later)).isEmpty());
    }

    private RoutingContext next() throws InterruptedException {
        RoutingContext context = atWork.poll(30, TimeUnit.SECONDS);
        assertTrue(context != null, "no request came");
        return context;
    }

    private CompletableFuture<HttpResponse<Void>> ask(String path) {
        URI address = URI.create("http://127.0.0.1:" + server.actualPort() + path);
        return client.sendAsync(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding());
    }

    private static Optional<String> age(HttpResponse<Void> answer) {
        return answer.headers().firstValue(ProcessAge.HEADER);
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }
}
