package dev.memoir.runner.edge;

import dev.memoir.events.ProcessAge;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.hosts.Unavailable;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/** Hands a request to the API, which is woken if need be, and its answer back, without keeping either in memory. */
final class Passage {
    private final FunctionHost api;
    private final HttpClient client;
    private final Duration patience;
    private final Metrics metrics;

    /** @param patience how long a request waits for the function to start */
    Passage(FunctionHost api, HttpClient client, Duration patience, Metrics metrics) {
        this.api = api;
        this.client = client;
        this.patience = patience;
        this.metrics = metrics;
    }

    /** Says in the form that is usual where it was asked that nothing came of it. */
    interface Refusal {
        void is(int status, String message, Duration retryAfter);
    }

    /**
     * @param prepared what of the request's headers the API is told
     * @param refusal told when the API can't be reached
     * @param done run when all is over, at least once
     */
    void ask(HttpServerRequest request, Consumer<MultiMap> prepared, Refusal refusal, Runnable done) {
        request.pause();
        Context context = Vertx.currentContext();
        Question question = metrics.question(api.name());
        request.response()
                .endHandler(nothing -> question.answered(request.response().getStatusCode()));
        api.acquire(patience)
                .whenComplete((place, failure) -> context.runOnContext(nothing -> {
                    if (failure == null) {
                        hand(request, prepared, new Held(place, done), question);
                    } else {
                        done.run();
                        busy(request, failure, refusal);
                    }
                }));
    }

    private record Held(FunctionHost.Place place, Runnable done) implements FunctionHost.Place {
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
            place.close();
            done.run();
        }
    }

    private void hand(
            HttpServerRequest request, Consumer<MultiMap> prepared, FunctionHost.Place place, Question question) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            question.lost();
            place.close();
            return;
        }
        response.closeHandler(nothing -> {
            if (!response.ended()) {
                question.lost();
            }
            place.close();
        });
        response.endHandler(nothing -> {
            question.answered(response.getStatusCode());
            place.close();
        });
        HostAndPort function = HostAndPort.create(place.address().getHost(), place.port());
        HttpProxy.reverseProxy(client)
                .origin(function.port(), function.host())
                .addInterceptor(between(function, prepared, question, place))
                .handle(request);
    }

    /**
     * Whoever routes to a function that is elsewhere goes by the host that is asked for; how old the function is, is told to
     * nobody else.
     */
    private static ProxyInterceptor between(
            HostAndPort function, Consumer<MultiMap> prepared, Question question, FunctionHost.Place place) {
        return new ProxyInterceptor() {
            @Override
            public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                context.request().setAuthority(function);
                prepared.accept(context.request().headers());
                return context.sendRequest();
            }

            @Override
            public Future<Void> handleProxyResponse(ProxyContext context) {
                question.heard(Optional.ofNullable(context.response().headers().get(ProcessAge.HEADER)));
                context.response().headers().remove(ProcessAge.HEADER);
                // A connection that breaks while the answer is written tells neither of the response's handlers.
                return context.sendResponse().onFailure(broken -> place.close());
            }
        };
    }

    private static void busy(HttpServerRequest request, Throwable failure, Refusal refusal) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        request.resume();
        switch (cause) {
            case Unavailable unavailable -> refusal.is(503, unavailable.getMessage(), unavailable.retryAfter());
            default -> refusal.is(500, "the request could not be passed on", Duration.ZERO);
        }
    }
}
