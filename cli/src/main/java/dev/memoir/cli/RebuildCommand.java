package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "rebuild",
        description = {
            "Whether the bucket alone could make the database again.",
            "Reads what people decided out of the bucket (edits, albums, names of people, links) and compares it with what the",
            "database has of it. Nothing is changed. What differs is listed, and the command then ends with 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir rebuild --check", "  memoir rebuild --check --json"})
final class RebuildCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Option(names = "--check", required = true, description = "Compare, and change nothing.")
    private boolean check;

    @Option(names = "--json", description = "For scripts: by kind, how many were compared and which differ.")
    private boolean json;

    @Override
    public Integer call() {
        RunnerClient runner = memoir.runner();
        JsonNode result = CustodianJob.done(runner, memoir.terminal(), runner.checkRebuild(), "comparing");
        if (json) {
            memoir.terminal().print(Json.pretty(result));
        } else {
            describe(result);
        }
        return result.path("agrees").asBoolean() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private void describe(JsonNode result) {
        result.properties().stream()
                .filter(kind -> kind.getValue().has("compared"))
                .forEach(kind -> {
                    JsonNode differing = kind.getValue().path("differing");
                    memoir.terminal()
                            .print("%-10s %7d compared, %d differ"
                                    .formatted(
                                            kind.getKey(),
                                            kind.getValue().path("compared").asLong(),
                                            differing.size()));
                    differing
                            .properties()
                            .forEach(one -> memoir.terminal()
                                    .print("  " + one.getKey() + " "
                                            + one.getValue().asText()));
                });
        memoir.terminal()
                .print(
                        result.path("agrees").asBoolean()
                                ? "The bucket alone could make the database again."
                                : "What the bucket has counts: ./memoir sweep mends what files and albums say; docs/editing.md tells the rest.");
    }
}
