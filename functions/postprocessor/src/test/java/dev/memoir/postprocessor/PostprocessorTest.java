package dev.memoir.postprocessor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.events.EventTypes;
import dev.memoir.events.ObjectHint;
import dev.memoir.imaging.Darkroom;
import dev.memoir.imaging.Developed;
import dev.memoir.imaging.Tools;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoredObject;
import dev.memoir.testkit.FreePort;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealParts.class)
class PostprocessorTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TestHTTPResource
    URI address;

    @Inject
    MediaStore store;

    @Inject
    IngestCatalog catalog;

    @Inject
    Darkroom darkroom;

    @Inject
    Tools tools;

    private HttpResponse<String> send(String type, Map<String, Object> data) {
        return send(type, data, RealParts.TOKEN);
    }

    private HttpResponse<String> send(String type, Map<String, Object> data, String token) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address)
                    .header("ce-id", UUID.randomUUID().toString())
                    .header("ce-type", type)
                    .header("ce-source", "test")
                    .header("ce-specversion", "1.0")
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(data)));
            if (!token.isEmpty()) {
                request.header("authorization", "Bearer " + token);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> look(String key) {
        return send(EventTypes.PUT, Map.of("bucket", "originals", "key", key));
    }

    private static byte[] photo() {
        return RehearsalPhoto.jpeg();
    }

    private static Sha256 sha256(byte[] content) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private StoredObject upload(String key, byte[] content) {
        return store.put("originals", key, content, "application/octet-stream");
    }

    private static String unique(String key) {
        return "users/ann/" + UUID.randomUUID() + "/" + key;
    }

    /** Black, white and black again, two seconds each. */
    private byte[] film() throws Exception {
        Path file = Files.createTempDirectory("film").resolve("film.mp4");
        String colour = "color=%s:size=320x240:rate=10:duration=2";
        Process ffmpeg = new ProcessBuilder(
                        tools.ffmpeg().orElseThrow().toString(),
                        "-v",
                        "error",
                        "-nostdin",
                        "-f",
                        "lavfi",
                        "-i",
                        colour.formatted("black"),
                        "-f",
                        "lavfi",
                        "-i",
                        colour.formatted("white"),
                        "-f",
                        "lavfi",
                        "-i",
                        colour.formatted("black"),
                        "-filter_complex",
                        "concat=n=3",
                        "-c:v",
                        "mpeg4",
                        file.toString())
                .inheritIO()
                .start();
        assertEquals(0, ffmpeg.waitFor());
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        Files.delete(file.getParent());
        return content;
    }

    @Test
    void aFilmsFramesAreInTheBucketBeforeItsRowSaysHowMany() throws Exception {
        byte[] film = film();
        String key = unique("VID_1.mp4");
        upload(key, film);
        assertEquals(200, look(key).statusCode());

        Sha256 sha256 = sha256(film);
        assertEquals(2, catalog.asset(sha256).orElseThrow().frames());
        assertTrue(store.stat("derived", Keys.frame(sha256, 2)).isPresent());
        assertTrue(store.stat("derived", Keys.frame(sha256, 3)).isEmpty());

        store.delete("derived", Keys.frame(sha256, 1));
        assertEquals(200, look(key).statusCode());
        assertTrue(store.stat("derived", Keys.frame(sha256, 1)).isEmpty(), "an event alone asks for nothing");
        assertEquals(
                200,
                send(EventTypes.SWEPT, Map.of("bucket", "originals", "key", key))
                        .statusCode());
        assertTrue(store.stat("derived", Keys.frame(sha256, 1)).isPresent(), "a sweep has them made again");
    }

    @Test
    void aNewPhotoGetsItsRowItsRenditionsAndAnAnswer() throws Exception {
        byte[] photo = photo();
        String key = unique("IMG_1.jpg");
        StoredObject object = upload(key, photo);
        HttpResponse<String> answer = look(key);
        assertEquals(200, answer.statusCode(), answer.body());
        assertEquals(Optional.of(EventTypes.PREVIEWED), answer.headers().firstValue("ce-type"));
        JsonNode data = JSON.readTree(answer.body());
        Sha256 sha256 = sha256(photo);
        assertEquals(sha256.hex(), data.path("sha256").asText());
        assertEquals(
                Keys.rendition(sha256, Rendition.ANALYSIS),
                data.path("analysisKey").asText());
        assertEquals(false, data.path("again").asBoolean(true));

        var known = catalog.object("originals", key).orElseThrow();
        assertEquals(object.etag(), known.etag());
        assertEquals(object.versionId(), known.versionId());
        assertEquals(sha256, known.sha256());
        var asset = catalog.asset(sha256).orElseThrow();
        assertEquals(AssetState.READY, asset.state());
        assertEquals(EnumSet.allOf(Rendition.class), asset.renditions());
        for (Rendition rendition : Rendition.values()) {
            StoredObject made =
                    store.stat("derived", Keys.rendition(sha256, rendition)).orElseThrow();
            assertEquals(Optional.of("image/jpeg"), made.contentType());
        }
    }

    @Test
    void aRepeatedEventRepeatsItsAnswerWithoutReadingAgain() throws Exception {
        String key = unique("IMG_1.jpg");
        byte[] photo = photo();
        upload(key, photo);
        JsonNode first = JSON.readTree(look(key).body());
        String thumbnail = Keys.rendition(sha256(photo), Rendition.THUMBNAIL);
        store.delete("derived", thumbnail);
        assertEquals(first, JSON.readTree(look(key).body()));
        assertEquals(Optional.empty(), store.stat("derived", thumbnail), "it was made again");
    }

    @Test
    void theSameBytesUnderAnotherKeyAreNotRenderedAgain() throws Exception {
        byte[] photo = photo();
        String first = unique("IMG_1.jpg");
        upload(first, photo);
        look(first);
        String preview = Keys.rendition(sha256(photo), Rendition.PREVIEW);
        store.delete("derived", preview);
        String second = "users/ben/" + UUID.randomUUID() + ".jpg";
        upload(second, photo);
        HttpResponse<String> answer = look(second);
        assertEquals(200, answer.statusCode());
        assertEquals(
                sha256(photo), catalog.object("originals", second).orElseThrow().sha256());
        assertEquals(Optional.empty(), store.stat("derived", preview), "it was made again");
    }

    @Test
    void newBytesUnderTheSameKeyAreANewCurrentVersion() throws Exception {
        String key = unique("DSC_0001.JPG");
        byte[] before = photo();
        byte[] after = photo();
        upload(key, before);
        look(key);
        upload(key, after);
        assertEquals(200, look(key).statusCode());
        assertEquals(
                sha256(after), catalog.object("originals", key).orElseThrow().sha256());
        assertTrue(catalog.asset(sha256(before)).isPresent(), "the old content stays known");
    }

    @Test
    void aKeyThatIsGoneIsGoneWhateverTheEventSays() {
        String key = unique("IMG_1.jpg");
        upload(key, photo());
        look(key);
        store.delete("originals", key);
        assertEquals(204, look(key).statusCode());
        assertEquals(Optional.empty(), catalog.object("originals", key));
    }

    @Test
    void aRemovalThatCameLateFindsTheNewObject() throws Exception {
        String key = unique("IMG_1.jpg");
        byte[] photo = photo();
        upload(key, photo);
        HttpResponse<String> answer = send(
                EventTypes.DELETE_MARKER,
                Map.of("bucket", "originals", "key", key, "versionId", "old", "etag", "x", "size", 7));
        assertEquals(200, answer.statusCode());
        assertEquals(
                sha256(photo), catalog.object("originals", key).orElseThrow().sha256());
    }

    @Test
    void aSweepMakesLostRenditionsAgain() throws Exception {
        String key = unique("IMG_1.jpg");
        byte[] photo = photo();
        upload(key, photo);
        look(key);
        String preview = Keys.rendition(sha256(photo), Rendition.PREVIEW);
        store.delete("derived", preview);
        assertEquals(
                200,
                send(EventTypes.SWEPT, Map.of("bucket", "originals", "key", key))
                        .statusCode());
        assertTrue(store.stat("derived", preview).isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {EventTypes.PUT, EventTypes.POST, EventTypes.COPY, EventTypes.MULTIPART, EventTypes.SWEPT})
    void everyKindOfArrivalIsAnswered(String type) {
        String key = unique("IMG_1.jpg");
        upload(key, photo());
        assertEquals(200, send(type, Map.of("bucket", "originals", "key", key)).statusCode());
    }

    @Test
    void anEventOfAnUnknownTypeIsAFaultOfTheConfiguration() {
        assertEquals(
                404,
                send("org.example.other", Map.of("bucket", "originals", "key", "k.jpg"))
                        .statusCode());
    }

    static Stream<byte[]> hostile() {
        byte[] photo = photo();
        byte[] broken = photo.clone();
        Arrays.fill(broken, 400, 2000, (byte) 0xAA);
        return Stream.of(
                new byte[0],
                new byte[5000],
                Arrays.copyOf(photo, photo.length / 2),
                Arrays.copyOf(photo, 20),
                broken,
                "not a photo".getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileFilesAreKeptWithAStateAndNothingIsRetried(byte[] content) throws Exception {
        String key = unique("IMG_1.jpg");
        upload(key, content);
        int status = look(key).statusCode();
        assertTrue(status == 200 || status == 204, () -> "status " + status);
        var asset = catalog.asset(sha256(content)).orElseThrow();
        assertNotEquals(AssetState.READY, asset.state());
        assertEquals(status == 200, asset.renditions().contains(Rendition.ANALYSIS));
        try (Stream<Path> left = Files.list(tools.scratch())) {
            assertEquals(List.of(), left.toList());
        }
    }

    static Stream<String> oddKeys() {
        return Stream.of(
                "with space.jpg",
                "quote\"s and 'such'.jpg",
                "a+b%20c%.jpg",
                "größe 😀.jpg",
                "back\\slash?&#;=.jpg",
                "long/" + ("n".repeat(199) + "/").repeat(4) + "x.jpg");
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void oddKeysAreOrdinaryKeys(String name) throws Exception {
        String key = unique(name);
        byte[] photo = photo();
        upload(key, photo);
        assertEquals(200, look(key).statusCode());
        assertEquals(
                sha256(photo), catalog.object("originals", key).orElseThrow().sha256());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users/ann/IMG_1.jpg.xmp",
                ".memoir/albums.json",
                "users/ann/IMG_1.jpg.part",
                "users/ann/._IMG_1.jpg"
            })
    void whatIsNoOriginalIsLeftAlone(String key) {
        upload(key, photo());
        assertEquals(204, look(key).statusCode());
        assertEquals(Optional.empty(), catalog.object("originals", key));
    }

    @Test
    void anotherBucketAndAKeyThatNoAddressCanCarryAreLeftAlone() {
        assertEquals(
                204,
                send(EventTypes.PUT, Map.of("bucket", "derived", "key", "renditions/x.jpg"))
                        .statusCode());
        assertEquals(204, look("users/ann//IMG_1.jpg").statusCode());
    }

    @Test
    void aRehearsalDoesTheWholeWorkAndLeavesNoTrace() throws Exception {
        HttpResponse<String> answer = send(EventTypes.REHEARSE, Map.of());
        assertEquals(204, answer.statusCode(), answer.body());
        try (Stream<StoredObject> left = store.list("derived", "rehearsal/", "")) {
            assertEquals(List.of(), left.toList());
        }
        assertEquals(
                List.of(),
                catalog.keys("derived", "", 10).stream().map(o -> o.key()).toList());
    }

    @Test
    void aStoreThatIsAwayMeansLater() {
        URI nobody = URI.create("http://127.0.0.1:" + FreePort.next());
        try (MediaStore away = MediaStore.open(
                new StoreConfig(nobody, nobody, "us-east-1", "key", "secret-key", "originals", "derived"))) {
            Intake intake = new Intake(away, catalog, darkroom, tools.scratch(), "home");
            ObjectHint hint =
                    new ObjectHint("originals", "k.jpg", Optional.empty(), Optional.empty(), Optional.empty());
            assertThrows(StoreException.class, () -> intake.look(hint));
        }
    }

    @Test
    void aCopyThatIsTakenAwayWhileItIsReadMeansLaterAndDamagesNothing(@TempDir Path emptied) throws Exception {
        String key = unique("photo.jpg");
        byte[] photo = photo();
        upload(key, photo);
        Intake intake = new Intake(store, catalog, darkroom, emptied, "home");
        ObjectHint hint = new ObjectHint("originals", key, Optional.empty(), Optional.empty(), Optional.empty());
        AtomicBoolean working = new AtomicBoolean(true);
        Thread cleaner = Thread.ofPlatform().start(() -> {
            while (working.get()) {
                for (File file : emptied.toFile().listFiles()) {
                    file.delete();
                }
            }
        });
        try {
            assertThrows(UncheckedIOException.class, () -> intake.look(hint));
        } finally {
            working.set(false);
            cleaner.join();
        }
        assertEquals(Optional.empty(), catalog.asset(sha256(photo)));

        intake.look(hint);
        assertEquals(
                AssetState.READY, catalog.asset(sha256(photo)).orElseThrow().state());
    }

    @Test
    void onlyTheDeliveryTokenOpensTheFunction() throws Exception {
        Map<String, Object> event = Map.of("bucket", "originals", "key", unique("IMG_1.jpg"));
        assertEquals(401, send(EventTypes.PUT, event, "").statusCode());
        assertEquals(401, send(EventTypes.PUT, event, "wrong").statusCode());
        assertEquals(
                401, send(EventTypes.REHEARSE, Map.of(), RealParts.TOKEN + "x").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "put", "anything", "ready", "graphql", "graphql/x", "q/health"})
    void noPathAndNoShapeOfAnEventGoesRoundTheToken(String path) throws Exception {
        byte[] structured = JSON.writeValueAsBytes(
                Map.of("specversion", "1.0", "id", "1", "source", "t", "type", EventTypes.REHEARSE, "data", Map.of()));
        for (String type :
                List.of("application/cloudevents+json", "Application/CloudEvents-batch+json; charset=utf-8")) {
            assertEquals(401, post(path, structured, "content-type", type));
        }
        assertEquals(
                401,
                post(
                        path,
                        "{}".getBytes(),
                        "content-type",
                        "application/json",
                        "ce-id",
                        "1",
                        "CE-Type",
                        EventTypes.REHEARSE));
        if (!path.startsWith("graphql")) {
            assertEquals(401, post(path, "{}".getBytes(), "content-type", "application/json"));
        } else {
            assertTrue(
                    post(path, "{}".getBytes(), "content-type", "application/json") >= 404,
                    "no function answers there");
        }
    }

    private int post(String path, byte[] body, String... headers) throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(address.resolve("/" + path))
                                .headers(headers)
                                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void readinessIsOpen() throws Exception {
        HttpResponse<byte[]> ready = HTTP.send(
                HttpRequest.newBuilder(address.resolve("/ready")).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(204, ready.statusCode());
        assertArrayEquals(new byte[0], ready.body());
    }

    @Test
    void factsAreToldWithoutStoreAndDatabase() throws Exception {
        Path file = Files.write(tools.scratch().resolve("IMG_7.jpg"), photo());
        try {
            Map<String, Object> facts = FactsMain.facts(file, darkroom.develop(file, "IMG_7.jpg"));
            assertEquals("image/jpeg", facts.get("mediaType"));
            assertEquals(1600, facts.get("width"));
            assertEquals("2025-01-02T03:04:05Z", facts.get("takenAt"));
            assertEquals("2025-01-02T03:04:05", facts.get("takenAtLocal"));
            assertEquals("Memoir", facts.get("cameraMake"));
            assertEquals("ready", facts.get("state"));
            assertEquals(sha256(Files.readAllBytes(file)).hex(), facts.get("sha256"));
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theTimeIsToldOnTheWallClockWithItsOffsetAndAlwaysWithSeconds() throws Exception {
        Path file = Files.write(tools.scratch().resolve("IMG_8.jpg"), photo());
        try {
            Facts plain = Facts.onlyType("image/jpeg");
            TakenAt taken = new TakenAt(
                    LocalDateTime.of(2021, 7, 15, 14, 30),
                    Optional.of(ZoneOffset.ofHours(2)),
                    TakenAt.Source.OFFSET_TAG);
            Facts facts = new Facts(
                    plain.mediaType(),
                    plain.width(),
                    plain.height(),
                    plain.orientation(),
                    plain.durationSeconds(),
                    Optional.of(taken),
                    plain.location(),
                    plain.camera(),
                    plain.exposure(),
                    plain.rating(),
                    plain.title(),
                    plain.description(),
                    plain.keywords(),
                    plain.livePhotoId(),
                    plain.rawTags());
            Map<String, Object> json = FactsMain.facts(
                    file,
                    new Developed(
                            facts,
                            AssetState.NO_PREVIEW,
                            Optional.of("a test"),
                            Map.of(),
                            List.of(),
                            Optional.empty()));
            assertEquals("2021-07-15T14:30:00+02:00", json.get("takenAt"));
            assertEquals("2021-07-15T14:30:00", json.get("takenAtLocal"));
            assertEquals("+02:00", json.get("offset"));
        } finally {
            Files.delete(file);
        }
    }
}
