package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.models.Licence;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Task;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.testkit.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUploadTest {
    @TempDir
    private Path folder;

    private TestStore server;
    private MediaStore store;

    @BeforeEach
    void start() {
        server = TestStore.start();
        store = MediaStore.open(new StoreConfig(
                server.endpoint(),
                server.endpoint(),
                server.region(),
                server.accessKey(),
                server.secretKey(),
                "originals",
                "derived"));
        store.buckets().ensure("derived", false);
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void aModelIsUploadedOnceAfterItsBytesWereChecked() throws Exception {
        ModelCatalogue catalogue = catalogue("weights");
        write(catalogue, "weights");

        ModelUpload.Outcome first = new ModelUpload(store, "derived").upload(catalogue, Optional.of(folder));
        ModelUpload.Outcome second = new ModelUpload(store, "derived").upload(catalogue, Optional.of(folder));

        assertEquals(new ModelUpload.Outcome(2, List.of()), first);
        assertEquals(new ModelUpload.Outcome(0, List.of()), second);
        assertEquals(
                7,
                store.stat("derived", "models/tiny/1/tiny.onnx").orElseThrow().size());
    }

    @Test
    void aFileWithOtherBytesThanTheCatalogueSaysIsNotUploaded() throws Exception {
        ModelCatalogue catalogue = catalogue("weights");
        write(catalogue, "WEIGHTS");

        Mistake mistake = assertThrows(
                Mistake.class, () -> new ModelUpload(store, "derived").upload(catalogue, Optional.of(folder)));

        assertTrue(mistake.getMessage().contains("tiny.onnx"), mistake.getMessage());
        assertEquals(Optional.empty(), store.stat("derived", "models/tiny/1/tiny.onnx"));
    }

    private void write(ModelCatalogue catalogue, String content) throws Exception {
        for (Model model : catalogue.models()) {
            for (ModelFile file : model.files()) {
                Path path = folder.resolve(model.path(file));
                Files.createDirectories(path.getParent());
                Files.writeString(path, content);
            }
        }
    }

    /** The built-in catalogue's model with small files in the place of its own. */
    private static ModelCatalogue catalogue(String content) throws Exception {
        Model real = ModelCatalogue.load().current().get(Task.NSFW);
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes()));
        Model tiny = new Model(
                "tiny",
                "1",
                Task.NSFW,
                new ModelFile("tiny.onnx", hash, content.length()),
                new Licence(
                        real.licence().id(), real.licence().holder(), new ModelFile("LICENSE", hash, content.length())),
                real.preparation(),
                real.output());
        return new ModelCatalogue(List.of(), List.of(tiny), Map.of(Task.NSFW, tiny));
    }
}
