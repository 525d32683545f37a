package dev.memoir.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.models.Model;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.ModelFile;
import dev.memoir.models.Task;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class DeviceModelTest {
    private static final String QUESTION = """
            { deviceModel { id weights { address sha256 size } names { address sha256 size } input output square side mean
              divisor top floor broader words { name classes } } }""";

    private static final Model MODEL = ModelCatalogue.load().current().get(Task.LABELS);

    @Inject
    MediaStore store;

    private final Client ann = Client.as("ann");

    @AfterEach
    void takeTheModelAway() {
        MODEL.files().forEach(file -> store.delete(store.config().derived(), key(file)));
    }

    private static String key(ModelFile file) {
        return Keys.MODELS + MODEL.path(file);
    }

    private void put(ModelFile file, long size, Path folder) throws IOException {
        Path content = folder.resolve(file.file());
        try (var empty = new RandomAccessFile(content.toFile(), "rw")) {
            empty.setLength(size);
        }
        store.put(store.config().derived(), key(file), content, "application/octet-stream");
        Files.delete(content);
    }

    @Test
    void whereTheBucketHasNoModelNobodyIsToldOfOne(@TempDir Path folder) throws IOException {
        assertTrue(ann.data(QUESTION).path("deviceModel").isNull());
        for (ModelFile file : MODEL.files()) {
            put(file, file.size() - 1, folder);
        }
        assertTrue(ann.data(QUESTION).path("deviceModel").isNull(), "another file lies there");
    }

    @Test
    void aDeviceIsToldAllItNeedsToLabelAsTheServerDoes(@TempDir Path folder) throws IOException {
        for (ModelFile file : MODEL.files()) {
            put(file, file.size(), folder);
        }

        JsonNode model = ann.data(QUESTION).path("deviceModel");
        assertEquals(MODEL.id(), model.path("id").asText());
        assertEquals(MODEL.weights().sha256(), model.at("/weights/sha256").asText());
        assertEquals(0.875, model.path("square").asDouble());
        assertEquals(224, model.path("side").asInt());
        assertEquals(128, model.at("/divisor/2").asDouble());
        assertEquals(0.05, model.path("floor").asDouble());
        assertEquals(
                List.of("281", "282", "283", "284", "285", "286", "287"),
                StreamSupport.stream(model.path("words").spliterator(), false)
                        .filter(word -> word.path("name").asText().equals("cat"))
                        .flatMap(word ->
                                StreamSupport.stream(word.path("classes").spliterator(), false))
                        .map(JsonNode::asText)
                        .toList());
        HttpURLConnection read = (HttpURLConnection)
                URI.create(model.at("/weights/address").asText()).toURL().openConnection();
        assertEquals(200, read.getResponseCode());
        assertEquals(MODEL.weights().size(), read.getContentLengthLong());
        read.disconnect();
    }
}
