package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.ai.model.ModelFolder;
import dev.memoir.ai.model.ModelMissing;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.UnreadablePicture;
import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventTypes;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Label;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.models.Task;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Samples;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The function over HTTP, with a real store, a real database and the real models. */
@QuarkusTest
@QuarkusTestResource(FunctionParts.class)
class AiFunctionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<ModelVersion> ALL = Set.of(
            new ModelVersion("nsfw", "open-nsfw", "1"),
            new ModelVersion("labels", "efficientnet-lite0", "2"),
            new ModelVersion("objects", "nanodet-g", "1"));

    @TestHTTPResource("/")
    URI address;

    @Inject
    MediaStore store;

    @Inject
    IngestCatalog catalog;

    @Inject
    FaceAnalyst faces;

    @Inject
    DataSource database;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void aPreviewedAssetGetsItsLabelsAndItsNsfwScore() throws Exception {
        Sha256 cat = known("cat", "chelsea.png");

        HttpResponse<String> answer = deliver(previewed(cat, false));

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(EventTypes.ANALYSED, answer.headers().firstValue("ce-type").orElseThrow());
        JsonNode analysed = JSON.readTree(answer.body());
        assertEquals(cat.hex(), analysed.get("sha256").asText());
        assertEquals(ALL, catalog.analyses(cat));
        assertEquals(
                "tiger cat",
                text(
                        "SELECT name FROM label WHERE sha256 = ? AND task = 'labels' AND name LIKE '% cat'"
                                + " ORDER BY confidence DESC LIMIT 1",
                        cat));
        assertEquals("cat", text("SELECT name FROM detection WHERE sha256 = ? AND task = 'objects'", cat));
    }

    @Test
    void aRepeatedEventRepeatsItsAnswerAndLooksAtNothing() throws Exception {
        Sha256 cup = known("cup", "coffee.png");
        HttpResponse<String> first = deliver(previewed(cup, false));
        store.delete("derived", Keys.rendition(cup, Rendition.ANALYSIS));

        HttpResponse<String> second = deliver(previewed(cup, false));

        assertEquals(200, second.statusCode());
        assertEquals(first.body(), second.body());
    }

    @Test
    void againMakesNewResultsOfTheSameModels() throws Exception {
        Sha256 cup = known("cup again", "coffee.png");
        catalog.analysed(
                cup,
                List.of(
                        new Analysis("nsfw", "open-nsfw", "1", List.of(), OptionalDouble.of(0.9)),
                        new Analysis(
                                "labels",
                                "efficientnet-lite0",
                                "2",
                                List.of(new Label("owl", 0.9)),
                                OptionalDouble.empty())));
        deliver(previewed(cup, false));
        assertEquals("owl", text("SELECT name FROM label WHERE sha256 = ? AND task = 'labels'", cup));

        assertEquals(200, deliver(previewed(cup, true)).statusCode());

        assertEquals(
                "drink", text("SELECT name FROM label WHERE sha256 = ? AND task = 'labels' AND position = 0", cup));
    }

    @Test
    void onlyTheModelThatHasNotSpokenLooks() throws Exception {
        Sha256 cup = known("half a cup", "coffee.png");
        catalog.analysed(
                cup,
                List.of(new Analysis(
                        "labels", "efficientnet-lite0", "2", List.of(new Label("owl", 0.9)), OptionalDouble.empty())));

        deliver(previewed(cup, false));

        assertEquals(ALL, catalog.analyses(cup));
        assertEquals("owl", text("SELECT name FROM label WHERE sha256 = ? AND task = 'labels'", cup));
    }

    @Test
    void anUnknownAssetIsNothingToDo() throws Exception {
        assertEquals(204, deliver(previewed(content("nobody's"), false)).statusCode());
    }

    @Test
    void aRenditionThatIsGoneIsNothingToDo() throws Exception {
        Sha256 cup = known("lost cup", "coffee.png");
        store.delete("derived", Keys.rendition(cup, Rendition.ANALYSIS));

        assertEquals(204, deliver(previewed(cup, false)).statusCode());
        assertEquals(Set.of(), catalog.analyses(cup));
    }

    @Test
    void anEventThatPointsAtAnythingButTheAssetsRenditionIsIgnored() throws Exception {
        Sha256 cup = known("pointed cup", "coffee.png");
        assertEquals(
                204,
                deliver(new AssetPreviewed(cup.hex(), "models/open-nsfw/1/open-nsfw.onnx", false))
                        .statusCode());
        assertEquals(204, deliver(new AssetPreviewed("../../etc", "x", false)).statusCode());
        assertEquals(204, deliver(new AssetPreviewed(null, null, false)).statusCode());
        assertEquals(Set.of(), catalog.analyses(cup));
    }

    @Test
    void aRenditionThatIsNoPictureIsTriedAgainAndNothingIsRecorded() throws Exception {
        Sha256 broken = known("broken", "coffee.png");
        store.put("derived", Keys.rendition(broken, Rendition.ANALYSIS), new byte[] {1, 2, 3}, "image/jpeg");

        assertEquals(500, deliver(previewed(broken, false)).statusCode());
        assertEquals(Set.of(), catalog.analyses(broken));
    }

    @Test
    void aRenditionFarTooLargeIsNotTakenIntoMemory() throws Exception {
        Sha256 huge = known("huge", "coffee.png");
        String key = Keys.rendition(huge, Rendition.ANALYSIS);
        store.put("derived", key, new byte[(64 << 20) + 1], "image/jpeg");

        var refused = assertThrows(UnreadablePicture.class, () -> new RenditionReader(store).read(key));
        assertTrue(refused.getMessage().contains("delete it"), refused.getMessage());
        assertEquals(500, deliver(previewed(huge, false)).statusCode());
        assertEquals(Set.of(), catalog.analyses(huge));
    }

    @Test
    void twoRequestsAtOnceAtAColdStartAreBothAnswered(@TempDir Path cache) throws Exception {
        byte[] cup = Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PHOTOS + "/coffee.png"));
        try (var vision = new Vision(ModelCatalogue.load(), ModelFolder.cacheOf(store, cache), Device.cpu());
                var threads = Executors.newFixedThreadPool(2)) {
            Callable<List<Analysis>> look = () -> vision.look(cup);
            List<Future<List<Analysis>>> both = threads.invokeAll(List.of(look, look));
            assertEquals(2, both.getFirst().get().size());
            assertEquals(both.getFirst().get(), both.getLast().get());
        }
    }

    @Test
    void aStartLoadsTheModelsBeforeAnyEventComes(@TempDir Path cache) throws Exception {
        try (var vision = new Vision(ModelCatalogue.load(), ModelFolder.cacheOf(store, cache), Device.cpu())) {
            WarmUp.begin(() -> vision).join();
        }
        for (var model : ModelCatalogue.load().current().values()) {
            assertTrue(Files.exists(cache.resolve(model.path(model.weights()))), model.id());
        }
    }

    @Test
    void aMissingModelNamesTheCommandThatPutsItThere(@TempDir Path cache) throws Exception {
        Sha256 cup = known("cup without models", "coffee.png");
        try (var empty = new StoreWithBuckets();
                var vision =
                        new Vision(ModelCatalogue.load(), ModelFolder.cacheOf(empty.store(), cache), Device.cpu())) {
            var analyst = new Analyst(store, catalog, vision, faces, Optional.empty());
            var missing = assertThrows(ModelMissing.class, () -> analyst.analyse(previewed(cup, false)));
            assertTrue(missing.getMessage().contains("custodian setup"), missing.getMessage());
            assertEquals(Set.of(), catalog.analyses(cup));

            empty.putModels();
            assertTrue(analyst.analyse(previewed(cup, false)).isPresent(), "the next try finds them");
        }
    }

    private void frame(Sha256 film, int number, String photo) throws Exception {
        byte[] picture = Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PHOTOS + "/" + photo));
        store.put("derived", Keys.frame(film, number), Encoder.jpeg(Decoder.decode(picture), 95), "image/jpeg");
    }

    @Test
    void aFilmIsLookedAtFrameByFrame() throws Exception {
        Sha256 film = known("film", "chelsea.png", 2);
        frame(film, 1, "coffee.png");
        frame(film, 2, "astronaut.png");

        assertEquals(200, deliver(previewed(film, false)).statusCode());

        assertEquals(
                "cat 0, dining table 1, person 2",
                text(
                        "SELECT string_agg(name || ' ' || frame, ', ' ORDER BY name) FROM detection WHERE sha256 = ?",
                        film));
        assertEquals(
                "animal cat coffee",
                text(
                        "SELECT string_agg(DISTINCT name, ' ' ORDER BY name) FROM label WHERE sha256 = ?"
                                + " AND task = 'labels' AND name IN ('animal', 'cat', 'coffee')",
                        film));
        assertEquals(ALL, catalog.analyses(film));
    }

    @Test
    void aFilmWithOtherFramesThanWereLookedAtIsLookedAtAgain() throws Exception {
        Sha256 film = known("film of old", "chelsea.png", 0);
        deliver(previewed(film, false));
        assertEquals(ALL, catalog.analyses(film));

        known("film of old", "chelsea.png", 1);
        frame(film, 1, "astronaut.png");
        assertEquals(Set.of(), catalog.analyses(film));
        assertEquals(200, deliver(previewed(film, false)).statusCode());

        assertEquals(ALL, catalog.analyses(film));
        assertEquals("person", text("SELECT name FROM detection WHERE sha256 = ? AND frame = 1", film));
    }

    @Test
    void aFilmWhoseFrameIsGoneWaitsForTheSweepToMakeItAgain() throws Exception {
        Sha256 film = known("film with a hole", "chelsea.png", 2);
        frame(film, 1, "coffee.png");

        assertEquals(204, deliver(previewed(film, false)).statusCode());
        assertEquals(Set.of(), catalog.analyses(film));
    }

    @Test
    void withoutItsModelNoObjectsAreLookedForAndAllElseIs(@TempDir Path cache) {
        try (var empty = new StoreWithBuckets()) {
            ModelFolder folder = ModelFolder.cacheOf(empty.store(), cache);
            assertEquals(
                    ModelCatalogue.load().current().keySet(),
                    Assembly.withObjects(folder).current().keySet());

            empty.putObjectModels();
            assertTrue(Assembly.withObjects(folder).current().containsKey(Task.OBJECTS));
        }
    }

    @Test
    void aRehearsalLeavesNoTrace() throws Exception {
        assertEquals(204, post(EventTypes.REHEARSE, FunctionParts.TOKEN, "{}").statusCode());
        try (var left = store.list("derived", "rehearsal/", "")) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void nobodyDeliversWithoutTheToken() throws Exception {
        Sha256 cup = known("guarded cup", "coffee.png");
        String event = JSON.writeValueAsString(previewed(cup, false));
        assertEquals(401, post(EventTypes.PREVIEWED, "another", event).statusCode());
        assertEquals(Set.of(), catalog.analyses(cup));
    }

    @Test
    void readinessIsToldToAnybody() throws Exception {
        var request = HttpRequest.newBuilder(address.resolve("/ready")).build();
        assertEquals(
                204, http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
    }

    private HttpResponse<String> deliver(AssetPreviewed previewed) throws Exception {
        return post(EventTypes.PREVIEWED, FunctionParts.TOKEN, JSON.writeValueAsString(previewed));
    }

    private HttpResponse<String> post(String type, String token, String data) throws Exception {
        var request = HttpRequest.newBuilder(address)
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-specversion", "1.0")
                .header("ce-source", "test")
                .header("ce-type", type)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static AssetPreviewed previewed(Sha256 asset, boolean again) {
        return new AssetPreviewed(asset.hex(), Keys.rendition(asset, Rendition.ANALYSIS), again);
    }

    /** An asset as the postprocessor leaves it: described in the catalog, with its analysis rendition in the bucket. */
    private Sha256 known(String name, String photo) throws Exception {
        return known(name, photo, 0);
    }

    /** @param frames of a film, which the test puts into the bucket */
    private Sha256 known(String name, String photo, int frames) throws Exception {
        Sha256 asset = content(name);
        byte[] picture = Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PHOTOS + "/" + photo));
        byte[] rendition = Encoder.jpeg(Decoder.decode(picture), 95);
        store.put("derived", Keys.rendition(asset, Rendition.ANALYSIS), rendition, "image/jpeg");
        catalog.record(new Arrival(
                "originals",
                name + ".png",
                Optional.of("v1"),
                "etag",
                picture.length,
                Instant.parse("2026-03-01T10:00:00Z"),
                "home",
                asset,
                Optional.of(new Description(
                        facts(),
                        AssetState.READY,
                        Optional.empty(),
                        Set.of(Rendition.ANALYSIS),
                        frames,
                        Optional.empty(),
                        1))));
        return asset;
    }

    private static Facts facts() {
        return new Facts(
                "image/png",
                Optional.of(600),
                Optional.of(400),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Facts.Camera(Optional.empty(), Optional.empty(), Optional.empty()),
                new Facts.Exposure(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of());
    }

    private static Sha256 content(String name) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(String query, Sha256 asset) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setBytes(1, asset.bytes());
            try (var rows = statement.executeQuery()) {
                assertTrue(rows.next(), "no row for: " + query);
                return rows.getString(1);
            }
        }
    }
}
