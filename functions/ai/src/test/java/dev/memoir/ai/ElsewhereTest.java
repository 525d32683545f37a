package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.ai.cloud.Budget;
import dev.memoir.ai.cloud.StandIn;
import dev.memoir.ai.picture.Decoder;
import dev.memoir.ai.picture.Encoder;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.events.EventTypes;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.parts.Samples;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The function where a vision service elsewhere is chosen: a stand-in that speaks Google's wire format. */
@QuarkusTest
@QuarkusTestResource(value = FunctionParts.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ElsewhereTest.Service.class, restrictToAnnotatedClass = true)
class ElsewhereTest {
    private static final Set<ModelVersion> SERVICE =
            Set.of(new ModelVersion("labels", "google-vision", "v1"), new ModelVersion("nsfw", "google-vision", "v1"));
    private static final Set<ModelVersion> HERE = Set.of(
            new ModelVersion("nsfw", "open-nsfw", "1"),
            new ModelVersion("labels", "efficientnet-lite0", "2"),
            new ModelVersion("objects", "nanodet-g", "1"));
    private static final String A_DOG =
            "{\"responses\":[{\"labelAnnotations\":[{\"description\":\"Dog\",\"score\":0.9}],"
                    + "\"safeSearchAnnotation\":{\"adult\":\"VERY_UNLIKELY\"}}]}";
    private static final String A_DOG_IN_ITS_PLACE =
            "{\"responses\":[{\"localizedObjectAnnotations\":[{\"name\":\"Dog\",\"score\":0.75,\"boundingPoly\":"
                    + "{\"normalizedVertices\":[{\"x\":0.25,\"y\":0.5},{\"x\":0.75,\"y\":0.5},"
                    + "{\"x\":0.75,\"y\":0.75},{\"x\":0.25,\"y\":0.75}]}}],"
                    + "\"safeSearchAnnotation\":{\"adult\":\"VERY_UNLIKELY\"}}]}";
    private static final String BUSY =
            "{\"error\":{\"code\":429,\"message\":\"Quota exceeded\",\"status\":\"RESOURCE_EXHAUSTED\"}}";

    private static StandIn server;

    /** The stand-in, and settings that choose it. */
    public static class Service implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            server = new StandIn();
            return Map.of(
                    "MEMOIR_VISION", "google",
                    "MEMOIR_VISION_ENDPOINT", server.address().toString(),
                    "MEMOIR_VISION_KEY", "key of the test",
                    "MEMOIR_VISION_PICTURES", "100",
                    "MEMOIR_VISION_RATE", "1000");
        }

        @Override
        public void stop() {
            server.close();
        }
    }

    @TestHTTPResource("/")
    URI address;

    @Inject
    MediaStore store;

    @Inject
    IngestCatalog catalog;

    @Inject
    DataSource database;

    @Test
    void theServiceLooksInsteadOfTheModelsHereAndOnceForEachPicture() throws Exception {
        Sha256 asset = known("seen");
        int before = server.asked().size();
        server.says(200, A_DOG);

        HttpResponse<String> answer = deliver(asset);

        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("google-vision/v1"), answer.body());
        assertEquals(SERVICE, catalog.analyses(asset));
        assertEquals(answer.body(), deliver(asset).body());
        assertEquals(before + 1, server.asked().size());
    }

    @Test
    void aFilmIsSentByItsPosterFrameOnceAndThingsKeepTheirPlaces() throws Exception {
        Sha256 film = known("film", 2);
        for (int frame = 1; frame <= 2; frame++) {
            store.put("derived", Keys.frame(film, frame), picture(), "image/jpeg");
        }
        int before = server.asked().size();
        server.says(200, A_DOG_IN_ITS_PLACE);
        assertTrue(catalog.notAnalysedBy(SERVICE, Optional.empty(), 100).contains(film));

        HttpResponse<String> answer = deliver(film);

        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(SERVICE, catalog.analyses(film));
        assertFalse(catalog.notAnalysedBy(SERVICE, Optional.empty(), 100).contains(film), "no sweep sends it again");
        deliver(film);
        assertEquals(before + 1, server.asked().size());
        assertEquals("dog 0 0.25 0.5 0.5 0.25", place(film));
    }

    @Test
    void aFilmThatTheServiceCanNotReadIsLookedAtHereByAllItsFrames() throws Exception {
        Sha256 film = known("unreadable film", 1);
        store.put("derived", Keys.frame(film, 1), picture(), "image/jpeg");
        server.says(200, "{\"responses\":[{\"error\":{\"code\":3,\"message\":\"Bad image data.\"}}]}");

        assertEquals(200, deliver(film).statusCode());

        assertEquals(HERE, catalog.analyses(film));
    }

    @Test
    void aBusyServiceIsADelayAndNoFailure() throws Exception {
        Sha256 asset = known("busy");
        server.says(429, BUSY).says(429, BUSY).says(429, BUSY);

        HttpResponse<String> answer = deliver(asset);

        assertEquals(503, answer.statusCode());
        assertTrue(answer.body().contains("Google Cloud Vision answered 429"), answer.body());
        assertEquals(Set.of(), catalog.analyses(asset));
        server.says(200, A_DOG);
        assertEquals(200, deliver(asset).statusCode());
        assertEquals(SERVICE, catalog.analyses(asset));
    }

    @Test
    void nonsenseIsAFailureThatIsTriedAgainAndNothingIsRecorded() throws Exception {
        Sha256 asset = known("nonsense");
        server.says(200, "<html>");
        assertEquals(500, deliver(asset).statusCode());
        assertEquals(Set.of(), catalog.analyses(asset));
    }

    @Test
    void whatTheServiceCanNotReadAndWhatIsBeyondTheBudgetTheModelsHereLookAt() throws Exception {
        Sha256 unreadable = known("unreadable");
        server.says(200, "{\"responses\":[{\"error\":{\"code\":3,\"message\":\"Bad image data.\"}}]}");
        assertEquals(200, deliver(unreadable).statusCode());
        assertEquals(HERE, catalog.analyses(unreadable));

        Sha256 beyond = known("beyond");
        String key = Budget.key("google-vision", YearMonth.now(Clock.systemUTC()));
        store.put("originals", key, "{\"pictures\":100}".getBytes(StandardCharsets.UTF_8), "application/json");
        int before = server.asked().size();
        assertEquals(200, deliver(beyond).statusCode());
        assertEquals(HERE, catalog.analyses(beyond));
        assertEquals(before, server.asked().size(), "nothing was sent");
        store.put("originals", key, "{\"pictures\":0}".getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private HttpResponse<String> deliver(Sha256 asset) throws Exception {
        String data = "{\"sha256\":\"" + asset.hex() + "\",\"analysisKey\":\""
                + Keys.rendition(asset, Rendition.ANALYSIS) + "\",\"again\":false}";
        var request = HttpRequest.newBuilder(address)
                .header("ce-id", UUID.randomUUID().toString())
                .header("ce-specversion", "1.0")
                .header("ce-source", "test")
                .header("ce-type", EventTypes.PREVIEWED)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + FunctionParts.TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString(data))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String place(Sha256 asset) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement("SELECT concat_ws(' ', name, frame, x, y, width, height)"
                        + " FROM detection WHERE sha256 = ?")) {
            statement.setBytes(1, asset.bytes());
            try (var rows = statement.executeQuery()) {
                assertTrue(rows.next(), "nothing is detected");
                return rows.getString(1);
            }
        }
    }

    private static byte[] picture() throws IOException {
        byte[] photo = Files.readAllBytes(Parts.open().file(Part.SAMPLES, Samples.PHOTOS + "/coffee.png"));
        return Encoder.jpeg(Decoder.decode(photo), 90);
    }

    private Sha256 known(String name) throws Exception {
        return known(name, 0);
    }

    /** @param frames of a film, which the test puts into the bucket */
    private Sha256 known(String name, int frames) throws Exception {
        Sha256 asset = Sha256.of(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
        store.put("derived", Keys.rendition(asset, Rendition.ANALYSIS), picture(), "image/jpeg");
        catalog.record(new Arrival(
                "originals",
                name,
                Optional.of("v1"),
                "etag",
                1,
                Instant.parse("2026-03-01T10:00:00Z"),
                "home",
                asset,
                Optional.of(new Description(
                        Facts.onlyType("image/jpeg"),
                        AssetState.READY,
                        Optional.empty(),
                        Set.of(Rendition.ANALYSIS),
                        frames,
                        Optional.empty(),
                        1))));
        return asset;
    }
}
