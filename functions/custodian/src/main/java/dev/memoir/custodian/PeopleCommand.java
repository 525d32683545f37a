package dev.memoir.custodian;

import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.Schema;
import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import dev.memoir.people.Grouping;
import dev.memoir.people.Suggestion;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "people",
        description = "Reads back what people decided, and says anew whose each face is.",
        mixinStandardHelpOptions = true)
final class PeopleCommand implements Callable<Integer> {
    private static final int MOST_SUGGESTIONS = 500;

    private final Settings settings;

    @Spec
    private CommandSpec spec;

    @Option(names = "--clear", description = "Clear away what erased rows left in the database's files.")
    private boolean clear;

    PeopleCommand(Settings settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() throws IOException {
        Instant start = Instant.now();
        Map<String, Object> done = new LinkedHashMap<>();
        FaceCatalog catalog = FaceCatalog.over(settings.asIngest());
        try (MediaStore store = settings.store()) {
            DecisionJournal.Read read = new DecisionJournal(store, settings.originals(), catalog).readBack();
            done.put("decisionsRead", read.learnt());
            done.put("decisionsUnreadable", read.unreadable());
            Forgetting.Done forgotten = new Forgetting(store, catalog).run();
            done.put("facesErased", forgotten.faces());
            done.put("picturesErased", forgotten.pictures());
            Faces.Choice choice = new Faces(settings, store).follow();
            done.put("faces", choice.word());
            if (choice == Faces.Choice.ON) {
                groupUntilNobodyDecidesMeanwhile(catalog, done);
            }
        }
        if (clear) {
            Schema.vacuum(settings.databaseAsOwner());
        }
        done.put("milliseconds", Duration.between(start, Instant.now()).toMillis());
        new Report(spec.commandLine().getOut()).line(done);
        return 0;
    }

    /** What somebody decides while faces are grouped must not be overwritten by what was known before. */
    private static void groupUntilNobodyDecidesMeanwhile(FaceCatalog catalog, Map<String, Object> done) {
        Set<String> before;
        do {
            before = catalog.known();
            group(catalog, done);
        } while (!catalog.known().equals(before));
    }

    /** A face that comes meanwhile has been told whose it most probably is, and is grouped the next time. */
    private static void group(FaceCatalog catalog, Map<String, Object> done) {
        FaceCatalog.Everything all = catalog.everything();
        Decided decided = Decided.of(catalog.decisions());
        UUID[] persons = Grouping.of(all.faces(), all.refs(), decided);
        List<Suggestion> suggestions = Suggestion.among(all.faces(), persons, decided, MOST_SUGGESTIONS);
        Map<Sha256, Map<UUID, Optional<UUID>>> changed = new HashMap<>();
        int faces = 0;
        for (int i = 0; i < persons.length; i++) {
            if (!Objects.equals(persons[i], all.persons()[i])) {
                changed.computeIfAbsent(all.refs().get(i).asset(), asset -> new TreeMap<>())
                        .put(all.faces().ids()[i], Optional.ofNullable(persons[i]));
                faces++;
            }
        }
        catalog.assign(changed);
        catalog.describe(decided, suggestions);
        done.put("faceCount", persons.length);
        done.put(
                "people",
                Arrays.stream(persons).filter(Objects::nonNull).distinct().count());
        done.put("changed", faces);
        done.put("suggestions", suggestions.size());
    }
}
