package dev.memoir.models;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The models that Memoir knows, out of {@code catalogue.json}; those for faces, which only who wants them installs, out of
 * {@code faces.json}.
 *
 * @param packages the Python packages that carry the weights
 * @param models every version that may be in a bucket
 * @param current for each task the model that does it now
 */
public record ModelCatalogue(List<PythonPackage> packages, List<Model> models, Map<Task, Model> current) {
    public ModelCatalogue {
        packages = List.copyOf(packages);
        models = List.copyOf(models);
        current = Map.copyOf(current);
    }

    /**
     * A package on the Python package index.
     *
     * @param file the name under which pip saves it
     * @param sha256 of that file
     */
    public record PythonPackage(String name, String version, String file, String sha256) {}

    /** As it stands in the JSON file. */
    private record Written(List<PythonPackage> packages, Map<Task, String> current, List<Model> models) {}

    /** What looks at every picture: reads the catalogue that comes with this build. */
    public static ModelCatalogue load() {
        return load("catalogue.json");
    }

    /** What finds and describes faces. */
    public static ModelCatalogue faces() {
        return load("faces.json");
    }

    private static ModelCatalogue load(String name) {
        try (InputStream json = ModelCatalogue.class.getResourceAsStream(name)) {
            return read(json);
        } catch (IOException e) {
            throw new UncheckedIOException("the built-in model catalogue " + name + " can't be read", e);
        }
    }

    /** @throws IllegalArgumentException when a task's current model is not listed, or does another task */
    public static ModelCatalogue read(InputStream json) throws IOException {
        var mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
        Written written = mapper.readValue(json, Written.class);
        var current = new EnumMap<Task, Model>(Task.class);
        written.current().forEach((task, id) -> current.put(task, find(written.models(), task, id)));
        return new ModelCatalogue(written.packages(), written.models(), current);
    }

    private static Model find(List<Model> models, Task task, String id) {
        return models.stream()
                .filter(model -> model.id().equals(id) && model.task() == task)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the catalogue's current model for " + task.wireName()
                        + ", " + id + ", is not among its models"));
    }
}
