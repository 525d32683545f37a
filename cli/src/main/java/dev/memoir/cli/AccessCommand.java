package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.house.Rights;
import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.Case;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.media.access.Rule;
import dev.memoir.media.access.Thing;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "access",
        description = "Who may see and change what, and why.",
        synopsisSubcommandLabel = "ACTION",
        commandListHeading = "%nActions:%n",
        footerHeading = "%nExamples:%n",
        footer = {"  memoir access table", "  memoir access explain bob 3f5a…    the id or SHA-256 of a photo"})
final class AccessCommand implements Callable<Integer> {
    @ParentCommand
    private Memoir memoir;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(memoir.terminal().err());
        return ExitCodes.CANNOT;
    }

    @Command(name = "table", description = "The rules, and what they say of everybody and everything they tell apart.")
    int table() {
        Terminal terminal = memoir.terminal();
        terminal.print("Rules. One that denies wins over every one that allows; what no rule allows is denied.");
        for (Rule rule : Rule.values()) {
            terminal.print("  %-5s %-20s %s".formatted(rule.allows() ? "allow" : "deny", name(rule), rule.words()));
        }
        terminal.print("");
        terminal.print("%-9s %-7s %-15s %-10s %-6s %-6s %-5s %s"
                .formatted("who", "does", "of", "sensitive", "trash", "album", "may", "by"));
        for (DecisionTable.Row row : DecisionTable.rows()) {
            terminal.print(
                    line(row.who().subject(), row.action(), whose(row), row.thing(), row.given(), row.decision()));
        }
        for (DecisionTable.GuestRow row : DecisionTable.guests()) {
            terminal.print(line(
                    row.linked() ? "by a link" : "other l.",
                    row.action(),
                    whose(row.thing().owner()),
                    row.thing(),
                    false,
                    row.decision()));
        }
        terminal.print("");
        terminal.print(
                "Albums. What somebody is to one says what they may; what is in it, the rules above hide all the same.");
        terminal.print("%-11s %-7s %-4s %s".formatted("role", "does", "may", ""));
        for (DecisionTable.AlbumRow row : DecisionTable.albums()) {
            terminal.print("%-11s %-7s %-4s %s"
                    .formatted(
                            row.role().name().toLowerCase(Locale.ROOT),
                            row.action().name().toLowerCase(Locale.ROOT),
                            row.allowed() ? "yes" : "no",
                            row.action().words()));
        }
        return ExitCodes.OK;
    }

    private static String line(
            String who, Action action, String whose, Thing thing, boolean given, Rule.Decision decision) {
        return "%-9s %-7s %-15s %-10s %-6s %-6s %-5s %s"
                .formatted(
                        who,
                        action.name().toLowerCase(Locale.ROOT),
                        whose,
                        thing.sensitive() ? "sensitive" : "",
                        thing.trashed() ? "trash" : "",
                        given ? "has it" : "",
                        decision.allowed() ? "yes" : "no",
                        decision.rule().map(AccessCommand::name).orElse("no rule"));
    }

    private static String whose(DecisionTable.Row row) {
        String owner = row.thing().owner();
        if (owner.equals(row.who().subject())) {
            return "their own";
        }
        return whose(owner);
    }

    private static String whose(String owner) {
        return owner.equals(DecisionTable.HOUSEHOLD) ? "the household" : owner;
    }

    private static String name(Rule rule) {
        return rule.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Command(
            name = "explain",
            description = {
                "Says for one person and one photo what the rules decide, and by which rule. Wakes the API.",
                "The photo is looked for among what everybody of the house owns."
            })
    int explain(
            @Parameters(paramLabel = "USER") String user,
            @Parameters(paramLabel = "ASSET", description = "Its id, or the SHA-256 of its content.") String asset) {
        return HousePeople.with(memoir, people -> {
            Claims who = claims(people, user);
            List<Found> things = things(people, user, asset);
            if (things.isEmpty()) {
                throw Failure.failed("Nobody of the house has a photo " + asset + ".", "Give its id or its SHA-256.");
            }
            for (Found found : things) {
                Thing thing = found.thing();
                memoir.terminal()
                        .print(thing.owner() + "'s" + (thing.sensitive() ? ", sensitive" : "")
                                + (thing.trashed() ? ", in the trash" : "")
                                + (found.given() ? ", in an album that " + user + " has" : ""));
                for (Action action : Action.values()) {
                    Rule.Decision decision = Rule.decide(Case.of(who, action, thing, found.given(), people.owner()));
                    memoir.terminal()
                            .print("  %s %s it: %s (%s)"
                                    .formatted(
                                            user + (decision.allowed() ? " may" : " may not"),
                                            action.name().toLowerCase(Locale.ROOT),
                                            decision.words(),
                                            decision.rule()
                                                    .map(AccessCommand::name)
                                                    .orElse("no rule")));
                }
            }
            return ExitCodes.OK;
        });
    }

    private static Claims claims(HousePeople people, String user) {
        if (user.equals(people.owner())) {
            return new Claims(user, Set.of(), Map.of());
        }
        Rights rights = people.rights(user)
                .orElseThrow(
                        () -> Failure.failed("There is no user " + user + ".", "Who is there: ./memoir user list"));
        return new Claims(user, rights.groups(), rights.attributes());
    }

    /** @param given whether it is in an album that the one has who is asked about */
    private record Found(Thing thing, boolean given) {}

    /** As everybody of the house sees it: one content may be several people's, and lie in several people's albums. */
    private List<Found> things(HousePeople people, String user, String asset) {
        Set<String> everybody = new TreeSet<>(Set.of(people.owner()));
        people.household().users().forEach(person -> everybody.add(person.name()));
        Set<String> theirs = albums(user);
        String argument = asset.matches("[0-9a-f]{64}") ? "sha256" : "id";
        String type = argument.equals("id") ? "ID" : "String";
        ObjectNode variables = Json.object().put("a", asset);
        Map<String, Thing> things = new TreeMap<>();
        Set<String> given = new TreeSet<>();
        for (String person : everybody) {
            GraphQlClient.Answer answer = GraphQlClient.as(memoir, person)
                    .ask(
                            "query($a: " + type + ") { asset(" + argument
                                    + ": $a) { owner nsfw trashedAt albums { id } } }",
                            variables);
            if (!answer.errors().isEmpty()) {
                throw Failure.failed("The API says: " + answer.errors().getFirst(), "Give an id or a SHA-256.");
            }
            JsonNode seen = answer.data().path("asset");
            thing(seen).ifPresent(thing -> {
                if (thing.owner().equals(person)) {
                    things.put(person, thing);
                }
                if (seen.path("albums").findValuesAsText("id").stream().anyMatch(theirs::contains)) {
                    given.add(thing.owner());
                }
            });
        }
        return things.values().stream()
                .map(thing -> new Found(thing, given.contains(thing.owner())))
                .toList();
    }

    private Set<String> albums(String user) {
        GraphQlClient api = GraphQlClient.as(memoir, user);
        Set<String> albums = new TreeSet<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = api.ask(
                            "query($a: String) { albums(first: 200, after: $a) { edges { node { id } }"
                                    + " pageInfo { hasNextPage endCursor } } }",
                            Json.object().put("a", after))
                    .data()
                    .path("albums");
            albums.addAll(page.path("edges").findValuesAsText("id"));
            after = page.at("/pageInfo/endCursor").asText();
            more = page.at("/pageInfo/hasNextPage").asBoolean();
        }
        return albums;
    }

    private static Optional<Thing> thing(JsonNode asset) {
        return asset.isMissingNode() || asset.isNull()
                ? Optional.empty()
                : Optional.of(new Thing(
                        asset.path("owner").asText(),
                        asset.path("nsfw").asDouble(0) > Thing.SENSITIVE,
                        !asset.path("trashedAt").isNull()));
    }
}
