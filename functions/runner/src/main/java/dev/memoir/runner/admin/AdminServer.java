package dev.memoir.runner.admin;

import io.nats.client.JetStreamApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** The admin API's HTTP server: for whoever bears the token, and for some calls to everybody. */
final class AdminServer {
    private final byte[] authorization;
    private final Set<String> open;
    private final Calls calls;
    private final HttpServer server;

    /** What can be called; runs on a virtual thread. */
    interface Calls {
        Answer answer(HttpServerRequest request) throws IOException, JetStreamApiException;
    }

    /**
     * @param certificate without one it serves without TLS
     * @param token that requests must bear
     * @param open calls that need none, such as {@code GET /metrics}
     */
    AdminServer(Vertx vertx, Optional<Certificate> certificate, String token, Set<String> open, Calls calls) {
        this.open = open;
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.calls = calls;
        HttpServerOptions options =
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(120);
        certificate.ifPresent(own -> options.setSsl(true).setKeyCertOptions(own.options()));
        this.server = vertx.createHttpServer(options).requestHandler(this::handle);
    }

    /**
     * @param port 0: any free one
     * @return completes with the port
     */
    Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    private void handle(HttpServerRequest request) {
        if (!mayCall(request)) {
            send(
                    request,
                    Answer.error(401, "the admin token is missing or wrong; docs/configuration.md says where it is"));
            return;
        }
        var context = Vertx.currentContext();
        Thread.ofVirtual().name("admin").start(() -> {
            Answer answer = answerOrError(request);
            context.runOnContext(nothing -> send(request, answer));
        });
    }

    private boolean mayCall(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        return open.contains(request.method().name() + " " + request.path())
                || given != null && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
    }

    private Answer answerOrError(HttpServerRequest request) {
        try {
            return calls.answer(request);
        } catch (IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return Answer.error(503, "the queue does not answer: " + e.getMessage());
        }
    }

    private static void send(HttpServerRequest request, Answer answer) {
        if (!request.response().closed()) {
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", answer.contentType())
                    .end(answer.body());
        }
    }
}
