package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Claims;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Label;
import dev.memoir.media.Rendition;
import dev.memoir.media.TakenAt;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/** A small library of two people, to search in. */
final class LibrarySample {
    static final Claims ANN = new Claims("ann", Set.of("family"), Map.of("adult", "true"));
    static final Claims BEN = new Claims("ben", Set.of(), Map.of());

    final CatalogDatabase database;
    final IngestCatalog ingest;
    final Library library;

    LibrarySample() {
        database = CatalogDatabase.create();
        ingest = IngestCatalog.over(database.ingest());
        library = Library.over(database.api());
        photo("beach", "image/jpeg", "2024-07-14T12:00:00", new GeoPoint(43.70, 7.26, Optional.empty()), "iPhone 15");
        photo("fiji", "image/heic", "2023-01-02T12:00:00", new GeoPoint(-17.8, 179.9, Optional.empty()), "iPhone 15");
        photo("samoa", "image/jpeg", "2023-01-03T12:00:00", new GeoPoint(-13.8, -171.8, Optional.empty()), "X-T5");
        photo("clip", "video/mp4", "2022-05-05T12:00:00", null, "X-T5");
        ingest.record(Samples.version(
                "ann",
                "users/ann/broken.jpg",
                "1",
                "broken",
                Optional.of(new Description(
                        Facts.onlyType("image/jpeg"),
                        AssetState.DAMAGED,
                        Optional.of("cut short"),
                        Set.of(),
                        Optional.empty(),
                        1))));
        analyse("beach", 0.05, "seashore", "sandbar");
        analyse("fiji", 0.85, "seashore");
        analyse("samoa", 0.5, "volcano");
        ingest.record(Samples.arrival("ben", "users/ben/beach.jpg", "ben's", Samples.holiday()));
    }

    Item find(String name) {
        return library.page(ANN, Filter.NONE, 100, Optional.empty()).items().stream()
                .filter(item -> item.told().title().orElse("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    static List<String> names(Library.Page page) {
        return page.items().stream()
                .map(item -> item.told().title().orElse("broken"))
                .collect(Collectors.toList());
    }

    private void photo(String name, String mediaType, String taken, GeoPoint place, String camera) {
        Facts facts = new Facts(
                mediaType,
                Optional.of(40),
                Optional.of(30),
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        new TakenAt(LocalDateTime.parse(taken), Optional.empty(), TakenAt.Source.LOCAL_ASSUMED_UTC)),
                Optional.ofNullable(place),
                new Facts.Camera(
                        camera.startsWith("iPhone") ? Optional.of("Apple") : Optional.empty(),
                        Optional.of(camera),
                        Optional.empty()),
                Facts.Exposure.UNKNOWN,
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of());
        ingest.record(Samples.version(
                "ann",
                "users/ann/IMG_" + name.hashCode() + ".jpg",
                "1",
                name,
                Optional.of(new Description(
                        facts,
                        AssetState.READY,
                        Optional.empty(),
                        EnumSet.noneOf(Rendition.class),
                        Optional.empty(),
                        1))));
    }

    void analyse(String content, double nsfw, String... labels) {
        ingest.analysed(
                Samples.content(content),
                List.of(
                        new Analysis(
                                "labels",
                                "m",
                                "1",
                                Arrays.stream(labels)
                                        .map(name -> new Label(name, 0.5))
                                        .toList(),
                                OptionalDouble.empty()),
                        new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(nsfw))));
    }
}
