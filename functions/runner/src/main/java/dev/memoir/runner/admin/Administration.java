package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.edge.Office;
import dev.memoir.runner.local.Custodian;
import dev.memoir.runner.local.InstalledModels;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.rehearsal.Rehearsal;
import io.nats.client.JetStreamApiException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One machine's office: what {@link Admin} does for the command line, as far as a browser may have it. */
public final class Administration implements Office {
    private static final String JOBS = "jobs/";

    /** Jobs that an administrator may have started, or waits for. */
    private static final List<String> TOLD = List.of("sweep", "faces", Custodian.GROUPING);

    private final Machine machine;
    private final Delivery delivery;
    private final QueueCalls queue;
    private final Status status;

    /** @param address of the edge */
    public Administration(String address, Machine machine, Delivery delivery, Metrics metrics, Rehearsal rehearsal) {
        this.machine = machine;
        this.delivery = delivery;
        this.queue = new QueueCalls(delivery, metrics);
        this.status = new Status(address, machine, delivery, queue, rehearsal);
    }

    @Override
    public Optional<Reply> answer(String method, String path, JsonObject asked) {
        try {
            return method.equals("GET") ? told(path) : done(path, asked);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return Optional.of(new Reply(503, error("the queue does not answer: " + e.getMessage())));
        }
    }

    private Optional<Reply> told(String path) throws IOException, JetStreamApiException {
        if (path.startsWith(JOBS)) {
            return machine.custodian().job(path.substring(JOBS.length())).flatMap(job -> ok(Status.job(job)));
        }
        return switch (path) {
            case "status" -> ok(status());
            case "dead" -> ok(object().set("letters", queue.dead()));
            case "models" -> ok(object().set("models", models()));
            default -> Optional.empty();
        };
    }

    private Optional<Reply> done(String path, JsonObject asked) throws IOException, JetStreamApiException {
        return switch (path) {
            case "dead/replay" -> count(delivery.dead().replay(which(asked)));
            case "dead/drop" -> count(delivery.dead().drop(which(asked)));
            case "sweep" -> begun(machine.custodian().begin("sweep"));
            case "grouping" -> begun(machine.custodian().begin(Custodian.GROUPING));
            case "faces" -> faces(asked);
            case "phone" -> ok(phone());
            default -> Optional.empty();
        };
    }

    private ObjectNode status() throws IOException {
        ObjectNode all = status.now();
        // With which key the store is administered is nobody's business in a browser.
        all.remove("store");
        all.put("faceModels", machine.models().forFaces());
        FileStore disk = Files.getFileStore(machine.folder());
        all.putObject("disk").put("freeBytes", disk.getUsableSpace()).put("totalBytes", disk.getTotalSpace());
        ArrayNode jobs = all.putArray("jobs");
        machine.custodian().jobs().stream()
                .filter(job -> TOLD.contains(job.command().split(" ")[0]))
                .limit(10)
                .forEach(job -> jobs.add(Status.job(job)));
        return all;
    }

    private ArrayNode models() {
        ArrayNode models = Answer.JSON.createArrayNode();
        for (InstalledModels.Installed one : machine.models().all()) {
            models.addObject()
                    .put("name", one.model().name())
                    .put("version", one.model().version())
                    .put("task", one.model().task().wireName())
                    .put("licence", one.model().licence().id())
                    .put("holder", one.model().licence().holder())
                    .put("installed", one.installed());
        }
        return models;
    }

    /** Once it is on, pictures that were there before are looked at, too. */
    private Optional<Reply> faces(JsonObject asked) {
        Object wanted = asked.getValue("wanted");
        if (!(wanted instanceof Boolean on)) {
            throw new IllegalArgumentException("wanted: true or false is needed");
        }
        if (on && !machine.models().forFaces()) {
            return Optional.of(new Reply(
                    409, error("the models for faces are not installed; on the machine: ./memoir faces --library on")));
        }
        return begun(machine.custodian().begin(on ? "faces --on" : "faces --off", ended -> {
            if (on && ended.state() == Custodian.State.DONE) {
                machine.custodian().begin("sweep");
            }
        }));
    }

    /** What an app that uploads by S3 must be told. The secret is in this answer, and in no log. */
    private ObjectNode phone() {
        return object().put("endpoint", machine.storeForBrowsers())
                .put("bucket", Machine.ORIGINALS)
                .put("region", machine.storeRegion())
                .put("pathStyle", true)
                .put("accessKey", machine.phoneKey().access())
                .put("secretKey", machine.phoneKey().secret());
    }

    /** One by its number, or all of them if that is said. */
    private static OptionalLong which(JsonObject asked) {
        if (asked.getValue("id") instanceof Number id) {
            return OptionalLong.of(id.longValue());
        }
        if (Boolean.TRUE.equals(asked.getValue("all"))) {
            return OptionalLong.empty();
        }
        throw new IllegalArgumentException("id: a number is needed, or all: true");
    }

    private static Optional<Reply> count(int count) {
        return ok(object().put("count", count));
    }

    private static Optional<Reply> begun(Custodian.Job job) {
        return Optional.of(new Reply(202, Status.job(job).toString()));
    }

    private static Optional<Reply> ok(JsonNode body) {
        return Optional.of(new Reply(200, body.toString()));
    }

    private static ObjectNode object() {
        return Answer.JSON.createObjectNode();
    }

    private static String error(String message) {
        return object().set("error", object().put("code", "UNAVAILABLE").put("message", message))
                .toString();
    }
}
