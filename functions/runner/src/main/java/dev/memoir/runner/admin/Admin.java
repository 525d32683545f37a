package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Claims;
import dev.memoir.runner.delivery.DeadLetters;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.rehearsal.Rehearsal;
import io.nats.client.JetStreamApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The admin API: JSON over HTTP on 127.0.0.1, for whoever can read the token in {@code run/runner.json}. */
public final class Admin {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TOKEN_LIMIT = Duration.ofDays(366);

    private final Machine machine;
    private final Delivery delivery;
    private final Status status;
    private final byte[] authorization;
    private final Runnable stop;
    private final HttpServer server;

    /**
     * @param address of the edge
     * @param token that requests must bear
     * @param stop ends the runner
     */
    public Admin(
            Vertx vertx,
            String address,
            Machine machine,
            Delivery delivery,
            Rehearsal rehearsal,
            String token,
            Runnable stop) {
        this.machine = machine;
        this.delivery = delivery;
        this.status = new Status(address, machine, delivery, rehearsal);
        this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        this.stop = stop;
        this.server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(120))
                .requestHandler(this::handle);
    }

    /** Completes with the port. */
    public Future<Integer> listen() {
        return server.listen(0, "127.0.0.1").map(HttpServer::actualPort);
    }

    private record Answer(int status, JsonNode body) {
        static Answer ok(JsonNode body) {
            return new Answer(200, body);
        }

        static Answer error(int status, String message) {
            return new Answer(status, JSON.createObjectNode().put("error", message));
        }
    }

    private void handle(HttpServerRequest request) {
        String given = request.getHeader("Authorization");
        if (given == null || !MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
            send(request, Answer.error(401, "the admin token is missing or wrong; it is in run/runner.json"));
            return;
        }
        var context = Vertx.currentContext();
        Thread.ofVirtual().name("admin").start(() -> {
            Answer answer = answerOrError(request);
            context.runOnContext(nothing -> send(request, answer));
        });
    }

    private Answer answerOrError(HttpServerRequest request) {
        try {
            return answer(request);
        } catch (IllegalArgumentException e) {
            return Answer.error(400, e.getMessage());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return Answer.error(503, "the queue does not answer: " + e.getMessage());
        }
    }

    private Answer answer(HttpServerRequest request) throws IOException, JetStreamApiException {
        String call = request.method().name() + " " + request.path();
        if (call.startsWith("GET /jobs/")) {
            return machine.custodian()
                    .job(request.path().substring("/jobs/".length()))
                    .map(job -> Answer.ok(Status.job(job)))
                    .orElse(Answer.error(404, "no such job"));
        }
        return switch (call) {
            case "GET /status" -> Answer.ok(status.now());
            case "POST /stop" -> {
                stop.run();
                yield new Answer(202, JSON.createObjectNode().put("stopping", true));
            }
            case "POST /sweep" -> new Answer(202, Status.job(machine.custodian().begin("sweep")));
            case "GET /dead" -> Answer.ok(dead());
            case "POST /dead/replay" ->
                Answer.ok(JSON.createObjectNode().put("count", delivery.dead().replay(id(request))));
            case "POST /dead/drop" ->
                Answer.ok(JSON.createObjectNode().put("count", delivery.dead().drop(id(request))));
            case "POST /token" -> Answer.ok(token(request));
            default -> Answer.error(404, "no such call: " + call);
        };
    }

    private ArrayNode dead() throws IOException, JetStreamApiException {
        ArrayNode all = JSON.createArrayNode();
        for (DeadLetters.Letter letter : delivery.dead().list()) {
            all.addObject()
                    .put("id", letter.id())
                    .put("function", letter.function())
                    .put("subject", letter.about().orElse(letter.subject()))
                    .put("queue", letter.subject())
                    .put("reason", letter.reason())
                    .put("attempts", letter.attempts())
                    .put("at", letter.time().toString());
        }
        return all;
    }

    private static OptionalLong id(HttpServerRequest request) {
        String id = request.getParam("id");
        return id == null ? OptionalLong.empty() : OptionalLong.of(number(id, "id"));
    }

    private ObjectNode token(HttpServerRequest request) {
        String user = request.getParam("user");
        if (user == null || user.isBlank()) {
            throw new IllegalArgumentException("user=NAME is missing");
        }
        String hours = request.getParam("hours");
        Duration validity = Duration.ofHours(hours == null ? 24 : number(hours, "hours"));
        if (!validity.isPositive() || validity.compareTo(TOKEN_LIMIT) > 0) {
            throw new IllegalArgumentException("hours is from 1 to " + TOKEN_LIMIT.toHours());
        }
        String adult = "false".equals(request.getParam("adult")) ? "false" : "true";
        Claims claims = new Claims(user, Set.of("family"), Map.of("adult", adult));
        return JSON.createObjectNode().put("token", machine.tokens().issue(claims, validity));
    }

    private static long number(String text, String name) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + text, e);
        }
    }

    private static void send(HttpServerRequest request, Answer answer) {
        if (!request.response().closed()) {
            request.response()
                    .setStatusCode(answer.status())
                    .putHeader("Content-Type", "application/json")
                    .end(answer.body().toString());
        }
    }
}
