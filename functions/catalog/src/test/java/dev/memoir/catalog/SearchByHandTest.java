package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.AssetState;
import dev.memoir.media.Edits;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
            boolean trashed,
            boolean favourite,
            boolean archived) {

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
                    && filter.marks().favourite().map(is -> is == favourite).orElse(true)
                    && filter.marks().archived().map(is -> is == archived).orElse(true)
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

    @Test
    void aMapGathersWhatGoingThroughTheLibraryGathers() {
        Library library = Library.over(database.api());
        int drawn = 0;
        for (int i = 0; i < SEARCHES; i++) {
            Filter filter = filter();
            GeoBox box = box();
            int zoom = RANDOM.nextInt(23);
            Set<GeoCell> cells = Set.copyOf(GeoCell.drawn(box, zoom));
            int level = cells.iterator().next().level();
            Map<GeoBox, Set<UUID>> expected = new HashMap<>();
            LIBRARY.values().stream()
                    .filter(photo -> photo.matches(filter))
                    .forEach(photo -> photo.place()
                            .filter(place -> cells.contains(GeoCell.at(level, place.latitude(), place.longitude())))
                            .map(place -> GeoCell.at(GeoCell.levelDrawn(zoom), place.latitude(), place.longitude()))
                            .ifPresent(cell -> expected.computeIfAbsent(cell.box(), b -> new HashSet<>())
                                    .add(photo.id())));
            List<Spot> spots = library.map(LibrarySample.ANN, filter, box, zoom);
            assertEquals(
                    expected.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    gathered -> gathered.getValue().size())),
                    spots.stream().collect(Collectors.toMap(Spot::box, Spot::items)),
                    () -> filter + " " + box + " at zoom " + zoom);
            for (Spot spot : spots) {
                assertTrue(expected.get(spot.box()).contains(spot.shown().id()), "shown is what lies there");
                GeoPoint place = LIBRARY.get(spot.shown().id()).place().orElseThrow();
                assertEquals(place.latitude(), spot.place().latitude());
                assertEquals(place.longitude(), spot.place().longitude());
            }
            drawn += spots.isEmpty() ? 0 : 1;
        }
        assertTrue(drawn > SEARCHES / 6, "hardly anything is drawn: " + drawn);
    }

    private static List<UUID> found(Jdbi api, Filter filter, int crowd) {
        List<UUID> found = new ArrayList<>();
        Optional<Cursor> after = Optional.empty();
        while (true) {
            int length = 1 + RANDOM.nextInt(1 + RANDOM.nextInt(ITEMS));
            Optional<Cursor> start = after;
            List<UUID> page = api.inTransaction(handle -> {
                claim(handle);
                return new ItemSearch(handle, "ann", filter, start, crowd).first(length);
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

    /** Half of it in four days, some of it at one instant; described once or twice, edited, analysed or not, trashed or gone. */
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
            boolean edited = RANDOM.nextInt(3) == 0;
            ingest.record(arrival("ann", key, n, edited ? unedited(photo, photo(n)) : photo));
            sidecar(ingest, people, key, photo, edited);
            analyse(ingest, n, photo);
            if (RANDOM.nextInt(10) == 0) {
                ingest.record(arrival("ben", "users/ben/" + n, n, photo));
            }
            if (photo.trashed() || RANDOM.nextInt(10) == 0) {
                TrashCan.put(people, LibrarySample.ANN, photo.id());
            }
            if (!photo.trashed()) {
                TrashCan.takeOut(people, LibrarySample.ANN, photo.id());
            }
            LIBRARY.put(photo.id(), photo);
        }
    }

    /** The photo as its file has it: what is edited is otherwise in it. */
    private static Photo unedited(Photo photo, Photo file) {
        return new Photo(
                photo.id(),
                file.words(),
                photo.labels(),
                file.taken(),
                file.place(),
                photo.camera(),
                photo.mediaType(),
                photo.state(),
                photo.rating().flatMap(stars -> file.rating()),
                photo.nsfw(),
                photo.trashed(),
                false,
                false);
    }

    private static void sidecar(IngestCatalog ingest, Library people, String key, Photo photo, boolean edited) {
        Edits edits = Edits.NONE.withFavourite(photo.favourite()).withArchived(photo.archived());
        if (edited) {
            edits = edits.withTitle(String.join(" ", photo.words()))
                    .withPlace(new Edits.Place(photo.place()))
                    .withTaken(new TakenAt(
                            LocalDateTime.ofInstant(photo.taken(), ZoneOffset.UTC),
                            Optional.of(ZoneOffset.UTC),
                            TakenAt.Source.EDITED));
            edits = photo.rating().map(edits::withRating).orElse(edits);
        }
        FoundSidecar found = new FoundSidecar(
                "originals", key + ".xmp", "ann", "etag", 1, Optional.empty(), edits, Optional.empty());
        if (RANDOM.nextBoolean()) {
            people.record(LibrarySample.ANN, found);
        } else {
            ingest.record(found);
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
                RANDOM.nextInt(6) == 0,
                RANDOM.nextInt(4) == 0,
                RANDOM.nextInt(4) == 0);
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
                RANDOM.nextInt(8) == 0,
                Set.of(),
                new Filter.Marks(
                        maybe(rarity).map(yes -> RANDOM.nextBoolean()),
                        maybe(rarity).map(yes -> RANDOM.nextBoolean())));
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
