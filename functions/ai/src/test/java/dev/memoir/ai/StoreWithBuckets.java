package dev.memoir.ai;

import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestStore;

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
        for (Model model : ModelCatalogue.load().current().values()) {
            for (ModelFile file : model.files()) {
                store.put(
                        "derived",
                        Keys.model(model.name(), model.version(), file.file()),
                        Parts.open().file(Part.MODELS, model.path(file)),
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
