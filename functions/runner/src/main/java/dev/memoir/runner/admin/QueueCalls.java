package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.events.Lane;
import dev.memoir.events.Subjects;
import dev.memoir.runner.delivery.DeadLetters;
import dev.memoir.runner.delivery.Delivery;
import io.nats.client.JetStreamApiException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What the admin API tells and does about events, wherever the functions run. */
final class QueueCalls implements AdminServer.Calls {
    private static final List<String> PAUSABLE = List.of("ai", "postprocessor");
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Delivery delivery;

    QueueCalls(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public Answer answer(HttpServerRequest request) throws IOException, JetStreamApiException {
        String call = request.method().name() + " " + request.path();
        return switch (call) {
            case "GET /queue" -> Answer.ok(waiting().put("dead", delivery.dead().count()));
            case "GET /dead" -> Answer.ok(dead());
            case "POST /pause" -> pause(request);
            case "POST /dead/replay" -> count(delivery.dead().replay(id(request)));
            case "POST /dead/drop" -> count(delivery.dead().drop(id(request)));
            default -> Answer.error(404, "no such call: " + call);
        };
    }

    private Answer pause(HttpServerRequest request) throws IOException, JetStreamApiException {
        String function = request.getParam("function");
        if (function == null || !PAUSABLE.contains(function)) {
            throw new IllegalArgumentException("function is one of " + String.join(", ", PAUSABLE));
        }
        long seconds = Admin.number(String.valueOf(request.getParam("seconds")), "seconds");
        if (seconds < 0 || seconds > LONGEST_PAUSE.toSeconds()) {
            throw new IllegalArgumentException(
                    "seconds is from 0, which ends a pause, to " + LONGEST_PAUSE.toSeconds());
        }
        delivery.pause(function, Duration.ofSeconds(seconds));
        return Answer.ok(Answer.JSON.createObjectNode().put("seconds", seconds));
    }

    /** How much waits or is under way, by lane and kind of event. */
    ObjectNode waiting() throws IOException, JetStreamApiException {
        ObjectNode queue = Answer.JSON.createObjectNode();
        for (Lane lane : Lane.values()) {
            queue.putObject(lane.token())
                    .put(Subjects.OBJECT, delivery.waiting(lane, "postprocessor"))
                    .put(Subjects.PREVIEWED, delivery.waiting(lane, "ai"));
        }
        return queue.put("store", delivery.waitingNotifications());
    }

    private static Answer count(int count) {
        return Answer.ok(Answer.JSON.createObjectNode().put("count", count));
    }

    private ArrayNode dead() throws IOException, JetStreamApiException {
        ArrayNode all = Answer.JSON.createArrayNode();
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
        return id == null ? OptionalLong.empty() : OptionalLong.of(Admin.number(id, "id"));
    }
}
