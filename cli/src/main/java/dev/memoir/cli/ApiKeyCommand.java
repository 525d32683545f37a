package dev.memoir.cli;

import dev.memoir.house.ApiKey;
import dev.memoir.house.ApiKeys;
import dev.memoir.house.HouseRefusal;
import dev.memoir.house.User;
import dev.memoir.identity.KeyTokens;
import dev.memoir.media.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "apikey",
        description = {
            "Keys with which scripts ask as a person, for a longer time than by a token, and no more than they need.",
            "A key is shown once. It ends when its time is over, at once when it is revoked, and with its person. Wakes nothing."
        },
        synopsisSubcommandLabel = "ACTION",
        commandListHeading = "%nActions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir apikey create frame --scope read --for anna    for a photo frame",
            "  memoir apikey create upload --scope write --expires 365d",
            "  curl -H 'Authorization: Bearer mk_…' -H 'Content-Type: application/json' \\",
            "       -d '{\"query\":\"{ instance { assets } }\"}' http://127.0.0.1:7700/graphql"
        })
final class ApiKeyCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(memoir.terminal().err());
        return ExitCodes.CANNOT;
    }

    private int on(Consumer<HousePeople> work) {
        try {
            return HousePeople.with(memoir, people -> {
                work.accept(people);
                return ExitCodes.OK;
            });
        } catch (HouseRefusal refusal) {
            throw Failure.failed("Not done: " + refusal.getMessage() + ".", "What there is: ./memoir apikey list");
        }
    }

    @Command(name = "create", description = "Makes a key and prints it. It is not shown again.")
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(
                            names = "--scope",
                            paramLabel = "SCOPE",
                            required = true,
                            description =
                                    "read: changes nothing; write: administers nothing; admin: all that the person may.")
                    Scope scope,
            @Option(
                            names = "--expires",
                            paramLabel = "DAYSd",
                            defaultValue = "90d",
                            description = "How long it is good, at most 3650d. Default: ${DEFAULT-VALUE}.")
                    String expires,
            @Option(
                            names = "--for",
                            paramLabel = "USER",
                            description = "As whom it asks. Default: home, who owns what belongs to all.")
                    String user) {
        Duration validity = days(expires);
        return on(people -> {
            KeyTokens.Fresh fresh = people.freshKey();
            String owner = user == null ? people.owner() : User.checkedName(user);
            ApiKey key = people.keys().create(fresh.id(), owner, name, scope, validity, HousePeople.BY);
            memoir.terminal().print(fresh.key());
            memoir.terminal()
                    .say("Key " + key.name() + " of " + key.owner() + ", " + scope.token() + ", until "
                            + key.expiresAt() + ". It is not shown again.");
        });
    }

    /** ISO 8601 has no day without its P. */
    private static Duration days(String text) {
        try {
            return Duration.parse("P" + text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException e) {
            throw Failure.cannot("--expires " + text + " is no number of days.", "Give it like 90d.");
        }
    }

    @Command(name = "list", description = "Keys that were not revoked.")
    int list(@Option(names = "--json", description = "For scripts.") boolean json) {
        return on(people -> people.keys().all().forEach(key -> print(key, json)));
    }

    private void print(ApiKey key, boolean json) {
        String used = key.usedAt().map(Instant::toString).orElse("never");
        if (json) {
            memoir.terminal()
                    .print(Json.write(Json.object()
                            .put("id", key.id())
                            .put("name", key.name())
                            .put("user", key.owner())
                            .put("scope", key.scope().token())
                            .put("createdAt", key.createdAt().toString())
                            .put("expiresAt", key.expiresAt().toString())
                            .put("usedAt", key.usedAt().map(Instant::toString).orElse(null))));
            return;
        }
        String end = key.expiresAt().isAfter(Instant.now()) ? "until " : "ended ";
        memoir.terminal()
                .print("%s  %-16s %-12s %-5s  %s%s  used %s"
                        .formatted(
                                key.id(), key.name(), key.owner(), key.scope().token(), end, key.expiresAt(), used));
    }

    @Command(name = "revoke", description = "Ends a key at once, and for good.")
    int revoke(@Parameters(paramLabel = "NAME-or-ID") String which) {
        return on(people -> {
            ApiKeys keys = people.keys();
            List<ApiKey> meant = keys.all().stream()
                    .filter(key -> key.id().equals(which) || key.name().equals(which))
                    .toList();
            if (meant.size() != 1) {
                throw Failure.failed(
                        meant.isEmpty()
                                ? "There is no key " + which + "."
                                : "There are " + meant.size() + " keys " + which + ", of several people: give the ID.",
                        "What there is: ./memoir apikey list");
            }
            ApiKey key = meant.getFirst();
            keys.revoke(key.id(), key.owner(), HousePeople.BY);
            memoir.terminal().print("Revoked " + key.name() + " of " + key.owner() + ".");
        });
    }
}
