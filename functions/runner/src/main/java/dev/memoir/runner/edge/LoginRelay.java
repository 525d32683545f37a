package dev.memoir.runner.edge;

import dev.memoir.events.ProcessAge;
import dev.memoir.identity.HouseTokens;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.hosts.Unavailable;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Asks the API, which is woken if need be, what the door has let through, and hands back what is for a browser. */
final class LoginRelay {
    /** Of the API's answer. */
    private static final List<String> PASSED_ON = List.of("Content-Type", "Set-Cookie", "Cache-Control");

    /** Of the request. The last is set by the door of administrators alone, and checked by the API again. */
    private static final List<CharSequence> HANDED_ON =
            List.of(HttpHeaders.COOKIE, HttpHeaders.USER_AGENT, HttpHeaders.ORIGIN, HouseTokens.ADMINISTRATOR);

    /** Asked by the edge alone. */
    private static final String KEY = "/login/key";

    private final FunctionHost api;
    private final String deliveryToken;
    private final HttpClient client;
    private final Duration patience;
    private final Metrics metrics;

    /** @param deliveryToken with which the API believes that it is us who ask */
    LoginRelay(FunctionHost api, String deliveryToken, HttpClient client, Duration patience, Metrics metrics) {
        this.api = api;
        this.deliveryToken = deliveryToken;
        this.client = client;
        this.patience = patience;
        this.metrics = metrics;
    }

    /** Told what the API said: a status, or 0 when it said nothing. */
    interface Verdict {
        void is(int status);
    }

    void ask(HttpServerRequest request, Buffer body, Verdict verdict) {
        Context context = Vertx.currentContext();
        Question question = metrics.question(api.name());
        api.acquire(patience)
                .whenComplete((place, failure) -> context.runOnContext(nothing -> {
                    if (failure == null) {
                        pass(request, body, place)
                                .onSuccess(answer -> {
                                    verdict.is(answer.status());
                                    question.heard(answer.processAge());
                                    question.answered(answer.status());
                                    answer.to(request.response());
                                })
                                .onFailure(lost -> {
                                    verdict.is(0);
                                    question.lost();
                                    LoginDoor.refuse(request, 503, "UNAVAILABLE", "the connection was lost: try again");
                                })
                                .onComplete(done -> place.close());
                    } else {
                        verdict.is(0);
                        question.lost();
                        busy(request, failure);
                    }
                }));
    }

    /**
     * What somebody shows instead of a token, exchanged for one.
     *
     * @param token empty when the API gives none
     * @param status 200 with a token; 401 when it is worth nothing; 429; else 500 or 503
     * @param retryAfter zero when nothing is to be waited for
     */
    record Exchange(Optional<String> token, int status, String message, Duration retryAfter) {
        @Override
        public String toString() {
            return "Exchange[" + status + "]";
        }
    }

    /** Always succeeds, where it was asked. */
    Future<Exchange> exchange(JsonObject shown) {
        Context context = Vertx.currentContext();
        Promise<Exchange> exchanged = Promise.promise();
        Question question = metrics.question(api.name());
        api.acquire(patience)
                .whenComplete((place, failure) -> context.runOnContext(nothing -> {
                    if (failure != null) {
                        question.lost();
                        exchanged.complete(unavailable(failure));
                        return;
                    }
                    client.request(
                                    HttpMethod.POST,
                                    place.port(),
                                    place.address().getHost(),
                                    KEY)
                            .compose(asked -> asked.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + deliveryToken)
                                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                    .send(shown.toBuffer()))
                            .compose(response -> response.body().map(answer -> Answer.of(response, answer)))
                            .onSuccess(answer -> {
                                question.heard(answer.processAge());
                                question.answered(answer.status());
                                exchanged.complete(exchanged(answer));
                            })
                            .onFailure(lost -> {
                                question.lost();
                                exchanged.complete(new Exchange(
                                        Optional.empty(), 503, "the connection was lost: try again", Duration.ZERO));
                            })
                            .onComplete(done -> place.close());
                }));
        return exchanged.future();
    }

    private static Exchange exchanged(Answer answer) {
        JsonObject said = LoginDoor.object(answer.body()).orElseGet(JsonObject::new);
        String why = said.getJsonObject("error", new JsonObject()).getString("message", "try again");
        return switch (answer.status()) {
            case 200 -> new Exchange(Optional.of(said.getString("token")), 200, "", Duration.ZERO);
            case 401 -> new Exchange(Optional.empty(), 401, why, Duration.ZERO);
            default -> new Exchange(Optional.empty(), 503, why, Duration.ZERO);
        };
    }

    private static Exchange unavailable(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof Unavailable unavailable
                ? new Exchange(Optional.empty(), 503, unavailable.getMessage(), unavailable.retryAfter())
                : new Exchange(Optional.empty(), 500, "the request could not be passed on", Duration.ZERO);
    }

    private record Answer(
            int status, List<Map.Entry<String, String>> headers, Buffer body, Optional<String> processAge) {
        private static Answer of(HttpClientResponse response, Buffer body) {
            List<Map.Entry<String, String>> headers = response.headers().entries().stream()
                    .filter(header -> PASSED_ON.stream().anyMatch(header.getKey()::equalsIgnoreCase))
                    .toList();
            return new Answer(
                    response.statusCode(), headers, body, Optional.ofNullable(response.getHeader(ProcessAge.HEADER)));
        }

        private void to(HttpServerResponse response) {
            if (!response.closed() && !response.ended()) {
                headers.forEach(header -> response.headers().add(header.getKey(), header.getValue()));
                response.setStatusCode(status).end(body);
            }
        }
    }

    private Future<Answer> pass(HttpServerRequest request, Buffer body, FunctionHost.Place place) {
        return client.request(request.method(), place.port(), place.address().getHost(), request.path())
                .compose(passed -> {
                    passed.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + deliveryToken)
                            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                            .putHeader("X-Forwarded-Proto", isHttps(request) ? "https" : "http");
                    for (CharSequence name : HANDED_ON) {
                        if (request.getHeader(name) != null) {
                            passed.putHeader(name, request.getHeader(name));
                        }
                    }
                    return passed.send(body);
                })
                .compose(response -> response.body().map(answer -> Answer.of(response, answer)));
    }

    /** The browser knows best; TLS may end before us. */
    private static boolean isHttps(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return request.isSSL()
                || origin != null && origin.startsWith("https://")
                || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
    }

    private static void busy(HttpServerRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        switch (cause) {
            case Unavailable unavailable -> {
                request.response()
                        .putHeader(
                                "Retry-After",
                                Long.toString(
                                        Math.max(1, unavailable.retryAfter().toSeconds())));
                LoginDoor.refuse(request, 503, "UNAVAILABLE", unavailable.getMessage());
            }
            default -> LoginDoor.refuse(request, 500, "INTERNAL", "the request could not be passed on");
        }
    }
}
