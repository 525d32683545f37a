package dev.memoir.cli;

import dev.memoir.house.HouseRefusal;
import dev.memoir.house.Household;
import dev.memoir.house.Rights;
import dev.memoir.house.User;
import dev.memoir.media.Quota;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "user",
        description = {
            "The people of this house: who may log in, and what they may.",
            "They are documents in the bucket, .memoir/users/NAME.json. Wakes nothing."
        },
        synopsisSubcommandLabel = "ACTION",
        commandListHeading = "%nActions:%n",
        footerHeading = "%nExamples:%n",
        footer = {
            "  memoir user invite --adult         a link for somebody new, good for seven days",
            "  memoir user rights bob --adult     bob is grown up now",
            "  memoir user quota bob 200G         bob's originals may take 200 GiB",
            "  memoir user reset bob              a link with which bob sets a new password"
        })
final class UserCommand implements Callable<Integer> {
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
            throw Failure.failed("Not done: " + refusal.getMessage() + ".", "Who is there: ./memoir user list");
        }
    }

    private void print(String line) {
        memoir.terminal().print(line);
    }

    @Command(name = "list", description = "Who is there.")
    int list(@Option(names = "--json", description = "For scripts.") boolean json) {
        return on(people -> {
            List<User> users = people.household().users();
            if (json) {
                users.forEach(user -> print(Json.write(Json.object()
                        .put("name", user.name())
                        .put("groups", String.join(",", user.rights().groups()))
                        .put("adult", "true".equals(user.rights().attributes().get("adult")))
                        .put("quota", user.rights().quota().map(Quota::bytes).orElse(null))
                        .put("sessions", user.sessions().size()))));
            } else if (users.isEmpty()) {
                print("Nobody yet. " + people.welcome().orElse(""));
            } else {
                users.forEach(user -> print("%-16s %-20s %-6s %-10s %d logged in"
                        .formatted(
                                user.name(),
                                String.join(",", user.rights().groups()),
                                user.rights().attributes().containsKey("adult") ? "adult" : "",
                                user.rights()
                                        .quota()
                                        .map(quota -> Quota.readable(quota.bytes()))
                                        .orElse(""),
                                user.sessions().size())));
            }
        });
    }

    @Command(name = "add", description = "Adds somebody; the password comes from standard input, or is asked for.")
    int add(@Parameters(paramLabel = "NAME") String name, @Mixin RightsOptions rights) {
        String password = password();
        return on(people -> print("Added "
                + people.household().add(name, rights.rights(), password).name() + "."));
    }

    /** Never as an argument: others on the machine see those. */
    private String password() {
        if (System.console() != null && System.console().isTerminal()) {
            return new String(System.console().readPassword("Password: "));
        }
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw Failure.cannot("The password cannot be read: " + e.getMessage(), "Give it on standard input.");
        }
    }

    @Command(name = "invite", description = "Prints a link with which one person comes in, once, within seven days.")
    int invite(
            @Parameters(paramLabel = "NAME", arity = "0..1", description = "Only under this name.") String name,
            @Mixin RightsOptions rights) {
        return on(people ->
                print(people.invitation(people.household().invite(Optional.ofNullable(name), rights.rights()))));
    }

    @Command(
            name = "rights",
            description = "Says anew what somebody may. Holds from their next token on, within a quarter of an hour.")
    int rights(@Parameters(paramLabel = "NAME") String name, @Mixin RightsOptions rights) {
        return on(people -> {
            // How much somebody may keep is no matter of groups.
            Optional<Quota> quota = people.household().user(name).rights().quota();
            User user = people.household().give(name, rights.rights().with(quota));
            print(user.name() + ": " + String.join(",", user.rights().groups()) + " "
                    + user.rights().attributes());
        });
    }

    @Command(
            name = "quota",
            description = {
                "Says how much somebody's originals may take; uploads beyond it are refused, in the browser and by GraphQL.",
                "What phones send by S3 can't be refused. Holds from their next token on, within a quarter of an hour."
            })
    int quota(
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "SIZE", description = "Such as 200G or 1T, in units of 1024; or none.")
                    String size) {
        Optional<Quota> quota;
        try {
            quota = size.equals("none") ? Optional.empty() : Optional.of(Quota.of(size));
        } catch (IllegalArgumentException e) {
            throw Failure.cannot(e.getMessage() + ".", "Give it like 200G, or none.");
        }
        return on(people -> {
            Rights rights = people.household().user(name).rights();
            User user = people.household().give(name, rights.with(quota));
            print(user.name() + ": "
                    + quota.map(most -> Quota.readable(most.bytes())).orElse("as much as there is room"));
        });
    }

    @Command(name = "reset", description = "Prints a link with which somebody sets a new password.")
    int reset(@Parameters(paramLabel = "NAME") String name) {
        return on(people -> print(people.invitation(people.household().reset(name))));
    }

    @Command(
            name = "codes",
            description = {
                "Prints recovery codes: each lets in once in place of the password.",
                "Earlier codes are void. They are kept as hashes only, so write them down."
            })
    int codes(@Parameters(paramLabel = "NAME") String name) {
        return on(people -> people.household().recoveryCodes(name).forEach(this::print));
    }

    @Command(name = "remove", description = "Lets somebody in no more. Their pictures stay, and so does the name.")
    int remove(@Parameters(paramLabel = "NAME") String name) {
        return on(people -> {
            people.household().remove(name);
            print("Removed " + name + "; what they own stays under users/" + name + "/.");
        });
    }

    @Command(name = "sessions", description = "Where somebody is logged in.")
    int sessions(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--end", paramLabel = "ID", description = "Ends this one.") String end) {
        return on(people -> {
            if (end != null) {
                people.household().endSession(name, end);
            }
            people.household()
                    .user(name)
                    .sessions()
                    .forEach(s -> print(
                            s.id() + "  since " + s.createdAt() + "  until " + s.expiresAt() + "  " + s.device()));
        });
    }

    @Command(name = "log", description = "Who changed whose rights, the newest first.")
    int log(
            @Option(names = "--last", paramLabel = "N", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
                    int last) {
        return on(people -> people.household().changes(last).forEach(change -> print(line(change))));
    }

    private static String line(Household.Change change) {
        return "%s  %-14s %s by %s  %s %s"
                .formatted(
                        change.at(),
                        change.what(),
                        change.whom(),
                        change.by(),
                        String.join(",", change.groups()),
                        String.join(",", change.attributes()))
                .strip();
    }
}
