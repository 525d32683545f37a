package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "people",
        description = "Who was found in your photos: what is known of somebody, and having it forgotten.",
        synopsisSubcommandLabel = "ACTION",
        commandListHeading = "%nActions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir people list",
            "  memoir people export Ada --to ~/ada",
            "  memoir people forget Ada              Ada is not to be recognised",
            "  memoir people forgotten               who is not, and how to take it back"
        })
final class PeopleCommand implements Callable<Integer> {
    private static final int MOST = 200;

    @ParentCommand
    private Memoir memoir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(memoir.terminal().err());
        return ExitCodes.CANNOT;
    }

    @Command(name = "list", description = "Who there is: id, photos, name.")
    int list(
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            defaultValue = QueryCommand.DEFAULT_USER,
                            description = "In this person's photos. Default: ${DEFAULT-VALUE}.")
                    String user) {
        JsonNode people = data(
                user,
                "query($n: Int!) { people(first: $n, atLeast: 1) { edges { node { id name count } } } }",
                Json.object().put("n", MOST));
        people.at("/people/edges")
                .forEach(edge -> print("%s %6d  %s"
                        .formatted(
                                edge.at("/node/id").asText(),
                                edge.at("/node/count").asLong(),
                                edge.at("/node/name").asText(""))));
        return ExitCodes.OK;
    }

    @Command(
            name = "export",
            description = {
                "Writes all that is known of somebody into a new folder: name, decisions, faces with their places, pictures and",
                "the 128 numbers they are told apart by, and the list of photos, of all people of the house. Only you can read it."
            })
    int export(
            @Parameters(paramLabel = "NAME|ID", description = "Whom.") String person,
            @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "Not there yet, or empty.")
                    Path folder) {
        RunnerClient runner = memoir.runner();
        JsonNode result =
                done(runner, runner.exportPerson(person, folder.toAbsolutePath().normalize()), "export");
        print("%s: %d faces (%d pictures), %d photos, %d decisions."
                .formatted(
                        result.path("folder").asText(),
                        result.path("faceCount").asLong(),
                        result.path("pictures").asLong(),
                        result.path("photos").asLong(),
                        result.path("decisions").asLong()));
        return ExitCodes.OK;
    }

    @Command(
            name = "forget",
            description = {
                "Has somebody not be recognised any more, in all photos: their faces, pictures of these and groups are erased, and",
                "no face is looked for at their places. The name stays as text. A new photo of them is of somebody unknown."
            })
    int forget(
            @Parameters(paramLabel = "NAME|ID", description = "Whom.") String person,
            @Option(
                            names = "--user",
                            paramLabel = "NAME",
                            defaultValue = QueryCommand.DEFAULT_USER,
                            description = "Who says so. Default: ${DEFAULT-VALUE}.")
                    String user) {
        String decision = data(
                        user,
                        "mutation($p: ID!) { forgetPerson(id: $p) { decision } }",
                        Json.object().put("p", id(memoir, user, person)))
                .at("/forgetPerson/decision")
                .asText();
        RunnerClient runner = memoir.runner();
        done(runner, runner.peopleCleared(), "erasing");
        print("Not recognised any more, and erased: " + person + ".");
        print("To take it back: ./memoir people recognise " + decision);
        return ExitCodes.OK;
    }

    @Command(name = "forgotten", description = "Who is not to be recognised: the decision, when, and the name.")
    int forgotten(
            @Option(names = "--user", paramLabel = "NAME", defaultValue = QueryCommand.DEFAULT_USER) String user) {
        data(user, "{ unrecognised { id at name } }", Json.object())
                .path("unrecognised")
                .forEach(decision -> print("%s  %s  %s"
                        .formatted(
                                decision.path("id").asText(),
                                decision.path("at").asText(),
                                decision.path("name").asText(""))));
        return ExitCodes.OK;
    }

    @Command(
            name = "recognise",
            description =
                    "Takes back that somebody is not to be recognised: their photos are looked at again, in the background.")
    int recognise(
            @Parameters(paramLabel = "DECISION", description = "As forgotten tells it.") String decision,
            @Option(names = "--user", paramLabel = "NAME", defaultValue = QueryCommand.DEFAULT_USER) String user) {
        data(
                user,
                "mutation($d: ID!) { undoDecision(decision: $d) { decision } }",
                Json.object().put("d", decision));
        RunnerClient runner = memoir.runner();
        done(runner, runner.people(), "grouping");
        runner.sweep();
        print("Taken back: their photos are looked at again in the background.");
        return ExitCodes.OK;
    }

    /** A name may be two people's; then the id is needed. */
    static String id(Memoir memoir, String user, String person) {
        if (person.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            return person;
        }
        JsonNode edges = data(
                        memoir,
                        user,
                        "query($n: Int!, $t: String!) { people(first: $n, text: $t, atLeast: 1) { edges { node { id name } } } }",
                        Json.object().put("n", MOST).put("t", person))
                .at("/people/edges");
        var called = edges.valueStream()
                .map(edge -> edge.path("node"))
                .filter(node -> node.path("name").asText().equalsIgnoreCase(person.strip()))
                .map(node -> node.path("id").asText())
                .toList();
        if (called.size() != 1) {
            throw Failure.failed(
                    called.isEmpty()
                            ? "Nobody is called " + person + "."
                            : called.size() + " people are called " + person,
                    "Say the id; who there is: ./memoir people list");
        }
        return called.getFirst();
    }

    private JsonNode data(String user, String query, ObjectNode variables) {
        return data(memoir, user, query, variables);
    }

    private static JsonNode data(Memoir memoir, String user, String query, ObjectNode variables) {
        return GraphQlClient.as(memoir, user).data(query, variables, "Who there is: ./memoir people list");
    }

    private JsonNode done(RunnerClient runner, String job, String what) {
        return CustodianJob.done(runner, memoir.terminal(), job, what);
    }

    private void print(String line) {
        memoir.terminal().print(line);
    }
}
