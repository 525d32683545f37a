package dev.memoir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "query",
        description = {
            "Asks GraphQL and prints the data as JSON. Wakes the API.",
            "Errors of the answer go to standard error, and the exit code is 1."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir query '{ __schema { queryType { fields { name description } } } }'",
            "  memoir query 'query($n: Int) { assets(first: $n) { edges { node { sha256 } } } }' --var n=3",
            "  memoir query --user anna '{ assets(first: 1) { edges { node { sha256 } } } }'"
        })
final class QueryCommand implements Callable<Integer> {
    static final String DEFAULT_USER = "home";

    @ParentCommand
    private Memoir memoir;

    @Parameters(paramLabel = "GRAPHQL", description = "The query or mutation.")
    private String graphQl;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "A variable. The value is JSON where it can be read as such (3, true, [1,2]), else text.")
    private Map<String, String> single = new LinkedHashMap<>();

    @Option(names = "--variables", paramLabel = "JSON", description = "All variables as one JSON object.")
    private String variables;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = DEFAULT_USER,
            description = "Ask as this person. Default: ${DEFAULT-VALUE}.")
    private String user;

    @Override
    public Integer call() {
        ObjectNode given = variables();
        GraphQlClient.Answer answer = GraphQlClient.as(memoir, user).ask(graphQl, given);
        if (!answer.data().isMissingNode() && !answer.data().isNull()) {
            memoir.terminal().print(Json.pretty(answer.data()));
        }
        answer.errors().forEach(error -> memoir.terminal().say("memoir: GraphQL: " + error));
        return answer.errors().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private ObjectNode variables() {
        ObjectNode given = Json.object();
        if (variables != null) {
            try {
                if (!(Json.parse(variables) instanceof ObjectNode object)) {
                    throw Failure.cannot("--variables is JSON, but not an object.", "Give it like {\"n\":3}.");
                }
                given = object;
            } catch (JsonProcessingException e) {
                throw Failure.cannot(
                        "--variables is not JSON: " + e.getOriginalMessage(), "Give an object like {\"n\":3}.");
            }
        }
        for (Map.Entry<String, String> variable : single.entrySet()) {
            given.set(variable.getKey(), value(variable.getValue()));
        }
        return given;
    }

    private static JsonNode value(String text) {
        try {
            JsonNode parsed = Json.parse(text);
            return parsed.isMissingNode() ? Json.text(text) : parsed;
        } catch (JsonProcessingException e) {
            return Json.text(text);
        }
    }
}
