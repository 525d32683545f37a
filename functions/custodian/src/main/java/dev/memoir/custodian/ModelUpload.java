package dev.memoir.custodian;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Puts the current models where the AI function takes them from. */
final class ModelUpload {
    private static final int BUFFER = 1 << 16;

    private final MediaStore store;
    private final String bucket;

    ModelUpload(MediaStore store, String bucket) {
        this.store = store;
        this.bucket = bucket;
    }

    /**
     * @param uploaded files that were not in the bucket before
     * @param missing keys of files that are neither in the bucket nor in the folder: what needs them can't be analysed
     */
    record Outcome(int uploaded, List<String> missing) {}

    /** Whether the bucket has all of these models' files. */
    boolean isThere(ModelCatalogue catalogue) {
        return catalogue.current().values().stream()
                .allMatch(model -> model.files().stream().allMatch(file -> isThere(model, file)));
    }

    private boolean isThere(Model model, ModelFile file) {
        return store.stat(bucket, Keys.MODELS + model.path(file))
                .filter(there -> there.size() == file.size())
                .isPresent();
    }

    /**
     * A file in the bucket with the catalogue's size is taken for uploaded: it was checked then, and whoever loads it
     * checks it again.
     *
     * @param folder with converted models, laid out as in the bucket
     * @throws Mistake when a file's bytes are not what the catalogue promises
     */
    Outcome upload(ModelCatalogue catalogue, Optional<Path> folder) throws IOException {
        int uploaded = 0;
        List<String> missing = new ArrayList<>();
        for (Model model : catalogue.current().values()) {
            for (ModelFile file : model.files()) {
                String key = Keys.MODELS + model.path(file);
                if (isThere(model, file)) {
                    continue;
                }
                Optional<Path> local =
                        folder.map(f -> f.resolve(model.path(file))).filter(Files::isRegularFile);
                if (local.isPresent()) {
                    check(local.get(), file);
                    store.put(bucket, key, local.get(), "application/octet-stream");
                    uploaded++;
                } else {
                    missing.add(key);
                }
            }
        }
        return new Outcome(uploaded, List.copyOf(missing));
    }

    private static void check(Path local, ModelFile file) throws IOException {
        String found = sha256(local);
        if (!found.equals(file.sha256())) {
            throw new Mistake("the model file " + local + " has the SHA-256 " + found + ", but the catalogue says "
                    + file.sha256() + ". Remove it and fetch the models again.");
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
