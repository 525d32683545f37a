package dev.memoir.custodian;

import dev.memoir.catalog.ModelVersion;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Task;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The model that compares pictures with words: somebody's own choice, told of by a catalogue in the bucket. */
final class WordModels {
    private static final String KEY = Keys.MODELS + ModelCatalogue.WORDS;

    private final MediaStore store;
    private final String bucket;

    WordModels(MediaStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * Puts what a folder holds into the bucket, the catalogue last, so that it names nothing that is not there.
     *
     * @return how many model files were not there before
     * @throws Mistake when the folder holds no such model, or not all of it
     */
    int upload(Path folder) throws IOException {
        Path json = folder.resolve(ModelCatalogue.WORDS);
        if (!Files.isRegularFile(json)) {
            throw new Mistake("there is no " + json + ": make it with models/words.py");
        }
        byte[] written = Files.readAllBytes(json);
        ModelUpload.Outcome outcome =
                new ModelUpload(store, bucket).upload(read(written, json.toString()), Optional.of(folder));
        if (!outcome.missing().isEmpty()) {
            throw new Mistake(folder + " lacks " + outcome.missing() + ": make it anew with models/words.py");
        }
        if (!stored().filter(there -> Arrays.equals(there, written)).isPresent()) {
            store.put(bucket, KEY, json, "application/json");
        }
        return outcome.uploaded();
    }

    /** The one that is in the bucket with all its files. */
    Optional<ModelVersion> current() throws IOException {
        Optional<byte[]> there = stored();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        ModelCatalogue catalogue = read(there.get(), bucket + "/" + KEY);
        Model model = catalogue.current().get(Task.WORDS);
        return new ModelUpload(store, bucket).isThere(catalogue)
                ? Optional.of(new ModelVersion(model.task().wireName(), model.name(), model.version()))
                : Optional.empty();
    }

    private Optional<byte[]> stored() throws IOException {
        try (InputStream in = store.read(bucket, KEY, Optional.empty())
                .map(MediaStore.ObjectContent::bytes)
                .orElse(null)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static ModelCatalogue read(byte[] json, String where) throws IOException {
        try {
            return ModelCatalogue.words(new ByteArrayInputStream(json));
        } catch (IllegalArgumentException e) {
            throw new Mistake(where + ": " + e.getMessage());
        }
    }
}
