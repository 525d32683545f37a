package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "dead",
        description = "Dead letters: events that a function failed on until its attempts were spent.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir dead               what was given up, and why",
            "  memoir dead replay        try all of them again",
            "  memoir dead drop 17       forget number 17; the photo itself stays in the bucket"
        })
final class DeadCommand implements Callable<Integer> {
    /** What to do with the letters. */
    enum Action {
        list,
        replay,
        drop
    }

    @ParentCommand
    private Memoir memoir;

    @Parameters(
            index = "0",
            arity = "0..1",
            defaultValue = "list",
            paramLabel = "ACTION",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Action action;

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "Only this one. Default: all.")
    private Long id;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        RunnerClient runner = memoir.runner();
        JsonNode answer = switch (action) {
            case list -> runner.deadLetters();
            case replay -> runner.replayDead(Optional.ofNullable(id));
            case drop -> runner.dropDead(Optional.ofNullable(id));
        };
        if (id != null && !hasOne(answer)) {
            throw Failure.failed("There is no dead letter " + id + ".", "What there is: ./memoir dead");
        }
        if (json) {
            memoir.terminal().print(Json.pretty(answer));
        } else if (action == Action.list) {
            describe(answer);
        } else {
            memoir.terminal().print((action == Action.replay ? "Sent again: " : "Dropped: ") + count(answer));
        }
        return ExitCodes.OK;
    }

    private boolean hasOne(JsonNode answer) {
        return answer.isArray()
                ? answer.valueStream().anyMatch(letter -> letter.path("id").asLong() == id)
                : answer.path("count").asLong(1) > 0;
    }

    private static String count(JsonNode answer) {
        return answer.path("count").asText(Json.write(answer));
    }

    private void describe(JsonNode answer) {
        JsonNode letters = answer.isArray() ? answer : answer.path("letters");
        if (letters.isEmpty()) {
            memoir.terminal().print("No dead letters.");
        }
        for (JsonNode letter : letters) {
            if (id == null || letter.path("id").asLong() == id) {
                memoir.terminal()
                        .print("%s  %s  %s  %s%n    %s"
                                .formatted(
                                        letter.path("id").asText(),
                                        letter.path("at").asText(),
                                        letter.path("function").asText(),
                                        letter.path("subject").asText(),
                                        letter.path("reason").asText()));
            }
        }
    }
}
