package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "sweep",
        description = {
            "Finds what was missed, by comparing the bucket with the catalog.",
            "Photos that came while Memoir was down go to the functions, and what went leaves the lists. Memoir does it by",
            "itself at its start and every night."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir sweep", "  memoir sweep --json"})
final class SweepCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Option(names = "--json", description = "For scripts: what the sweep covered.")
    private boolean json;

    @Override
    public Integer call() {
        RunnerClient runner = memoir.runner();
        JsonNode job = CustodianJob.ended(runner, memoir.terminal(), runner.sweep(), "sweeping");
        boolean done = CustodianJob.isDone(job);
        if (json) {
            memoir.terminal().print(Json.pretty(job));
        } else if (done) {
            describe(job.path("result"));
        }
        if (!done) {
            throw Failure.failed(
                    "The sweep did not finish: "
                            + job.path("error").asText(job.path("state").asText()),
                    "See ./memoir logs custodian; what it did is kept, and the next sweep goes on from there.");
        }
        return ExitCodes.OK;
    }

    private void describe(JsonNode result) {
        memoir.terminal().print("The sweep is done.");
        result.properties()
                .forEach(p -> memoir.terminal()
                        .print("  %-24s %s"
                                .formatted(
                                        p.getKey(),
                                        p.getValue().isValueNode()
                                                ? p.getValue().asText()
                                                : p.getValue())));
    }
}
