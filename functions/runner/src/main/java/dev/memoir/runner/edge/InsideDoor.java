package dev.memoir.runner.edge;

import dev.memoir.events.ProcessAge;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.hosts.Unavailable;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Where on one machine the API asks the AI function, which is woken for it: a server of its own that only this machine reaches,
 * for whoever has the delivery token. In a cluster the functions have addresses, and nobody needs it.
 */
public final class InsideDoor {
    /** The one path there is. */
    public static final String WORDS = "/words";

    private static final int LARGEST_BODY = 8 << 10;

    private final FunctionHost ai;
    private final HttpClient client;
    private final String authorization;
    private final Duration patience;
    private final Metrics metrics;
    private final HttpServer server;

    /** @param patience how long a question waits for the function to start */
    public InsideDoor(
            Vertx vertx, HttpClient client, FunctionHost ai, String token, Duration patience, Metrics metrics) {
        this.ai = ai;
        this.client = client;
        this.authorization = "Bearer " + token;
        this.patience = patience;
        this.metrics = metrics;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(120))
                .requestHandler(this::handle);
    }

    /** Completes with the address at which it listens. */
    public Future<URI> listen() {
        return server.listen(0, "127.0.0.1").map(open -> URI.create("http://127.0.0.1:" + open.actualPort()));
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        String shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (shown == null
                || !MessageDigest.isEqual(
                        authorization.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8))) {
            refuse(request, 401, "the delivery token is missing or wrong");
        } else if (request.method() != HttpMethod.POST || !WORDS.equals(request.path())) {
            refuse(request, 404, "there is nothing here but POST " + WORDS);
        } else if (!isShort(request)) {
            refuse(request, 413, "the question has at most " + LARGEST_BODY + " bytes, and says how many");
        } else {
            request.body().onSuccess(body -> ask(request, body));
        }
    }

    private static boolean isShort(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length != null && Long.parseLong(length) <= LARGEST_BODY;
    }

    private void ask(HttpServerRequest request, Buffer body) {
        Context context = Vertx.currentContext();
        Question question = metrics.question(ai.name());
        ai.acquire(patience)
                .whenComplete((place, failure) -> context.runOnContext(nothing -> {
                    if (failure != null) {
                        question.lost();
                        refuse(request, 503, reason(failure));
                        return;
                    }
                    send(place, body)
                            .onSuccess(answer -> {
                                question.heard(answer.age());
                                question.answered(answer.status());
                                hand(request.response(), answer);
                            })
                            .onFailure(lost -> {
                                question.lost();
                                refuse(request, 503, "the connection was lost");
                            })
                            .onComplete(done -> place.close());
                }));
    }

    private record Answer(int status, Buffer body, Optional<String> age) {
        private static Answer of(HttpClientResponse response, Buffer body) {
            return new Answer(response.statusCode(), body, Optional.ofNullable(response.getHeader(ProcessAge.HEADER)));
        }
    }

    private Future<Answer> send(FunctionHost.Place place, Buffer body) {
        return client.request(HttpMethod.POST, place.port(), place.address().getHost(), WORDS)
                .compose(asked -> asked.putHeader(HttpHeaders.AUTHORIZATION, authorization)
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .send(body))
                .compose(response -> response.body().map(answer -> Answer.of(response, answer)));
    }

    private static void hand(HttpServerResponse response, Answer answer) {
        if (!response.closed() && !response.ended()) {
            response.setStatusCode(answer.status())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(answer.body());
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof Unavailable unavailable
                ? unavailable.getMessage()
                : "the question could not be passed on";
    }

    private static void refuse(HttpServerRequest request, int status, String reason) {
        HttpServerResponse response = request.response();
        if (!response.closed() && !response.ended()) {
            response.setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(new JsonObject().put("reason", reason).encode());
        }
    }
}
