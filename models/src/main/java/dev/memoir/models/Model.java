package dev.memoir.models;

import java.util.ArrayList;
import java.util.List;

/**
 * One version of one model. Whatever changes its answers (weights, preparation, label names) makes a new version.
 *
 * @param name lower case, with hyphens
 * @param version grows with each change
 * @param weights ONNX, or for face landmarks dlib's own format
 */
public record Model(
        String name,
        String version,
        Task task,
        ModelFile weights,
        Licence licence,
        Preparation preparation,
        Output output) {

    /** Every file that belongs to the model. */
    public List<ModelFile> files() {
        var files = new ArrayList<ModelFile>();
        files.add(weights);
        files.add(licence.text());
        if (output instanceof Output.Labels labels) {
            files.add(labels.names());
        }
        if (output instanceof Output.Meaning meaning) {
            files.add(meaning.words().weights());
            files.add(meaning.words().tokenizer());
        }
        return List.copyOf(files);
    }

    /**
     * The same with another least confidence.
     *
     * @throws IllegalArgumentException when it has none, or this is none
     */
    Model withFloor(double floor) {
        if (!(floor >= 0 && floor <= 1)) {
            throw new IllegalArgumentException(
                    "the least confidence of " + task.wireName() + " is 0 to 1, not " + floor);
        }
        Output other = switch (output) {
            case Output.Labels labels ->
                new Output.Labels(labels.name(), labels.top(), floor, labels.broader(), labels.names());
            case Output.Objects objects ->
                new Output.Objects(
                        objects.name(),
                        objects.strides(),
                        objects.bins(),
                        floor,
                        objects.overlap(),
                        objects.most(),
                        objects.names());
            case Output.Score _, Output.Boxes _, Output.Points _, Output.Embedding _, Output.Meaning _ ->
                throw new IllegalArgumentException(task.wireName() + " has no least confidence to set");
        };
        return new Model(name, version, task, weights, licence, preparation, other);
    }

    /** Where a file lies below the folder of models, on disk as in the bucket: {@code open-nsfw/1/open-nsfw.onnx}. */
    public String path(ModelFile file) {
        return id() + "/" + file.file();
    }

    /** {@code open-nsfw/1}: how the catalogue refers to it. */
    public String id() {
        return name + "/" + version;
    }
}
