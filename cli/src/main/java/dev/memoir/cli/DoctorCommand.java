package dev.memoir.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.parts.Finding;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "doctor",
        description = {
            "Says what is there, what is missing, what that costs and the command that mends it. Changes nothing.",
            "Exit code 1 when something is missing without which Memoir cannot run."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir doctor", "  memoir doctor --json"})
final class DoctorCommand implements Callable<Integer> {
    private static final long LITTLE_SPACE = 1L << 30;
    private static final double GIB = 1L << 30;

    @ParentCommand
    private Memoir memoir;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Installation installation = memoir.installation();
        List<Finding> findings =
                new ArrayList<>(Parts.at(installation.partsCache()).examine());
        findings.add(programs(installation, memoir.environment().containsKey("MEMOIR_CHECKOUT")));
        findings.add(library(installation));
        findings.add(runner(installation));
        if (json) {
            memoir.terminal().print(Json.pretty(json(findings)));
        } else {
            findings.forEach(this::describe);
        }
        return findings.stream().anyMatch(Finding::blocks) ? ExitCodes.FAILED : ExitCodes.OK;
    }

    /** In a checkout, lacking programs cost a person nothing but time: they are built when they are needed. */
    private static Finding programs(Installation installation, boolean checkout) {
        List<Path> needed = List.of(
                installation.program("runner"),
                installation.program("custodian"),
                installation.function("api"),
                installation.function("postprocessor"),
                installation.function("ai"));
        List<String> missing = needed.stream()
                .filter(jar -> !Files.exists(jar))
                .map(jar ->
                        installation.distribution().relativize(jar).getName(0).toString())
                .toList();
        return missing.isEmpty()
                ? there("programs", installation.distribution().toString())
                : new Finding(
                        "programs",
                        Optional.empty(),
                        Optional.of("not built: " + String.join(", ", missing) + " in " + installation.distribution()
                                + (checkout ? "; the first start takes some minutes" : "")),
                        Optional.of("./memoir up" + (checkout ? "" : ", in a checkout")),
                        !checkout);
    }

    /** The first folder on the way up that exists decides whether the library can be made. */
    private static Finding library(Installation installation) {
        Path folder = installation.library();
        Path existing = folder;
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return new Finding(
                    "library",
                    Optional.empty(),
                    Optional.of(folder + " cannot be written"),
                    Optional.of("name another folder with --data DIR"),
                    true);
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String told = folder
                    + (existing.equals(folder) ? "" : " (made at the first start)")
                    + ", %.1f GiB free".formatted(free / GIB);
            return free >= LITTLE_SPACE
                    ? there("library", told)
                    : new Finding(
                            "library",
                            Optional.of(told),
                            Optional.of("soon nothing can be taken in"),
                            Optional.of("make room, or name a folder on a larger disk with --data DIR"),
                            false);
        } catch (IOException e) {
            return new Finding(
                    "library", Optional.empty(), Optional.of(folder + ": " + e.getMessage()), Optional.empty(), true);
        }
    }

    private static Finding runner(Installation installation) {
        Optional<RunnerClient> running = RunnerClient.find(installation);
        if (running.isEmpty()) {
            return there("memoir", "not running (start it with ./memoir up)");
        }
        Status status = running.get().status();
        String told = "runs at " + running.get().runner().address();
        Optional<Map.Entry<String, String>> problem =
                status.problems().entrySet().stream().findFirst();
        if (problem.isPresent()) {
            return new Finding(
                    "memoir",
                    Optional.of(told),
                    problem.map(p -> p.getKey() + " does not work: " + p.getValue()),
                    Optional.of("./memoir logs " + problem.get().getKey()),
                    false);
        }
        if (status.dead() > 0) {
            return new Finding(
                    "memoir",
                    Optional.of(told),
                    Optional.of(status.dead() + " events were given up"),
                    Optional.of("./memoir dead"),
                    false);
        }
        return there("memoir", told);
    }

    private static Finding there(String name, String what) {
        return new Finding(name, Optional.of(what), Optional.empty(), Optional.empty(), false);
    }

    private void describe(Finding finding) {
        String mark = finding.blocks()
                ? "MISSING"
                : finding.cost().isEmpty() ? "ok" : finding.found().isEmpty() ? "missing" : "limited";
        memoir.terminal()
                .print("%-8s %-14s %s"
                        .formatted(mark, finding.name(), finding.found().orElse(""))
                        .stripTrailing());
        finding.cost().ifPresent(cost -> memoir.terminal().print(" ".repeat(24) + "costs: " + cost));
        finding.command().ifPresent(command -> memoir.terminal().print(" ".repeat(24) + "mends: " + command));
    }

    private static ObjectNode json(List<Finding> findings) {
        ObjectNode answer = Json.object();
        answer.put("ready", findings.stream().noneMatch(Finding::blocks));
        ArrayNode list = answer.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("name", finding.name())
                    .put("found", finding.found().orElse(null))
                    .put("cost", finding.cost().orElse(null))
                    .put("command", finding.command().orElse(null))
                    .put("needed", finding.needed());
        }
        return answer;
    }
}
