package dev.memoir.models;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The models that Memoir knows, out of {@code catalogue.json}; those for faces and for objects, which not everybody installs,
 * out of {@code faces.json} and {@code objects.json}.
 *
 * @param packages the packages that carry the weights
 * @param models every version that may be in a bucket
 * @param current for each task the model that does it now
 */
public record ModelCatalogue(List<Package> packages, List<Model> models, Map<Task, Model> current) {
    public ModelCatalogue {
        packages = List.copyOf(packages);
        models = List.copyOf(models);
        current = Map.copyOf(current);
    }

    /**
     * A package on the Python package index, or in the registry that the JSON file says.
     *
     * @param file the name under which pip, or npm, saves it
     * @param sha256 of that file
     */
    @JsonIgnoreProperties("registry")
    public record Package(String name, String version, String file, String sha256) {}

    /** The current models taken as one, for who needs them all: an answer depends on each of them. */
    public record Together(String name, String version) {}

    /** {@code dlib-mmod+dlib-landmarks-5+dlib-resnet}, {@code 1+1+1}. */
    public Together together() {
        List<Model> inOrder = current.values().stream()
                .sorted(Comparator.comparing(Model::task))
                .toList();
        return new Together(
                inOrder.stream().map(Model::name).collect(Collectors.joining("+")),
                inOrder.stream().map(Model::version).collect(Collectors.joining("+")));
    }

    /** As it stands in the JSON file. */
    private record Written(List<Package> packages, Map<Task, String> current, List<Model> models) {}

    /** What looks at every picture: reads the catalogue that comes with this build. */
    public static ModelCatalogue load() {
        return load("catalogue.json");
    }

    /** What finds and describes faces. */
    public static ModelCatalogue faces() {
        return load("faces.json");
    }

    /** What finds objects and their places. */
    public static ModelCatalogue objects() {
        return load("objects.json");
    }

    /**
     * Where the model that compares pictures with words is told of, below the folder of models: it is no part of this build, and
     * {@code words.py} writes it beside what it makes of the weights that somebody fetched.
     */
    public static final String WORDS = "words.json";

    /**
     * The catalogue that {@code words.py} wrote.
     *
     * @throws IllegalArgumentException when it is none, or another than of that one task
     */
    public static ModelCatalogue words(InputStream json) throws IOException {
        ModelCatalogue words;
        try {
            words = read(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(WORDS + " is no model catalogue: " + e.getOriginalMessage(), e);
        }
        if (!words.current().keySet().equals(Set.of(Task.WORDS))
                || !(words.current().get(Task.WORDS).output() instanceof Output.Meaning)) {
            throw new IllegalArgumentException(WORDS + " must name one current model, of the task words");
        }
        return words;
    }

    /** The models of both. */
    public ModelCatalogue and(ModelCatalogue other) {
        var all = new EnumMap<Task, Model>(current);
        all.putAll(other.current);
        return new ModelCatalogue(
                Stream.concat(packages.stream(), other.packages.stream()).toList(),
                Stream.concat(models.stream(), other.models.stream()).toList(),
                all);
    }

    /** With other least confidences of what these tasks find, 0 to 1. */
    public ModelCatalogue withFloors(Map<Task, Double> floors) {
        var set = new EnumMap<Task, Model>(current);
        floors.forEach((task, floor) -> set.computeIfPresent(task, (_, model) -> model.withFloor(floor)));
        return new ModelCatalogue(packages, models, set);
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
