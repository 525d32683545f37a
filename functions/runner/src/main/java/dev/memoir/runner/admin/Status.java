package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.runner.delivery.Delivery;
import dev.memoir.runner.hosts.LocalProcess;
import dev.memoir.runner.local.Custodian;
import dev.memoir.runner.local.Machine;
import dev.memoir.runner.processes.AlwaysOn;
import dev.memoir.runner.processes.ProcessMemory;
import dev.memoir.runner.rehearsal.Rehearsal;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.Locale;

/** How everything is, as JSON. Asking costs a little; nothing is counted while nobody asks. */
final class Status {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String address;
    private final Machine machine;
    private final Delivery delivery;
    private final QueueCalls calls;
    private final Rehearsal rehearsal;

    Status(String address, Machine machine, Delivery delivery, QueueCalls calls, Rehearsal rehearsal) {
        this.address = address;
        this.machine = machine;
        this.delivery = delivery;
        this.calls = calls;
        this.rehearsal = rehearsal;
    }

    ObjectNode now() {
        ObjectNode status = JSON.createObjectNode();
        status.put("address", address).put("storeAddress", machine.storeAddress());
        ObjectNode functions = status.putObject("functions");
        machine.functions().forEach((name, function) -> functions.set(name, function(name, function)));
        status.putObject("database")
                .put("state", lower(machine.database().state()))
                .put("memoryBytes", machine.database().memoryBytes());
        ObjectNode parts = status.putObject("parts");
        parts.putObject("runner")
                .put(
                        "pssBytes",
                        ProcessMemory.proportional(ProcessHandle.current().pid()));
        part(parts, "store", machine.store());
        part(parts, "queue", machine.queue());
        queue(status);
        status.putObject("store").put("accessKey", machine.storeAccessKey());
        machine.custodian().last("sweep").ifPresent(sweep -> status.set("lastSweep", job(sweep)));
        status.put("faces", machine.custodian().faces());
        status.put("rehearsal", rehearsal.state());
        ObjectNode problems = status.putObject("problems");
        machine.problems().forEach(problems::put);
        return status;
    }

    private ObjectNode function(String name, LocalProcess function) {
        LocalProcess.View view = function.view();
        ObjectNode json = JSON.createObjectNode()
                .put("state", lower(view.state()))
                .put("memoryBytes", view.memoryBytes())
                .put("coldStarts", view.coldStarts())
                .put("lastColdStartMs", view.lastColdStartMs())
                .put("rehearsed", rehearsal.rehearsed(name));
        view.trouble().ifPresent(trouble -> json.put("trouble", trouble));
        return json;
    }

    private static void part(ObjectNode parts, String name, AlwaysOn part) {
        long pid = part.pid();
        parts.putObject(name)
                .put("state", pid == 0 ? "down" : "running")
                .put("pssBytes", pid == 0 ? 0 : ProcessMemory.proportionalOfTree(pid));
    }

    /** Without the numbers when the queue itself is away: then the problems say so. */
    private void queue(ObjectNode status) {
        try {
            ObjectNode queue = calls.waiting();
            long dead = delivery.dead().count();
            status.set("queue", queue);
            status.put("dead", dead);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            status.putObject("queue").put("unknown", "the queue does not answer: " + e.getMessage());
        }
    }

    static ObjectNode job(Custodian.Job job) {
        ObjectNode json = JSON.createObjectNode()
                .put("id", job.id())
                .put("command", job.command())
                .put("state", job.ended().isEmpty() ? "running" : lower(job.state()));
        job.started().ifPresent(at -> json.put("startedAt", at.toString()));
        job.ended().ifPresent(at -> json.put("endedAt", at.toString()));
        json.put("progress", job.said().isNull() ? "" : job.said().toString());
        if (job.ended().isPresent()) {
            json.set("result", job.said());
        }
        job.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
