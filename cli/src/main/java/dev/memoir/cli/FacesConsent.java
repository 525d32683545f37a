package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.parts.Part;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/** The one decision of whoever runs Memoir: whether it looks for faces. Until somebody decides, it does not. */
final class FacesConsent {
    private final Installation installation;
    private final Terminal terminal;

    FacesConsent(Installation installation, Terminal terminal) {
        this.installation = installation;
        this.terminal = terminal;
    }

    /** At a start: what was said with it counts, and a terminal is asked once. */
    void settle(RunnerClient runner, Optional<FacesChoice> said) {
        String now = runner.status().faces();
        if (said.isPresent() && !said.get().name().equals(now)) {
            want(runner, said.get());
        } else if (said.isEmpty() && now.equals(Status.UNDECIDED)) {
            ask().ifPresent(choice -> want(runner, choice));
        }
    }

    private Optional<FacesChoice> ask() {
        if (!terminal.interactive()) {
            return Optional.empty();
        }
        terminal.say("");
        terminal.say("  Shall Memoir look for faces in your photos, and gather them into people whom you can name?");
        terminal.say("  What it learns stays on this machine, and goes when you say: ./memoir faces --library off");
        String answer = System.console().readLine("  Look for faces? [y/n, Enter: ask me next time] ");
        String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith("y")) {
            return Optional.of(FacesChoice.on);
        }
        return word.startsWith("n") ? Optional.of(FacesChoice.off) : Optional.empty();
    }

    /** Returns when it is so; old photos are looked at afterwards, in the background. */
    void want(RunnerClient runner, FacesChoice choice) {
        want(runner, choice, false);
    }

    /** @param names whether off erases what people decided, too */
    void want(RunnerClient runner, FacesChoice choice, boolean names) {
        if (choice == FacesChoice.on) {
            new PartsNeeded(installation, terminal).install(EnumSet.of(Part.MODELS_FACES));
        }
        JsonNode result = CustodianJob.done(runner, terminal, runner.faces(choice == FacesChoice.on, names), "faces");
        if (choice == FacesChoice.on) {
            runner.sweep();
            terminal.print("Memoir looks for faces: in new photos as they come, and in the others in the background.");
        } else {
            terminal.print("Memoir does not look for faces. Erased: %d faces, %d pictures of them, %d groups."
                    .formatted(
                            result.path("facesErased").asLong(),
                            result.path("picturesErased").asLong(),
                            result.path("peopleErased").asLong()));
            if (names) {
                terminal.print("Erased, too: names, and what else was decided on people.");
            }
        }
    }

    void group(RunnerClient runner) {
        JsonNode result = CustodianJob.done(runner, terminal, runner.people(), "grouping");
        terminal.print("%d faces are %d people's; %d faces went to somebody else than before."
                .formatted(
                        result.path("faceCount").asLong(),
                        result.path("people").asLong(),
                        result.path("changed").asLong()));
    }
}
