package dev.memoir.cli;

import dev.memoir.media.Scope;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "token",
        description = {
            "Prints a bearer token that opens GraphQL as one person.",
            "Who has it sees what that person sees: keep it like a password.",
            "It can't be taken back. For a script that stays, make a key: memoir apikey."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  curl -H \"Authorization: Bearer $(memoir token)\" -H 'Content-Type: application/json' \\",
            "       -d '{\"query\":\"{ __typename }\"}' http://127.0.0.1:7700/graphql"
        })
final class TokenCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            defaultValue = QueryCommand.DEFAULT_USER,
            description = "The person. Default: ${DEFAULT-VALUE}.")
    private String user;

    @Option(
            names = "--hours",
            paramLabel = "N",
            defaultValue = "12",
            description = "How long it is valid. Default: ${DEFAULT-VALUE}.")
    private int hours;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            defaultValue = "admin",
            description = "read: changes nothing; write: administers nothing; admin: all that the person may."
                    + " Default: ${DEFAULT-VALUE}.")
    private Scope scope;

    @Override
    public Integer call() {
        if (hours < 1) {
            throw Failure.cannot("--hours " + hours + ": a token is valid for at least one hour.", "Give 1 or more.");
        }
        memoir.terminal().print(HousePeople.token(memoir, user, Duration.ofHours(hours), scope));
        return ExitCodes.OK;
    }
}
