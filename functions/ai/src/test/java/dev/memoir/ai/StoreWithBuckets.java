package dev.memoir.ai;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.ColourModel;
import dev.memoir.testkit.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A real store with empty buckets, and the real models to put into it. */
public final class StoreWithBuckets implements AutoCloseable {
    private final TestStore server = TestStore.start();
    private final MediaStore store;

    public StoreWithBuckets() {
        store = MediaStore.open(new StoreConfig(
                server.endpoint(),
                server.endpoint(),
                server.region(),
                server.accessKey(),
                server.secretKey(),
                "originals",
                "derived"));
        store.buckets().ensure("originals", true);
        store.buckets().ensure("derived", false);
    }

    public MediaStore store() {
        return store;
    }

    /** As the custodian's setup does. */
    public void putModels() {
        put(ModelCatalogue.load(), Part.MODELS);
    }

    /** As the custodian's setup does where the part is installed. */
    public void putObjectModels() {
        put(ModelCatalogue.objects(), Part.MODELS_OBJECTS);
    }

    /** As the custodian's setup does where somebody brought a model that compares pictures with words. */
    public void putColourModel() {
        try {
            Path folder = Files.createTempDirectory("memoir-colours-");
            ColourModel.write(folder);
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .forEach(file -> store.put(
                                "derived", Keys.MODELS + folder.relativize(file), file, "application/octet-stream"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the custodian does when a library wants faces. */
    public void putFaceModels() {
        put(ModelCatalogue.faces(), Part.MODELS_FACES);
    }

    private void put(ModelCatalogue catalogue, Part part) {
        for (Model model : catalogue.current().values()) {
            for (ModelFile file : model.files()) {
                store.put(
                        "derived",
                        Keys.model(model.name(), model.version(), file.file()),
                        Parts.open().file(part, model.path(file)),
                        "application/octet-stream");
            }
        }
    }

    @Override
    public void close() {
        store.close();
        server.close();
    }
}
