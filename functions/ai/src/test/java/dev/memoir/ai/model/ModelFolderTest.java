package dev.memoir.ai.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.ai.StoreWithBuckets;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Task;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.store.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    private static final Model MODEL = ModelCatalogue.load().current().get(Task.NSFW);
    /** Small, so that these tests are quick: the licence that belongs to the model. */
    private static final ModelFile FILE = MODEL.licence().text();

    private static final String KEY = Keys.model(MODEL.name(), MODEL.version(), FILE.file());

    private static StoreWithBuckets bucket;

    @TempDir
    Path folder;

    @BeforeAll
    static void startStore() {
        bucket = new StoreWithBuckets();
    }

    @AfterAll
    static void stopStore() {
        bucket.close();
    }

    @AfterEach
    void emptyBucket() {
        bucket.store().delete("derived", KEY);
    }

    private ModelFolder cache() {
        return ModelFolder.cacheOf(bucket.store(), folder);
    }

    private static byte[] content() throws IOException {
        return Files.readAllBytes(Parts.open().file(Part.MODELS, MODEL.path(FILE)));
    }

    private static void put(byte[] content) {
        bucket.store().put("derived", KEY, content, "text/plain");
    }

    @Test
    void aModelComesFromTheBucketOnceAndThenFromTheFolder() throws IOException {
        put(content());
        assertArrayEquals(content(), Files.readAllBytes(cache().file(MODEL, FILE)));
        bucket.store().delete("derived", KEY);
        assertArrayEquals(content(), Files.readAllBytes(cache().file(MODEL, FILE)));
    }

    @Test
    void aModelThatIsNowhereNamesTheCommandThatPutsItThere() {
        var missing = assertThrows(ModelMissing.class, () -> cache().file(MODEL, FILE));
        assertTrue(missing.getMessage().contains("custodian setup"), missing.getMessage());
        assertTrue(missing.getMessage().contains(MODEL.path(FILE)), missing.getMessage());
    }

    @Test
    void otherBytesUnderTheModelsKeyAreRefusedAndNotKept() throws IOException {
        byte[] other = content();
        other[0] ^= 1;
        put(other);
        var refused = assertThrows(ModelMissing.class, () -> cache().file(MODEL, FILE));
        assertTrue(refused.getMessage().contains(FILE.sha256()), refused.getMessage());
        try (var left = Files.list(folder.resolve(MODEL.id()))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aCopyThatWasChangedIsReplaced() throws IOException {
        put(content());
        Path copy = cache().file(MODEL, FILE);
        byte[] other = content();
        other[0] ^= 1;
        Files.write(copy, other);
        Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000));
        assertArrayEquals(content(), Files.readAllBytes(cache().file(MODEL, FILE)));
    }

    @Test
    void aTruncatedModelInTheBucketIsRefusedAndNotKept() throws IOException {
        put(Arrays.copyOf(content(), 100));
        var refused = assertThrows(ModelMissing.class, () -> cache().file(MODEL, FILE));
        assertTrue(refused.getMessage().contains("custodian setup"), refused.getMessage());
        try (var left = Files.list(folder.resolve(MODEL.id()))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aTruncatedCopyIsReplaced() throws IOException {
        put(content());
        Path copy = cache().file(MODEL, FILE);
        Files.write(copy, Arrays.copyOf(content(), 100));
        assertArrayEquals(content(), Files.readAllBytes(cache().file(MODEL, FILE)));
    }

    @Test
    void aFilledFolderIsCheckedAndNothingIsFetched() throws IOException {
        Path file = folder.resolve(MODEL.path(FILE));
        Files.createDirectories(file.getParent());
        Files.write(file, content());
        assertEquals(file, ModelFolder.filled(folder).file(MODEL, FILE));

        byte[] other = content();
        other[0] ^= 1;
        Files.write(file, other);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        put(content());
        var refused = assertThrows(
                ModelMissing.class, () -> ModelFolder.filled(folder).file(MODEL, FILE));
        assertTrue(refused.getMessage().contains("convert.py"), refused.getMessage());
    }
}
