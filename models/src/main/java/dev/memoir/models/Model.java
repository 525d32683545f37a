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
        return List.copyOf(files);
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
