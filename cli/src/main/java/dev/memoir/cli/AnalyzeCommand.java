package dev.memoir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "analyze",
        description = {
            "Has the models look at photos again, in the background: new photos go first.",
            "Shows how far it is; Ctrl-C ends only the showing."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir analyze --all",
            "  memoir analyze --person Ada",
            "  memoir analyze --filter '{\"labels\":[\"dog\"],\"years\":[2024]}'    as GraphQL's AssetFilter",
            "  memoir analyze --pause                 and later: memoir analyze --resume"
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final int PAGE = 200;
    private static final long LOOK_MILLIS = 500;
    private static final int MOST_REASONS = 5;
    private static final String ADVICE = "All filters: AssetFilter in the schema";

    /** The longest that the runner takes: a pause that is forgotten ends by itself. */
    private static final Duration PAUSE = Duration.ofHours(1);

    @ParentCommand
    private Memoir memoir;

    @ArgGroup(multiplicity = "1")
    private What what;

    @Option(names = "--detach", description = "Return as soon as it is asked for.")
    private boolean detach;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = QueryCommand.DEFAULT_USER,
            description = "Of those that this person may change. Default: ${DEFAULT-VALUE}.")
    private String user;

    private static final class What {
        @Parameters(paramLabel = "ID", description = "These, by their ids.")
        private List<String> ids;

        @Option(names = "--all", description = "All.")
        private boolean all;

        @Option(names = "--person", paramLabel = "NAME|ID", description = "Those that show somebody.")
        private String person;

        @Option(names = "--filter", paramLabel = "JSON", description = "Those that it leaves.")
        private String filter;

        @Option(names = "--pause", description = "Looks at nothing for an hour, at new photos neither.")
        private boolean pause;

        @Option(names = "--resume", description = "Ends a pause.")
        private boolean resume;
    }

    @Override
    public Integer call() {
        RunnerClient runner = memoir.runner();
        if (what.pause || what.resume) {
            runner.pause("ai", what.pause ? PAUSE : Duration.ZERO);
            memoir.terminal()
                    .print(what.pause ? "Paused for an hour. To go on: ./memoir analyze --resume" : "It goes on.");
            return ExitCodes.OK;
        }
        JsonNode filter = what.ids == null ? filter() : Json.object();
        GraphQlClient api = GraphQlClient.as(memoir, user);
        Asked asked = what.ids == null ? askAll(api, filter) : ask(api, what.ids);
        memoir.terminal().print(asked.wanted + (asked.wanted == 1 ? " photo is" : " photos are") + " looked at again.");
        asked.left.entrySet().stream()
                .limit(MOST_REASONS)
                .forEach(left -> memoir.terminal().print("%6d left out: %s".formatted(left.getValue(), left.getKey())));
        if (!detach && asked.wanted > 0) {
            follow(runner);
        }
        return asked.wanted > 0 || asked.left.isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private JsonNode filter() {
        if (what.person != null) {
            ArrayNode people = Json.array();
            people.add(PeopleCommand.id(memoir, user, what.person));
            return Json.object().set("people", people);
        }
        try {
            return what.filter == null ? Json.object() : Json.parse(what.filter);
        } catch (JsonProcessingException e) {
            throw Failure.cannot(
                    "--filter is not JSON: " + e.getOriginalMessage(), "Give an object like {\"labels\":[\"dog\"]}.");
        }
    }

    /** How many were asked for, and how many were not, by the reason. */
    private static final class Asked {
        private int wanted;
        private final TreeMap<String, Integer> left = new TreeMap<>();

        void add(Asked other) {
            wanted += other.wanted;
            other.left.forEach((reason, count) -> left.merge(reason, count, Integer::sum));
        }
    }

    /** All ids first: what is looked at meanwhile may leave the filter. */
    private Asked askAll(GraphQlClient api, JsonNode filter) {
        List<String> ids = new ArrayList<>();
        String after = null;
        do {
            ObjectNode variables = Json.object().put("n", PAGE).put("a", after);
            variables.set("f", filter);
            JsonNode page = api.data(
                            "query($n: Int!, $a: String, $f: AssetFilter) { assets(first: $n, after: $a, filter: $f) {"
                                    + " pageInfo { hasNextPage endCursor } edges { node { id } } } }",
                            variables,
                            ADVICE)
                    .path("assets");
            page.path("edges").forEach(edge -> ids.add(edge.at("/node/id").asText()));
            memoir.terminal().passing(ids.size() + " found");
            after = page.at("/pageInfo/hasNextPage").asBoolean()
                    ? page.at("/pageInfo/endCursor").asText()
                    : null;
        } while (after != null);
        memoir.terminal().clearPassing();
        Asked asked = new Asked();
        for (int from = 0; from < ids.size(); from += PAGE) {
            asked.add(ask(api, ids.subList(from, Math.min(ids.size(), from + PAGE))));
            memoir.terminal().passing("asked for " + asked.wanted + " of " + ids.size());
        }
        memoir.terminal().clearPassing();
        return asked;
    }

    private static Asked ask(GraphQlClient api, List<String> ids) {
        ArrayNode wanted = Json.array();
        ids.forEach(wanted::add);
        Asked asked = new Asked();
        api.data(
                        "mutation($i: [String!]!) { analyze(ids: $i) { outcome reason } }",
                        Json.object().set("i", wanted),
                        ADVICE)
                .path("analyze")
                .forEach(outcome -> {
                    if (outcome.path("outcome").asText().equals("DONE")) {
                        asked.wanted++;
                    } else {
                        asked.left.merge(outcome.path("reason").asText("there is no such photo"), 1, Integer::sum);
                    }
                });
        return asked;
    }

    /** By what waits in the queue, whoever asked for it. */
    private void follow(RunnerClient runner) {
        long began = System.nanoTime();
        Status status = runner.status();
        long first = status.queued();
        while (!status.quiet()) {
            long waiting = status.queued();
            double seconds = (System.nanoTime() - began) / 1e9;
            memoir.terminal()
                    .passing("%d wait or are under way, %.1f a second".formatted(waiting, (first - waiting) / seconds));
            Await.pause(LOOK_MILLIS);
            status = runner.status();
        }
        memoir.terminal().clearPassing();
        memoir.terminal().print("Done. What could not be looked at, and why: ./memoir dead list");
    }
}
