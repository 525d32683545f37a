package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.local.Custodian;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.rehearsal.Rehearsal;
import io.nats.client.JetStreamApiException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The admin API of one machine: JSON over HTTP on 127.0.0.1, for whoever can read the token in {@code run/runner.json}. */
public final class Admin {
    private static final Duration TOKEN_LIMIT = Duration.ofDays(366);

    private final Machine machine;
    private final Status status;
    private final QueueCalls queue;
    private final Runnable stop;
    private final AdminServer server;

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
            Metrics metrics,
            Rehearsal rehearsal,
            String token,
            Runnable stop) {
        this.machine = machine;
        this.queue = new QueueCalls(delivery, metrics);
        this.status = new Status(address, machine, delivery, queue, rehearsal);
        this.stop = stop;
        this.server = new AdminServer(vertx, Optional.empty(), token, Set.of(), this::answer);
    }

    /** Completes with the port. */
    public Future<Integer> listen() {
        return server.listen("127.0.0.1", 0);
    }

    /** The admin API where functions run elsewhere: it knows of events alone. Metrics need no token; the network says who asks. */
    public static Future<Integer> listenForQueue(
            Vertx vertx,
            String host,
            int port,
            Optional<Certificate> certificate,
            String token,
            Delivery delivery,
            Metrics metrics) {
        return new AdminServer(vertx, certificate, token, Set.of(QueueCalls.METRICS), new QueueCalls(delivery, metrics))
                .listen(host, port);
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
                yield Answer.of(202, Answer.JSON.createObjectNode().put("stopping", true));
            }
            case "POST /sweep" -> Answer.of(202, Status.job(machine.custodian().begin("sweep")));
            case "POST /rebuild/check" ->
                Answer.of(202, Status.job(machine.custodian().begin("rebuild", "--check")));
            case "POST /faces" ->
                Answer.of(202, Status.job(machine.custodian().begin("faces --" + onOrOff(request), names(request))));
            case "POST /people/clear" ->
                Answer.of(202, Status.job(machine.custodian().begin(Custodian.GROUPING, "--clear")));
            case "POST /people/export" ->
                Answer.of(
                        202,
                        Status.job(machine.custodian()
                                .begin("export", "--to", named(request, "to"), "--", named(request, "person"))));
            case "POST /people" -> Answer.of(202, Status.job(machine.custodian().begin(Custodian.GROUPING)));
            case "POST /token" -> Answer.ok(token(request));
            default -> queue.answer(request);
        };
    }

    private static String[] names(HttpServerRequest request) {
        return "true".equals(request.getParam("names")) ? new String[] {"--names"} : new String[0];
    }

    private static String named(HttpServerRequest request, String name) {
        String value = request.getParam(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + "=… is missing");
        }
        return value;
    }

    private static String onOrOff(HttpServerRequest request) {
        String wanted = request.getParam("wanted");
        if (!"on".equals(wanted) && !"off".equals(wanted)) {
            throw new IllegalArgumentException("wanted=on or wanted=off is missing");
        }
        return wanted;
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
        // Without a word on it: somebody of the family, so that a script sees what belongs to all.
        Set<String> groups = request.getParam("groups") == null
                ? Set.of("family")
                : Arrays.stream(request.getParam("groups").split(","))
                        .filter(group -> !group.isBlank())
                        .collect(Collectors.toSet());
        Scope scope = request.getParam("scope") == null
                ? Scope.ADMIN
                : Scope.of(request.getParam("scope"))
                        .orElseThrow(() -> new IllegalArgumentException("scope is read, write or admin"));
        Claims claims = new Claims(user, groups, Map.of("adult", adult), scope);
        return Answer.JSON.createObjectNode().put("token", machine.tokens().issue(claims, validity));
    }

    static long number(String text, String name) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number, not " + text, e);
        }
    }
}
