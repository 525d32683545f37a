package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "phone",
        aliases = "keys",
        description = {
            "Says what to enter in PhotoSync or any other S3 app, so that a phone delivers its photos.",
            "The secret key is shown only with --show."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  memoir phone", "  memoir phone --show"})
final class PhoneCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Option(names = "--show", description = "Show the secret key, too. Whoever reads it can add photos.")
    private boolean show;

    @Option(names = "--json", description = "For scripts.")
    private boolean json;

    @Override
    public Integer call() {
        Installation installation = memoir.installation();
        RunnerFile runner = memoir.runner().runner();
        JsonNode key = StoreKey.read(installation, "phone").json();
        ObjectNode answer = Json.object()
                .put("endpoint", runner.storeAddress().toString())
                .put("bucket", StoreKey.ORIGINALS)
                .put("region", "us-east-1")
                .put("pathStyle", true)
                .put("accessKey", key.path("accessKey").asText());
        if (show) {
            answer.put("secretKey", key.path("secretKey").asText());
        }
        if (json) {
            memoir.terminal().print(Json.pretty(answer));
            return ExitCodes.OK;
        }
        answer.properties()
                .forEach(p -> memoir.terminal()
                        .print("%-12s %s".formatted(p.getKey(), p.getValue().asText())));
        if (!show) {
            memoir.terminal().print("%-12s %s".formatted("secretKey", "(./memoir phone --show)"));
        }
        String host = runner.storeAddress().getHost();
        if (host.equals("127.0.0.1") || host.equals("localhost")) {
            memoir.terminal()
                    .say("A phone cannot reach " + host
                            + ": start Memoir with --host 0.0.0.0 or this machine's address.");
        }
        return ExitCodes.OK;
    }
}
