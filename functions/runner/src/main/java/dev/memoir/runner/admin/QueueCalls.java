package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.events.Lane;
import dev.memoir.events.Subjects;
import dev.memoir.runner.delivery.DeadLetters;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.metrics.Exposition;
import dev.memoir.runner.metrics.Metrics;
import io.nats.client.JetStreamApiException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** What the admin API tells and does about events, wherever the functions run. */
final class QueueCalls implements AdminServer.Calls {
    /** The call for what is counted. */
    static final String METRICS = "GET /metrics";

    private static final List<String> PAUSABLE = List.of("ai", "postprocessor");
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Delivery delivery;
    private final Metrics metrics;

    QueueCalls(Delivery delivery, Metrics metrics) {
        this.delivery = delivery;
        this.metrics = metrics;
    }

    @Override
    public Answer answer(HttpServerRequest request) throws IOException, JetStreamApiException {
        String call = request.method().name() + " " + request.path();
        return switch (call) {
            case "GET /queue" -> Answer.ok(waiting().put("dead", delivery.dead().count()));
            case METRICS -> Answer.ok(measured());
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

    /** What the queue says is left out while it is away; what was counted is told all the same. */
    private Exposition measured() {
        Exposition text = new Exposition();
        metrics.write(text);
        try {
            Exposition queue = new Exposition();
            writeQueue(queue);
            text.append(queue);
        } catch (IOException | JetStreamApiException | IllegalStateException queueAway) {
            // a gap says it
        }
        return text;
    }

    private void writeQueue(Exposition text) throws IOException, JetStreamApiException {
        text.family("memoir_queue_waiting", "gauge", "Events that wait or are under way, by function and lane.");
        for (Lane lane : Lane.values()) {
            for (String function : List.of("postprocessor", "ai")) {
                text.sample(
                        "memoir_queue_waiting",
                        Exposition.labels("function", function, "lane", lane.token()),
                        delivery.waiting(lane, function));
            }
        }
        text.family("memoir_store_notifications_waiting", "gauge", "What the store said and nobody has looked at.")
                .sample("memoir_store_notifications_waiting", "", delivery.waitingNotifications());
        text.family("memoir_dead_letters_kept", "gauge", "Events that were given up and wait for a person.")
                .sample("memoir_dead_letters_kept", "", delivery.dead().count());
    }

    private static Answer count(int count) {
        return Answer.ok(Answer.JSON.createObjectNode().put("count", count));
    }

    ArrayNode dead() throws IOException, JetStreamApiException {
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
