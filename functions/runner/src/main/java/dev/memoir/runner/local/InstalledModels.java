package dev.memoir.runner.local;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Which of the catalogue's current models this machine has. Read from the disk when somebody asks. */
public final class InstalledModels {
    private final Parts parts;

    InstalledModels(Parts parts) {
        this.parts = parts;
    }

    /** @param installed whether all of its files are there */
    public record Installed(Model model, boolean installed) {}

    /** Those that look at every picture first. */
    public List<Installed> all() {
        List<Installed> all = new ArrayList<>(of(ModelCatalogue.load(), Part.MODELS));
        all.addAll(of(ModelCatalogue.objects(), Part.MODELS_OBJECTS));
        all.addAll(of(ModelCatalogue.faces(), Part.MODELS_FACES));
        return all;
    }

    /** Whether faces could be looked for. */
    public boolean forFaces() {
        return of(ModelCatalogue.faces(), Part.MODELS_FACES).stream().allMatch(Installed::installed);
    }

    private List<Installed> of(ModelCatalogue catalogue, Part part) {
        Optional<Path> folder = parts.find(part);
        return catalogue.current().values().stream()
                .sorted(Comparator.comparing(Model::task))
                .map(model -> new Installed(model, folder.isPresent() && isIn(folder.get(), model)))
                .toList();
    }

    private static boolean isIn(Path folder, Model model) {
        return model.files().stream().allMatch(file -> Files.isRegularFile(folder.resolve(model.path(file))));
    }
}
