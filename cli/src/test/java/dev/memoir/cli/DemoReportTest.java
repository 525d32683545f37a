package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.media.AssetState;
import dev.memoir.media.Label;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static final Instant PUT = Instant.parse("2026-11-22T12:00:00Z");
    private static final DemoFile CAT = file("cat.jpg", "aa", new DemoFile.Delivery.Put(PUT));

    private static DemoFile file(String name, String sha256, DemoFile.Delivery delivery) {
        return new DemoFile(name, "demo/" + name, sha256, delivery);
    }

    private static DemoAsset asset(Instant visible, Optional<Instant> labelled, Map<String, Instant> seen) {
        return new DemoAsset(
                "aa",
                "image/jpeg",
                Optional.of(640),
                Optional.of(480),
                Optional.of("2019-07-01T10:00:00+02:00"),
                Optional.of(55.5),
                Optional.of(8.25),
                Optional.of(visible),
                labelled,
                seen,
                List.of(new Label("tabby", 0.75)),
                Optional.of(0.01),
                AssetState.READY,
                Optional.empty());
    }

    private static JsonNode only(DemoFile file, Map<String, DemoAsset> assets) {
        return new DemoReport(List.of(file), assets, Map.of("api", "asleep"))
                .json()
                .path("assets")
                .path(0);
    }

    @Test
    void theJsonHasExactlyTheFieldsThatScriptsRelyOn() throws IOException {
        DemoAsset asset = asset(PUT.plusMillis(900), Optional.of(PUT.plusMillis(2500)), Map.of());
        JsonNode json = new DemoReport(List.of(CAT), Map.of("aa", asset), Map.of("api", "asleep")).json();
        assertEquals(Json.parse("""
                        {"assets":[{"name":"cat.jpg","sha256":"aa","mediaType":"image/jpeg","width":640,"height":480,
                          "takenAt":"2019-07-01T10:00:00+02:00","latitude":55.5,"longitude":8.25,
                          "visibleMs":900,"labelledMs":2500,"labels":[{"name":"tabby","confidence":0.75}],
                          "nsfw":0.01,"state":"ready","reason":null}],
                         "functions":{"api":"asleep"}}"""), Json.parse(Json.write(json)));
    }

    @Test
    void contentThatWasThereBeforeIsVisibleWhenThisPutWasSeen() {
        Instant yesterday = PUT.minusSeconds(86_400);
        DemoAsset known = asset(yesterday, Optional.of(yesterday), Map.of("demo/cat.jpg", PUT.plusMillis(300)));
        JsonNode row = only(CAT, Map.of("aa", known));
        assertEquals(300, row.path("visibleMs").asLong());
        assertEquals(300, row.path("labelledMs").asLong());
    }

    @Test
    void aTimeIsNeverNegative() {
        DemoAsset quick = asset(PUT.minusMillis(2), Optional.of(PUT.plusMillis(1)), Map.of());
        assertEquals(0, only(CAT, Map.of("aa", quick)).path("visibleMs").asLong());
    }

    @Test
    void whatDidNotBecomeVisibleIsMissingWithItsFieldsUnknown() {
        DemoReport report = new DemoReport(List.of(CAT), Map.of(), Map.of());
        JsonNode row = report.json().path("assets").path(0);
        assertEquals("missing", row.path("state").asText());
        List<String> unknown = new ArrayList<>();
        row.properties().forEach(p -> {
            if (p.getValue().isNull()) {
                unknown.add(p.getKey());
            }
        });
        assertEquals(
                List.of(
                        "mediaType",
                        "width",
                        "height",
                        "takenAt",
                        "latitude",
                        "longitude",
                        "visibleMs",
                        "labelledMs",
                        "nsfw"),
                unknown);
        assertFalse(report.allWell());
    }

    @Test
    void aReadyAssetWithoutLabelsIsNotWell() {
        DemoAsset unlabelled = asset(PUT.plusMillis(9), Optional.empty(), Map.of());
        assertFalse(new DemoReport(List.of(CAT), Map.of("aa", unlabelled), Map.of()).allWell());
    }

    @Test
    void aRefusedPutFailsAndASkippedFileDoesNot() {
        DemoFile refused = file("big.jpg", "bb", new DemoFile.Delivery.Failed("the disk is full"));
        DemoFile sidecar = file("cat.xmp", "cc", new DemoFile.Delivery.Skipped("a sidecar"));
        assertEquals("the disk is full", only(refused, Map.of()).path("reason").asText());
        assertEquals("skipped", only(sidecar, Map.of()).path("state").asText());
        assertFalse(new DemoReport(List.of(refused), Map.of(), Map.of()).allWell());
        assertTrue(new DemoReport(List.of(sidecar), Map.of(), Map.of()).allWell());
    }
}
