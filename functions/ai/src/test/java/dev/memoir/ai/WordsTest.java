package dev.memoir.ai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.ai.picture.Encoder;
import dev.memoir.ai.picture.Pixels;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.ModelVersion;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventTypes;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.Preparation.Channels;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.testkit.ColourModel;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Search by words over HTTP, with a real store and database and a small model that knows colours. */
@QuarkusTest
@TestProfile(WordsTest.Parts.class)
class WordsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ModelVersion COLOURS = new ModelVersion("words", ColourModel.NAME, ColourModel.VERSION);
    private static final int RED = 0xE01008;
    private static final int GREEN = 0x10C018;
    private static final int BLUE = 0x0818D0;

    /** Instead of those that the other tests share. */
    public static class Parts implements QuarkusTestProfile {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(FunctionPartsWithWords.class));
        }

        @Override
        public boolean disableGlobalTestResources() {
            return true;
        }
    }

    @TestHTTPResource("/")
    URI address;

    @Inject
    MediaStore store;

    @Inject
    IngestCatalog catalog;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void picturesAreFoundByWordsTheNearestFirst() throws Exception {
        Sha256 red = analysed("red", RED);
        Sha256 blue = analysed("blue", BLUE);
        assertTrue(catalog.analyses(red).contains(COLOURS));

        assertEquals(List.of(red, blue), only(List.of(red, blue), assets(ask("red", 100, null))));
        assertEquals(List.of(blue, red), only(List.of(red, blue), assets(ask("something Blue", 100, null))));

        Sha256 green = analysed("green", GREEN);
        assertEquals(green, assets(ask("green", 1, null)).getFirst(), "one that came after the first search");
        List<String> all = places(ask("red", 100, null));
        List<String> paged = new ArrayList<>();
        for (List<String> page = places(ask("red", 1, null));
                !page.isEmpty();
                page = places(ask("red", 1, page.getLast()))) {
            paged.addAll(page);
        }
        assertEquals(all, paged);
    }

    @Test
    void aFilmIsFoundByAnyOfItsFrames() throws Exception {
        Sha256 film = known("film", 1);
        store.put("derived", Keys.rendition(film, Rendition.ANALYSIS), picture(0x707070), "image/jpeg");
        store.put("derived", Keys.frame(film, 1), picture(0xF0F008), "image/jpeg");
        deliver(film);
        assertEquals(
                2,
                catalog.vectors(COLOURS, Instant.EPOCH, Optional.empty(), 100).stream()
                        .filter(known -> known.asset().equals(film))
                        .findFirst()
                        .orElseThrow()
                        .frames()
                        .size());

        List<Sha256> yellow = assets(ask("yellow", 100, null));
        assertEquals(film, yellow.getFirst());
        assertEquals(1, yellow.stream().filter(film::equals).count());
    }

    @Test
    void aRepeatIsFree() throws Exception {
        Sha256 asset = analysed("twice", BLUE);
        Instant written = written(asset);
        store.delete("derived", Keys.rendition(asset, Rendition.ANALYSIS));
        deliver(asset);
        assertEquals(written, written(asset));
    }

    @Test
    void whoLacksTheDeliveryTokenIsToldNothing() throws Exception {
        analysed("secret", RED);
        for (Optional<String> token : List.of(Optional.<String>empty(), Optional.of("another"))) {
            HttpResponse<String> answer = post("{\"words\": \"red\", \"most\": 10}", token);
            assertEquals(401, answer.statusCode());
            assertFalse(answer.body().contains("places"), answer.body());
        }
    }

    @Test
    void questionsThatCantBeReadAreRefused() throws Exception {
        for (String question : List.of(
                "",
                "[]",
                "{}",
                "{\"words\": \" \", \"most\": 1}",
                "{\"words\": \"red\"}",
                "{\"words\": \"red\", \"most\": 0}",
                "{\"words\": \"red\", \"most\": 20001}",
                "{\"words\": \"red\", \"most\": 1, \"after\": \"xyz\"}",
                "{\"words\": \"red\", \"most\": 1, \"after\": \"" + "g".repeat(72) + "\"}")) {
            assertEquals(400, post(question, Optional.of(FunctionParts.TOKEN)).statusCode(), question);
        }
    }

    private Instant written(Sha256 asset) {
        return catalog.vectors(COLOURS, Instant.EPOCH, Optional.empty(), 100).stream()
                .filter(known -> known.asset().equals(asset))
                .findFirst()
                .orElseThrow()
                .written();
    }

    private static List<Sha256> only(List<Sha256> these, List<Sha256> all) {
        return all.stream().filter(these::contains).toList();
    }

    private Sha256 analysed(String name, int colour) throws Exception {
        Sha256 asset = known(name, 0);
        store.put("derived", Keys.rendition(asset, Rendition.ANALYSIS), picture(colour), "image/jpeg");
        deliver(asset);
        return asset;
    }

    private Sha256 known(String name, int frames) throws Exception {
        byte[] content = (getClass() + name).getBytes(StandardCharsets.UTF_8);
        Sha256 sha256 = Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
        catalog.record(new Arrival(
                "originals",
                name,
                Optional.empty(),
                "etag",
                content.length,
                Instant.EPOCH,
                "home",
                sha256,
                Optional.of(new Description(
                        Facts.onlyType(frames == 0 ? "image/jpeg" : "video/mp4"),
                        AssetState.READY,
                        Optional.empty(),
                        Set.of(Rendition.ANALYSIS),
                        frames,
                        Optional.empty(),
                        1))));
        return sha256;
    }

    private static byte[] picture(int rgb) {
        byte[] pixels = new byte[3 * 64 * 48];
        for (int i = 0; i < pixels.length; i += 3) {
            pixels[i] = (byte) rgb;
            pixels[i + 1] = (byte) (rgb >> 8);
            pixels[i + 2] = (byte) (rgb >> 16);
        }
        return Encoder.jpeg(new Pixels(pixels, Channels.BGR, 64, 48), 90);
    }

    private void deliver(Sha256 asset) throws Exception {
        var previewed = new AssetPreviewed(asset.hex(), Keys.rendition(asset, Rendition.ANALYSIS), false);
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Bearer " + FunctionParts.TOKEN)
                        .header("Content-Type", "application/json")
                        .header("ce-specversion", "1.0")
                        .header("ce-id", UUID.randomUUID().toString())
                        .header("ce-source", "test")
                        .header("ce-type", EventTypes.PREVIEWED)
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(Map.of(
                                "sha256", previewed.sha256(), "analysisKey", previewed.analysisKey(), "again", false))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().contains("colours/1"), answer.body());
    }

    private JsonNode ask(String words, int most, String after) throws Exception {
        var question = JSON.createObjectNode().put("words", words).put("most", most);
        if (after != null) {
            question.put("after", after);
        }
        HttpResponse<String> answer = post(question.toString(), Optional.of(FunctionParts.TOKEN));
        assertEquals(200, answer.statusCode(), answer.body());
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> post(String body, Optional<String> token) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve("/words"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        token.ifPresent(shown -> request.header("Authorization", "Bearer " + shown));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static List<String> places(JsonNode answer) {
        List<String> places = new ArrayList<>();
        answer.path("places").forEach(place -> places.add(place.asText()));
        return places;
    }

    private static List<Sha256> assets(JsonNode answer) {
        return places(answer).stream()
                .map(place -> new Sha256(place.substring(0, 64)))
                .toList();
    }
}
