package dev.memoir.custodian;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = "Writes all that is known of a person into a new folder that only its owner may read.",
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME|ID", description = "Whom.")
    private String whom;

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "Must not be there, or be empty.")
    private Path folder;

    ExportCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        Map<String, Object> done = new LinkedHashMap<>();
        FaceCatalog catalog = FaceCatalog.over(settings.asIngest());
        try (MediaStore store = settings.store()) {
            new DecisionJournal(store, settings.originals(), catalog).readBack();
            List<Decision> decisions = catalog.decisions();
            Decided decided = Decided.of(decisions);
            UUID person = person(decided);
            PersonFolder.Written written =
                    new PersonFolder(folder, store).write(person, decided, decisions, catalog.record(person));
            done.put("person", person.toString());
            done.put("folder", folder.toString());
            done.put("faceCount", written.faces());
            done.put("pictures", written.pictures());
            done.put("photos", written.photos());
            done.put("decisions", written.decisions());
        }
        new Report(spec.commandLine().getOut()).line(done);
        return 0;
    }

    private UUID person(Decided decided) {
        Optional<UUID> id = id(whom);
        if (id.isPresent()) {
            return decided.resolve(id.get());
        }
        List<UUID> called = decided.persons().entrySet().stream()
                .filter(person -> person.getValue()
                        .name()
                        .filter(whom.strip()::equalsIgnoreCase)
                        .isPresent())
                .map(Map.Entry::getKey)
                .toList();
        return switch (called.size()) {
            case 0 -> throw new Mistake("nobody is called " + whom + "; somebody without a name is told by their id");
            case 1 -> called.getFirst();
            default -> throw new Mistake(called.size() + " people are called " + whom + "; say which: " + called);
        };
    }

    private static Optional<UUID> id(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
