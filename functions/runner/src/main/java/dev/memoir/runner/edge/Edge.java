package dev.memoir.runner.edge;

import dev.memoir.events.ProcessAge;
import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.InvalidToken;
import dev.memoir.media.Claims;
import dev.memoir.runner.hosts.FunctionHost;
import dev.memoir.runner.hosts.Unavailable;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.metrics.Question;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;

/**
 * The HTTP server for people: {@code /graphql} to the API function, {@code /healthz}, and static files. A request
 * without a valid token ends here and wakes nothing. Neither tokens nor queries are logged.
 */
public final class Edge {
    private static final String REQUEST_ID = "X-Request-Id";

    /**
     * @param bodyLimit bytes of a request's body
     * @param patience how long a request waits for the function to start
     * @param perSubject for those who are known
     * @param perAddress for everybody, before anything is looked at
     * @param pages folder of static files
     */
    public record Rules(
            long bodyLimit, Duration patience, RateLimit perSubject, RateLimit perAddress, Optional<Path> pages) {}

    private final FunctionHost api;
    private final BearerVerifier verifier;
    private final Rules rules;
    private final Pages pages;
    private final Metrics metrics;
    private final HttpClient client;
    private final HttpServer server;

    public Edge(Vertx vertx, HttpClient client, FunctionHost api, BearerVerifier verifier, Rules rules, Metrics metrics)
            throws IOException {
        this.api = api;
        this.verifier = verifier;
        this.rules = rules;
        this.metrics = metrics;
        this.pages = new Pages(rules.pages());
        this.client = client;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setMaxHeaderSize(16 << 10)
                        .setHttp2ClearTextEnabled(false)
                        .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                        .setIdleTimeout(120)
                        .setCompressionSupported(false))
                .requestHandler(this::handle);
    }

    /** Completes when it listens. */
    public Future<HttpServer> listen(String host, int port) {
        return server.listen(port, host);
    }

    public Future<Void> close() {
        return server.close();
    }

    private void handle(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        String id = UUID.randomUUID().toString();
        request.headers().set(REQUEST_ID, id);
        response.putHeader(REQUEST_ID, id)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; img-src 'self' https: http: data: blob:;"
                                + " connect-src 'self' https: http:; frame-ancestors 'none'; base-uri 'none'");
        Question question = metrics.question(Metrics.EDGE);
        response.endHandler(nothing -> question.answered(response.getStatusCode()));
        if (!rules.perAddress().allows(request.remoteAddress().hostAddress())) {
            refuse(request, 429, "too many requests from this address", Duration.ofSeconds(1));
            return;
        }
        switch (request.path() == null ? "" : request.path()) {
            case "/healthz" ->
                response.endHandler(probed -> {})
                        .putHeader("Content-Type", "text/plain")
                        .end("ok\n");
            case "/ready" ->
                response.endHandler(probed -> {}).setStatusCode(204).end();
            case "/graphql" -> graphql(request);
            default -> pages.answer(request);
        }
    }

    private void graphql(HttpServerRequest request) {
        if (request.method() != HttpMethod.POST && request.method() != HttpMethod.GET) {
            request.response().putHeader("Allow", "GET, POST");
            refuse(request, 405, "only GET and POST", Duration.ZERO);
            return;
        }
        Optional<Claims> claims = known(request);
        if (claims.isEmpty()) {
            return;
        }
        if (!rules.perSubject().allows(claims.get().subject())) {
            refuse(request, 429, "too many requests", Duration.ofSeconds(1));
        } else if (bodyFits(request)) {
            askApi(request);
        }
    }

    /** Answers 401 itself when nobody is known. */
    private Optional<Claims> known(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        String reason = "a bearer token is needed (memoir token makes one)";
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            try {
                return Optional.of(verifier.verify(authorization.substring(7).strip()));
            } catch (InvalidToken e) {
                reason = e.getMessage();
            }
        }
        request.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(request, 401, reason, Duration.ZERO);
        return Optional.empty();
    }

    /** A stated length is asked for, so that a body that is too long is refused before it is read. */
    private boolean bodyFits(HttpServerRequest request) {
        if (request.method() == HttpMethod.GET) {
            return true;
        }
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null) {
            refuse(request, 411, "send the body with a Content-Length", Duration.ZERO);
            return false;
        }
        // netty has already refused what is no number
        if (Long.parseLong(length) > rules.bodyLimit()) {
            refuse(request, 413, "a request's body has at most " + rules.bodyLimit() + " bytes", Duration.ZERO);
            return false;
        }
        return true;
    }

    private void askApi(HttpServerRequest request) {
        request.pause();
        Context context = Vertx.currentContext();
        Question question = metrics.question(api.name());
        request.response()
                .endHandler(nothing -> question.answered(request.response().getStatusCode()));
        api.acquire(rules.patience())
                .whenComplete((place, failure) -> context.runOnContext(nothing -> {
                    if (failure == null) {
                        hand(request, place, question);
                    } else {
                        busy(request, failure);
                    }
                }));
    }

    private void hand(HttpServerRequest request, FunctionHost.Place place, Question question) {
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
        HostAndPort function = HostAndPort.create(
                place.address().getHost(),
                place.address().getPort() < 0 ? 80 : place.address().getPort());
        HttpProxy.reverseProxy(client)
                .origin(function.port(), function.host())
                .addInterceptor(between(function, question))
                .handle(request);
    }

    /**
     * Whoever routes to a function that is elsewhere goes by the host that is asked for; how old the function is, is told to
     * nobody else.
     */
    private static ProxyInterceptor between(HostAndPort function, Question question) {
        return new ProxyInterceptor() {
            @Override
            public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                context.request().setAuthority(function);
                return context.sendRequest();
            }

            @Override
            public Future<Void> handleProxyResponse(ProxyContext context) {
                question.heard(Optional.ofNullable(context.response().headers().get(ProcessAge.HEADER)));
                context.response().headers().remove(ProcessAge.HEADER);
                return context.sendResponse();
            }
        };
    }

    private static void busy(HttpServerRequest request, Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        request.resume();
        switch (cause) {
            case Unavailable unavailable -> refuse(request, 503, unavailable.getMessage(), unavailable.retryAfter());
            default -> refuse(request, 500, "the request could not be passed on", Duration.ZERO);
        }
    }

    /** In the form that GraphQL clients show. */
    private static void refuse(HttpServerRequest request, int status, String message, Duration retryAfter) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (retryAfter.isPositive()) {
            response.putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("errors", List.of(new JsonObject().put("message", message)))
                        .encode());
    }
}
