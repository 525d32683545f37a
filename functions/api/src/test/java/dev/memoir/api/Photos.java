package dev.memoir.api;

import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.Arrival;
import dev.memoir.catalog.Description;
import dev.memoir.catalog.Detection;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Label;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import dev.memoir.people.Region;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Photos as the postprocessor and the AI function would report them. */
final class Photos {
    private Photos() {}

    static Sha256 content(String text) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A photo with every fact, taken in the given year, and what two models say of it. */
    static Sha256 add(String owner, String name, int year, double nsfw, String label) {
        IngestCatalog catalog = Client.ingest();
        Facts facts = new Facts(
                "image/jpeg",
                Optional.of(4032),
                Optional.of(3024),
                Optional.of(6),
                Optional.empty(),
                Optional.of(new TakenAt(
                        LocalDateTime.of(year, 7, 14, 18, 30, 5),
                        Optional.of(ZoneOffset.ofHours(2)),
                        TakenAt.Source.OFFSET_TAG)),
                Optional.of(new GeoPoint(43.71, 7.26, Optional.of(12.5))),
                new Facts.Camera(Optional.of("Apple"), Optional.of("iPhone 15"), Optional.of("back camera")),
                new Facts.Exposure(
                        Optional.of(0.001), Optional.of(1.78), Optional.of(6.8), Optional.of(24), Optional.of(80)),
                Optional.of(4),
                Optional.of(name),
                Optional.of("after the rain"),
                List.of("holiday", "sea"),
                Optional.of("F00D"),
                Map.of("Exif IFD0", Map.of("Make", "Apple")));
        Sha256 sha256 = content(owner + name);
        catalog.record(new Arrival(
                "originals",
                "users/" + owner + "/" + name + ".jpg",
                Optional.empty(),
                "etag",
                1_000,
                Instant.parse("2026-03-01T10:00:00Z"),
                owner,
                sha256,
                Optional.of(new Description(
                        facts,
                        AssetState.READY,
                        Optional.empty(),
                        EnumSet.allOf(Rendition.class),
                        Optional.of(new byte[] {1, 2, 3}),
                        1))));
        catalog.analysed(
                sha256,
                List.of(
                        new Analysis(
                                "labels",
                                "efficientnet-lite0",
                                "1",
                                List.of(new Label(label, 0.75), new Label("sky", 0.125)),
                                OptionalDouble.empty()),
                        new Analysis("nsfw", "open_nsfw", "1", List.of(), OptionalDouble.of(nsfw))));
        return sha256;
    }

    /** That there is a boat in it, and where. */
    static void boat(Sha256 asset) {
        Client.ingest()
                .analysed(
                        asset,
                        List.of(new Analysis(
                                "objects",
                                "nanodet-g",
                                "1",
                                List.of(new Label("boat", 0.5), new Label("vehicle", 0.5), new Label("sky", 0.25)),
                                List.of(new Detection("boat", 0.5, new Region(0.25, 0.5, 0.125, 0.25), 0)),
                                OptionalDouble.empty())));
    }

    /** Somebody else takes in the same bytes. */
    static void share(Sha256 asset, String owner, String name) {
        Client.ingest()
                .record(new Arrival(
                        "originals",
                        "users/" + owner + "/" + name + ".jpg",
                        Optional.empty(),
                        "etag",
                        1_000,
                        Instant.parse("2026-03-01T10:00:00Z"),
                        owner,
                        asset,
                        Optional.empty()));
    }
}
