package dev.memoir.cli;

import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The parts that a command needs: installed when they are missing, which takes minutes once on a machine. */
final class PartsNeeded {
    private final Parts parts;
    private final Terminal terminal;

    PartsNeeded(Installation installation, Terminal terminal) {
        this.parts = Parts.at(installation.partsCache());
        this.terminal = terminal;
    }

    /** What runs Memoir on this store. */
    void toRun(Optional<StartOptions.Store> store) {
        Set<Part> wanted = EnumSet.copyOf(Part.needed());
        if (store.equals(Optional.of(StartOptions.Store.minio))) {
            wanted.remove(Part.VERSITYGW);
            wanted.add(Part.MINIO);
        }
        install(wanted);
    }

    void install(Set<Part> wanted) {
        Set<Part> missing =
                wanted.stream().filter(part -> parts.find(part).isEmpty()).collect(Collectors.toSet());
        if (missing.isEmpty()) {
            return;
        }
        terminal.say("Getting what is missing (once on this machine, some minutes): "
                + missing.stream().map(Part::id).sorted().collect(Collectors.joining(", ")));
        long start = System.nanoTime();
        parts.install(
                missing,
                (part, line) ->
                        terminal.say("%5.0f s  %s: %s".formatted((System.nanoTime() - start) / 1e9, part.id(), line)));
    }

    Parts parts() {
        return parts;
    }
}
