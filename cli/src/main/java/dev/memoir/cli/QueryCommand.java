package dev.memoir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "query",
        description = {
            "Asks GraphQL and prints the data as JSON. Wakes the API.",
            "Errors of the answer go to standard error, and the exit code is 1.",
            "With a key, from --key or the environment's MEMOIR_KEY, it asks as whom the key is of, and with --url any other Memoir."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir query '{ __schema { queryType { fields { name description } } } }'",
            "  memoir query 'query($n: Int) { assets(first: $n) { edges { node { sha256 } } } }' --var n=3",
            "  memoir query --user anna '{ assets(first: 1) { edges { node { sha256 } } } }'",
            "  MEMOIR_KEY=mk_… memoir query --url https://photos.example.org '{ instance { assets } }'"
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
            description = "Ask as this person. Default: " + DEFAULT_USER + ", or whom the key is of.")
    private String user;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Ask with this API key (memoir apikey). Others on this machine see arguments: MEMOIR_KEY is better.")
    private String key;

    @Option(
            names = "--url",
            paramLabel = "ADDRESS",
            description = "Where Memoir is, with a key. Default: the one here.")
    private URI url;

    @Override
    public Integer call() {
        ObjectNode given = variables();
        GraphQlClient.Answer answer = client().ask(graphQl, given);
        if (!answer.data().isMissingNode() && !answer.data().isNull()) {
            memoir.terminal().print(Json.pretty(answer.data()));
        }
        answer.errors().forEach(error -> memoir.terminal().say("memoir: GraphQL: " + error));
        return answer.errors().isEmpty() ? ExitCodes.OK : ExitCodes.FAILED;
    }

    private GraphQlClient client() {
        if (user != null && key != null) {
            throw Failure.cannot("--user and --key say both who asks.", "Leave one of them out.");
        }
        Optional<String> shown =
                user != null ? Optional.empty() : Optional.ofNullable(key).or(() -> memoir.environment("MEMOIR_KEY"));
        if (shown.isPresent()) {
            return GraphQlClient.with(
                    shown.get(),
                    url != null ? elsewhere() : memoir.runner().runner().addressHere());
        }
        if (url != null) {
            throw Failure.cannot("--url needs a key.", "Give it in the environment's MEMOIR_KEY.");
        }
        return GraphQlClient.as(memoir, user != null ? user : DEFAULT_USER);
    }

    private URI elsewhere() {
        if (!List.of("http", "https").contains(String.valueOf(url.getScheme())) || url.getHost() == null) {
            throw Failure.cannot("--url " + url + " is no address.", "Give it like https://photos.example.org.");
        }
        return url;
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
