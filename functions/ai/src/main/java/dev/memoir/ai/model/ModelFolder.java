package dev.memoir.ai.model;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A local folder of model files, laid out as in the bucket. No file is handed out before its SHA-256 was found right:
 * once for each copy, then noted beside it together with the copy's size and time, and only those are looked at again.
 */
public final class ModelFolder {
    /** Where files come from that the folder lacks. */
    @FunctionalInterface
    public interface Origin {
        /** @param path {@code <name>/<version>/<file>} */
        Optional<InputStream> open(String path) throws IOException;
    }

    private final Path folder;
    private final Origin origin;
    private final String remedy;

    private ModelFolder(Path folder, Origin origin, String remedy) {
        this.folder = folder;
        this.origin = origin;
        this.remedy = remedy;
    }

    /** A cache of what lies under {@code models/} in the derived bucket. */
    public static ModelFolder cacheOf(MediaStore store, Path folder) {
        String bucket = store.config().derived();
        return new ModelFolder(
                folder,
                path -> store.read(bucket, Keys.MODELS + path, Optional.empty()).map(MediaStore.ObjectContent::bytes),
                "put the models into bucket " + bucket + " with: custodian setup");
    }

    /** A folder that {@code convert.py} filled; nothing is written to it. */
    public static ModelFolder filled(Path folder) {
        return new ModelFolder(folder, path -> Optional.empty(), "make the models with: models/convert.py");
    }

    /**
     * The file, verified.
     *
     * @throws ModelMissing when neither the folder nor the origin has it, or what they have is another file
     */
    public Path file(Model model, ModelFile file) {
        Path path = folder.resolve(model.path(file));
        try {
            return verified(path, file) ? path : fetched(model, file, path);
        } catch (IOException e) {
            throw new ModelMissing("model file " + path + " can't be read or written: " + e.getMessage(), e);
        }
    }

    /** Whether all of a catalogue's files are here or at the origin; whether they are right, their use shows. */
    public boolean has(ModelCatalogue catalogue) {
        return catalogue.current().values().stream()
                .allMatch(model -> model.files().stream().allMatch(file -> has(model, file)));
    }

    /**
     * The catalogue of the model that compares pictures with words, where somebody put one: read anew each time.
     *
     * @throws ModelMissing when it can't be read
     */
    public Optional<ModelCatalogue> words() {
        try (InputStream json = origin.open(ModelCatalogue.WORDS).orElse(null)) {
            return json == null ? Optional.empty() : Optional.of(ModelCatalogue.words(json));
        } catch (IOException | IllegalArgumentException e) {
            throw new ModelMissing("the catalogue " + ModelCatalogue.WORDS + " can't be read: " + e.getMessage(), e);
        }
    }

    private boolean has(Model model, ModelFile file) {
        if (Files.isRegularFile(folder.resolve(model.path(file)))) {
            return true;
        }
        try (InputStream there = origin.open(model.path(file)).orElse(null)) {
            return there != null;
        } catch (IOException e) {
            throw new UncheckedIOException("whether there is " + model.path(file) + " can't be found out", e);
        }
    }

    private static boolean verified(Path path, ModelFile file) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) != file.size()) {
            return false;
        }
        Path note = note(path);
        if (Files.isRegularFile(note) && Files.readString(note).equals(noteOn(path, file))) {
            return true;
        }
        if (!sha256(path).equals(file.sha256())) {
            return false;
        }
        if (Files.isWritable(path.getParent())) {
            Files.writeString(note, noteOn(path, file));
        }
        return true;
    }

    private Path fetched(Model model, ModelFile file, Path path) throws IOException {
        try (InputStream content = origin.open(model.path(file)).orElseThrow(() -> missing(model, file, path))) {
            Files.createDirectories(path.getParent());
            Path unfinished = Files.createTempFile(path.getParent(), "." + file.file(), ".part");
            try {
                String found = copy(content, unfinished);
                if (!found.equals(file.sha256())) {
                    throw new ModelMissing("model file " + model.path(file) + " has sha256 " + found
                            + ", the catalogue says " + file.sha256() + "; " + remedy);
                }
                Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        }
        Files.writeString(note(path), noteOn(path, file));
        return path;
    }

    private ModelMissing missing(Model model, ModelFile file, Path path) {
        String there = Files.exists(path) ? " is another file than the catalogue's in " : " is missing in ";
        return new ModelMissing("model file " + model.path(file) + there + folder + "; " + remedy);
    }

    private static Path note(Path path) {
        return path.resolveSibling(path.getFileName() + ".verified");
    }

    private static String noteOn(Path path, ModelFile file) throws IOException {
        return file.sha256() + " " + Files.size(path) + " " + Files.getLastModifiedTime(path);
    }

    private static String copy(InputStream content, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            return digest(content, out);
        }
    }

    private static String sha256(Path path) throws IOException {
        try (InputStream content = Files.newInputStream(path)) {
            return digest(content, OutputStream.nullOutputStream());
        }
    }

    private static String digest(InputStream content, OutputStream copy) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(content, digest).transferTo(copy);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
