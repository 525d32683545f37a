package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.AssetState;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Label;
import dev.memoir.media.MediaKind;
import dev.memoir.media.Rendition;
import dev.memoir.media.TakenAt;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A random library, searched with random filters in pages of random length, against going through it by hand. */
class SearchByHandTest {
    private static final int ITEMS = 200;
    private static final int SEARCHES = 120;
    private static final Instant START = Instant.parse("2020-12-20T00:00:00Z");
    private static final List<String> WORDS = List.of("beach", "dog", "éclair", "snow", "old");
    private static final List<String> LABELS = List.of("seashore", "sandbar", "golden retriever", "ski");
    private static final List<String> CAMERAS = List.of("X-T5", "Pixel 8", "EOS R5");
    private static final List<String> TYPES = List.of("image/jpeg", "image/heic", "video/mp4");
    private static final int PERIODS = 60;

    private static final Random RANDOM = new Random(5);
    private static final Map<UUID, Photo> LIBRARY = new LinkedHashMap<>();
    private static CatalogDatabase database;

    private record Photo(
            UUID id,
            List<String> words,
            List<String> labels,
            Instant taken,
            Optional<GeoPoint> place,
            String camera,
            String mediaType,
            AssetState state,
            Optional<Integer> rating,
            Optional<Double> nsfw,
            boolean trashed) {

        private boolean matches(Filter filter) {
            return filter.text()
                            .map(text -> words.containsAll(Arrays.asList(text.split(" "))))
                            .orElse(true)
                    && labels.containsAll(filter.labels())
                    && filter.from().map(from -> !taken.isBefore(from)).orElse(true)
                    && filter.before().map(taken::isBefore).orElse(true)
                    && filter.box().map(this::within).orElse(true)
                    && any(filter.kinds(), mediaType.startsWith("video") ? MediaKind.VIDEO : MediaKind.IMAGE)
                    && any(filter.mediaTypes(), mediaType)
                    && any(filter.cameras(), camera)
                    && any(filter.years(), taken.atOffset(ZoneOffset.UTC).getYear())
                    && any(filter.states(), state)
                    && (filter.ratings().isEmpty()
                            || rating.map(filter.ratings()::contains).orElse(false))
                    && filter.nsfw().map(this::scored).orElse(true)
                    && filter.trashed() == trashed;
        }

        private static <T> boolean any(Set<T> wanted, T value) {
            return wanted.isEmpty() || wanted.contains(value);
        }

        private boolean within(GeoBox box) {
            return place.map(p -> p.latitude() >= box.south()
                            && p.latitude() <= box.north()
                            && (box.west() <= box.east()
                                    ? p.longitude() >= box.west() && p.longitude() <= box.east()
                                    : p.longitude() >= box.west() || p.longitude() <= box.east()))
                    .orElse(false);
        }

        private boolean scored(Filter.NsfwRange range) {
            return nsfw.map(score -> score > range.above() && score <= range.atMost())
                    .orElse(range.unscored());
        }
    }

    /** @param crowd see {@link ItemSearch}: 3 makes nearly every period one and nothing few, 100,000 none and everything */
    @ParameterizedTest
    @ValueSource(ints = {3, 100_000})
    void everySearchFindsWhatGoingThroughTheLibraryFinds(int crowd) {
        Jdbi api = Jdbi.create(database.api()).installPlugin(new PostgresPlugin());
        int matches = 0;
        for (int i = 0; i < SEARCHES; i++) {
            Filter filter = filter();
            List<UUID> expected = LIBRARY.values().stream()
                    .filter(photo -> photo.matches(filter))
                    .sorted(Comparator.comparing(Photo::taken)
                            .thenComparing(photo -> photo.id().toString())
                            .reversed())
                    .map(Photo::id)
                    .toList();
            assertEquals(expected, found(api, filter, crowd), filter::toString);
            matches += expected.isEmpty() ? 0 : 1;
        }
        assertTrue(matches > SEARCHES / 3, "the filters hardly ever match: " + matches);
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
    }

    private static List<UUID> found(Jdbi api, Filter filter, int crowd) {
        List<UUID> found = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        while (true) {
            int length = 1 + RANDOM.nextInt(1 + RANDOM.nextInt(ITEMS));
            Optional<Cursor> start = after;
            List<UUID> page = api.inTransaction(handle -> {
                claim(handle);
                return new ItemSearch(handle, filter, start, crowd).first(length);
            });
            found.addAll(page);
            if (page.size() < length) {
                return found;
            }
            after = Optional.of(new Cursor(LIBRARY.get(page.getLast()).taken(), page.getLast()));
        }
    }

    private static void claim(Handle handle) {
        handle.execute("SELECT set_config('memoir.subject', 'ann', true)");
    }

    /** Half of it in four days, some of it at one instant; described once or twice, analysed or not, trashed or gone. */
    @BeforeAll
    static void fill() {
        database = CatalogDatabase.create();
        IngestCatalog ingest = IngestCatalog.over(database.ingest());
        Library people = Library.over(database.api());
        for (int n = 0; n < ITEMS; n++) {
            Photo photo = photo(n);
            String key = "users/ann/" + n;
            if (RANDOM.nextInt(4) == 0) {
                Photo earlier = photo(n);
                ingest.record(arrival("ann", key, n, earlier));
                analyse(ingest, n, earlier);
            }
            ingest.record(arrival("ann", key, n, photo));
            analyse(ingest, n, photo);
            if (RANDOM.nextInt(10) == 0) {
                ingest.record(arrival("ben", "users/ben/" + n, n, photo));
            }
            if (photo.trashed() || RANDOM.nextInt(10) == 0) {
                people.trash(LibrarySample.ANN, List.of(photo.id()));
            }
            if (!photo.trashed()) {
                people.restore(LibrarySample.ANN, List.of(photo.id()));
            }
            LIBRARY.put(photo.id(), photo);
        }
    }

    private static Photo photo(int n) {
        Instant taken = RANDOM.nextBoolean()
                ? START.plus(Duration.ofMinutes(RANDOM.nextInt(4 * 24 * 60)))
                : RANDOM.nextInt(5) == 0 ? START : START.minus(Duration.ofHours(RANDOM.nextInt(24 * 4 * PERIODS)));
        return new Photo(
                ItemId.of("ann", Samples.content(String.valueOf(n))),
                some(WORDS),
                some(LABELS),
                taken,
                RANDOM.nextInt(3) == 0 ? Optional.empty() : Optional.of(place()),
                one(CAMERAS),
                one(TYPES),
                RANDOM.nextInt(5) == 0 ? AssetState.DAMAGED : AssetState.READY,
                RANDOM.nextBoolean() ? Optional.empty() : Optional.of(RANDOM.nextInt(6)),
                RANDOM.nextInt(4) == 0 ? Optional.empty() : Optional.of(RANDOM.nextInt(21) / 20.0),
                RANDOM.nextInt(6) == 0);
    }

    private static Arrival arrival(String owner, String key, int n, Photo photo) {
        Facts facts = new Facts(
                photo.mediaType(),
                Optional.of(40),
                Optional.of(30),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new TakenAt(
                        LocalDateTime.ofInstant(photo.taken(), ZoneOffset.UTC),
                        Optional.of(ZoneOffset.UTC),
                        TakenAt.Source.OFFSET_TAG)),
                photo.place(),
                new Facts.Camera(Optional.empty(), Optional.of(photo.camera()), Optional.empty()),
                Facts.Exposure.UNKNOWN,
                photo.rating(),
                Optional.of(String.join(" ", photo.words())),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Map.of());
        return Samples.version(
                owner,
                key,
                "1",
                String.valueOf(n),
                Optional.of(new Description(
                        facts, photo.state(), Optional.empty(), EnumSet.noneOf(Rendition.class), Optional.empty(), 1)));
    }

    private static void analyse(IngestCatalog ingest, int n, Photo photo) {
        List<Analysis> analyses = new ArrayList<>();
        analyses.add(new Analysis(
                "labels",
                "m",
                "1",
                photo.labels().stream().map(name -> new Label(name, 0.5)).toList(),
                OptionalDouble.empty()));
        analyses.add(new Analysis(
                "nsfw",
                "n",
                "1",
                List.of(),
                photo.nsfw().map(OptionalDouble::of).orElseGet(OptionalDouble::empty)));
        ingest.analysed(Samples.content(String.valueOf(n)), analyses);
    }

    /** Few conditions mostly, all of them sometimes. */
    private static Filter filter() {
        int rarity = 1 + RANDOM.nextInt(8);
        return new Filter(
                maybe(rarity).map(yes -> String.join(" ", twoAtMost(WORDS))).filter(text -> !text.isEmpty()),
                maybe(rarity).map(yes -> twoAtMost(LABELS)).orElse(List.of()),
                maybe(rarity).map(yes -> START.minus(Duration.ofHours(RANDOM.nextInt(24 * 4 * PERIODS)))),
                maybe(rarity).map(yes -> START.plus(Duration.ofHours(RANDOM.nextInt(200) - 100))),
                maybe(rarity).map(yes -> box()),
                maybe(rarity)
                        .map(yes -> Set.of(RANDOM.nextBoolean() ? MediaKind.IMAGE : MediaKind.VIDEO))
                        .orElse(Set.of()),
                maybe(rarity).map(yes -> Set.copyOf(twoAtMost(TYPES))).orElse(Set.of()),
                maybe(rarity).map(yes -> Set.copyOf(twoAtMost(CAMERAS))).orElse(Set.of()),
                maybe(rarity).map(yes -> Set.of(2020 + RANDOM.nextInt(2))).orElse(Set.of()),
                maybe(rarity)
                        .map(yes -> Set.of(RANDOM.nextBoolean() ? AssetState.READY : AssetState.DAMAGED))
                        .orElse(Set.of()),
                maybe(rarity).map(yes -> Set.of(RANDOM.nextInt(5), 5)).orElse(Set.of()),
                maybe(rarity).map(yes -> range()),
                RANDOM.nextInt(8) == 0);
    }

    private static Filter.NsfwRange range() {
        return switch (RANDOM.nextInt(3)) {
            case 0 -> Filter.NsfwRange.ONLY_FLAGGED;
            case 1 -> Filter.NsfwRange.NOT_FLAGGED;
            default ->
                new Filter.NsfwRange(RANDOM.nextInt(10) / 20.0, 0.5 + RANDOM.nextInt(11) / 20.0, RANDOM.nextBoolean());
        };
    }

    private static Optional<Boolean> maybe(int rarity) {
        return RANDOM.nextInt(rarity) == 0 ? Optional.of(true) : Optional.empty();
    }

    /** At a home near the date line, or anywhere. */
    private static GeoPoint place() {
        double latitude = RANDOM.nextBoolean() ? -17.8 + RANDOM.nextDouble() / 10 : RANDOM.nextDouble() * 180 - 90;
        double longitude = RANDOM.nextBoolean() ? 179.95 + RANDOM.nextDouble() / 10 : RANDOM.nextDouble() * 360 - 180;
        return new GeoPoint(latitude, longitude > 180 ? longitude - 360 : longitude, Optional.empty());
    }

    private static GeoBox box() {
        if (RANDOM.nextBoolean()) {
            return new GeoBox(-17.8 + RANDOM.nextDouble() / 20, 179.9, -17.7, RANDOM.nextBoolean() ? 180 : -179.98);
        }
        double south = RANDOM.nextDouble() * 180 - 90;
        return new GeoBox(
                south,
                RANDOM.nextDouble() * 360 - 180,
                south + RANDOM.nextDouble() * (90 - south),
                RANDOM.nextDouble() * 360 - 180);
    }

    private static List<String> some(List<String> of) {
        return of.stream().filter(value -> RANDOM.nextInt(3) > 0).toList();
    }

    private static List<String> twoAtMost(List<String> of) {
        return IntStream.range(0, RANDOM.nextInt(3))
                .mapToObj(i -> one(of))
                .distinct()
                .toList();
    }

    private static <T> T one(List<T> of) {
        return of.get(RANDOM.nextInt(of.size()));
    }
}
