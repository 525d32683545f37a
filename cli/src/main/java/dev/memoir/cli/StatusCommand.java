package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "status",
        description = {
            "Says what runs, what sleeps, what waits, and how much memory it takes. Wakes nothing.",
            "Exit code 0 also when Memoir is not running; --json then prints {\"running\":false}."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir status", "  memoir status --json"})
final class StatusCommand implements Callable<Integer> {
    private static final double MIB = 1024 * 1024;

    @ParentCommand
    private Memoir memoir;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Optional<Status> status = RunnerClient.find(memoir.installation()).map(RunnerClient::status);
        if (json) {
            ObjectNode answer = Json.object().put("running", status.isPresent());
            status.ifPresent(
                    s -> s.json().properties().forEach(property -> answer.set(property.getKey(), property.getValue())));
            Map<String, JsonNode> counts = VisionCounts.of(memoir.installation(), Clock.systemUTC());
            if (!counts.isEmpty()) {
                answer.set("vision", VisionCounts.json(counts));
            }
            memoir.terminal().print(Json.pretty(answer));
        } else if (status.isEmpty()) {
            memoir.terminal().print("Memoir is not running. Start it with: ./memoir up");
        } else {
            describe(status.get());
        }
        return ExitCodes.OK;
    }

    private void describe(Status status) {
        JsonNode json = status.json();
        line("Memoir    %s", json.path("address").asText());
        line("S3        %s", json.path("storeAddress").asText());
        line("");
        line("%-14s %-8s %12s %12s %12s", "function", "state", "memory", "cold starts", "last");
        json.path("functions").properties().forEach(f -> function(f.getKey(), f.getValue()));
        line("%-14s %-8s %12s", "database", status.database(), memory(json.path("database"), "memoryBytes"));
        line("");
        line("always on");
        json.path("parts")
                .properties()
                .forEach(p -> line("%-14s %-8s %12s", p.getKey(), "", memory(p.getValue(), "pssBytes")));
        line("");
        line("waiting   %d events", status.queued());
        line("gave up   %d%s", status.dead(), status.dead() == 0 ? "" : "   see ./memoir dead");
        line(
                "faces     %s",
                switch (status.faces()) {
                    case "on" -> "looked for";
                    case "off" -> "not looked for";
                    default -> "not looked for; nobody has decided: ./memoir faces --library on, or off";
                });
        VisionCounts.of(memoir.installation(), Clock.systemUTC())
                .forEach((service, count) -> line("vision    %s", VisionCounts.line(service, count)));
        status.problems().forEach((what, why) -> line("problem   %s: %s", what, why));
        if (!List.of("off", "done").contains(status.rehearsal())) {
            line("starts    are still slow; fast ones are being prepared: %s", status.rehearsal());
        }
        JsonNode swept = json.path("lastSweep");
        if (!swept.isMissingNode() && !swept.isNull()) {
            line(
                    "sweep     %s %s",
                    swept.path("state").asText(), swept.path("endedAt").asText());
        }
    }

    private void function(String name, JsonNode f) {
        long starts = f.path("coldStarts").asLong();
        String last = f.path("lastColdStartMs").asLong() > 0
                ? f.path("lastColdStartMs").asLong() + " ms"
                : "";
        line("%-14s %-8s %12s %12d %12s", name, f.path("state").asText(), memory(f, "memoryBytes"), starts, last);
    }

    private static String memory(JsonNode part, String field) {
        long bytes = part.path(field).asLong();
        return bytes > 0 ? "%.0f MiB".formatted(bytes / MIB) : "";
    }

    private void line(String format, Object... values) {
        memoir.terminal().print(format.formatted(values).stripTrailing());
    }
}
