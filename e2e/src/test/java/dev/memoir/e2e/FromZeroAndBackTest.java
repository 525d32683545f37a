package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The product's spine: real photos in, found out about, and nothing runs any more. */
class FromZeroAndBackTest {
    private static final List<String> FIELDS = List.of(
            "name",
            "sha256",
            "mediaType",
            "width",
            "height",
            "takenAt",
            "latitude",
            "longitude",
            "visibleMs",
            "labelledMs",
            "labels",
            "nsfw",
            "state",
            "reason");

    @Test
    void realPhotosBecomeVisibleAndLabelledAndEverythingSleepsAgain() throws IOException {
        try (Household household = Household.started()) {
            household.awaitAsleep();
            JsonNode report = household
                    .memoir(
                            "demo",
                            "--json",
                            Photos.sample("photos").toString(),
                            Photos.sample("videos/bikes.mp4").toString())
                    .mustSucceed()
                    .json();
            Map<String, JsonNode> assets = byName(report);
            assertAll(
                    () -> assertEquals(6, assets.size()),
                    () -> photo(assets.get("astronaut.png"), "photos/astronaut.png", "image/png", 512, 512),
                    () -> photo(assets.get("chelsea.png"), "photos/chelsea.png", "image/png", 451, 300),
                    () -> photo(assets.get("coffee.png"), "photos/coffee.png", "image/png", 600, 400),
                    () -> photo(assets.get("rocket.jpg"), "photos/rocket.jpg", "image/jpeg", 640, 427),
                    () -> photo(assets.get("starfish.jpg"), "photos/starfish.jpg", "image/jpeg", 1278, 720),
                    () -> photo(assets.get("bikes.mp4"), "videos/bikes.mp4", "video/mp4", 640, 272),
                    () -> fromThePhone(assets.get("starfish.jpg")),
                    () -> aCat(assets.get("chelsea.png")));
            report.path("functions")
                    .properties()
                    .forEach(f -> assertEquals("asleep", f.getValue().asText(), f.getKey()));
            assertEquals(List.of("ai", "api", "postprocessor"), names(report.path("functions")));
            assertEquals(List.of(), onDemand(household), "these processes still run");
            coldStartsAreCounted(household.metrics());
            for (String name : List.of("astronaut.png", "starfish.jpg")) {
                Path original = household.original("demo/photos/" + name);
                assertEquals(-1, Files.mismatch(Photos.sample("photos/" + name), original), original.toString());
            }
        }
    }

    /** The AI's is not: it is woken while the postprocessor works, before anything is asked of it. */
    private static void coldStartsAreCounted(List<String> metrics) {
        for (String function : List.of("api", "postprocessor")) {
            String count = "memoir_cold_start_seconds_count{function=\"" + function + "\"} ";
            assertTrue(
                    metrics.stream().anyMatch(line -> line.startsWith(count) && !line.equals(count + "0")),
                    count + metrics);
        }
        assertTrue(metrics.contains("memoir_deliveries_total{function=\"ai\",outcome=\"done\"} 6"), metrics.toString());
    }

    @Test
    void aDemonstrationStartsMemoirWhenItIsDownAndStopsItAgain() throws IOException {
        try (Household household = new Household()) {
            Path broken = household.outside("in").resolve("broken.jpg");
            Files.write(broken, Photos.truncated());
            Path photo = Photos.sample("photos/coffee.png");
            JsonNode report = household
                    .memoir(household.starting("demo", "--json", photo.toString(), broken.toString()))
                    .mustSucceed()
                    .json();
            Map<String, JsonNode> assets = byName(report);
            assertEquals("ready", assets.get("coffee.png").path("state").asText());
            assertTrue(
                    List.of("ready", "damaged")
                            .contains(assets.get("broken.jpg").path("state").asText()),
                    assets.get("broken.jpg").toString());
            assertEquals(List.of(), household.processes());
            assertEquals(
                    "{\"running\":false}",
                    household.memoir("status", "--json").mustSucceed().json().toString());
        }
    }

    private static Map<String, JsonNode> byName(JsonNode report) {
        assertEquals(List.of("assets", "functions"), names(report));
        Map<String, JsonNode> assets = new HashMap<>();
        for (JsonNode asset : report.path("assets")) {
            assertEquals(FIELDS, namesInOrder(asset));
            assets.put(asset.path("name").asText(), asset);
        }
        return assets;
    }

    private static List<String> names(JsonNode object) {
        return namesInOrder(object).stream().sorted().toList();
    }

    private static List<String> namesInOrder(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void photo(JsonNode asset, String sample, String mediaType, int width, int height)
            throws IOException {
        assertEquals(
                Photos.sha256(Files.readAllBytes(Photos.sample(sample))),
                asset.path("sha256").asText());
        assertEquals(mediaType, asset.path("mediaType").asText(), sample);
        assertEquals(width, asset.path("width").asInt(), sample);
        assertEquals(height, asset.path("height").asInt(), sample);
        assertEquals("ready", asset.path("state").asText(), sample);
        assertTrue(asset.path("reason").isNull(), sample);
        assertTrue(asset.path("visibleMs").isIntegralNumber(), sample);
        assertTrue(asset.path("labelledMs").asLong() >= asset.path("visibleMs").asLong(), asset.toString());
        assertFalse(asset.path("labels").isEmpty(), sample + " has no labels");
        for (JsonNode label : asset.path("labels")) {
            double confidence = label.path("confidence").asDouble(-1);
            assertTrue(confidence >= 0 && confidence <= 1, label.toString());
        }
        double nsfw = asset.path("nsfw").asDouble(-1);
        assertTrue(nsfw >= 0 && nsfw < 0.5, sample + ": nsfw " + nsfw);
    }

    /** A Nokia Lumia 820 in Denmark; its file names no zone. */
    private static void fromThePhone(JsonNode starfish) {
        assertEquals(55.0388, starfish.path("latitude").asDouble(), 1e-4);
        assertEquals(8.4572, starfish.path("longitude").asDouble(), 1e-4);
        assertTrue(starfish.path("takenAt").asText().startsWith("2013-05-10T"), starfish.toString());
    }

    private static void aCat(JsonNode chelsea) {
        String labels = chelsea.path("labels").toString().toLowerCase(java.util.Locale.ROOT);
        assertTrue(labels.contains("cat") || labels.contains("tabby"), labels);
    }

    /** Functions and the database, by their programs. */
    private static List<String> onDemand(Household household) {
        return household.children().stream()
                .map(Household::commandLine)
                .filter(line -> line.contains("quarkus-run.jar") || line.contains("postgres"))
                .toList();
    }
}
