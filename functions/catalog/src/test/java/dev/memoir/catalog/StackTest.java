package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is shown as one, and who sees it. */
class StackTest {
    private static final String HOUSE = "house";
    private static final Filter TRASH = FilterMaker.make().trashed().filter();
    private static final Edits ALONE = Edits.NONE.withStack(new Edits.Stack(Optional.empty()));

    private static CatalogDatabase database;
    private static IngestCatalog catalog;
    private static Library library;
    private static int people;

    /** Somebody new for each test, with files of her own. */
    private String ann;

    private Claims who;

    @BeforeAll
    static void open() {
        database = CatalogDatabase.create();
        catalog = IngestCatalog.over(database.ingest());
        library = Library.over(database.api(), HOUSE);
    }

    @BeforeEach
    void somebody() {
        ann = "ann" + ++people;
        who = new Claims(ann, Set.of(), Map.of());
    }

    @AfterEach
    void whatIsListedIsFoundAndCounted() {
        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
    }

    private static Facts facts(String mediaType, String live, String taken) {
        Facts some = Samples.holiday();
        return new Facts(
                mediaType,
                some.width(),
                some.height(),
                some.orientation(),
                some.durationSeconds(),
                Optional.of(
                        new TakenAt(LocalDateTime.parse(taken), Optional.empty(), TakenAt.Source.LOCAL_ASSUMED_UTC)),
                some.location(),
                some.camera(),
                some.exposure(),
                some.rating(),
                some.title(),
                some.description(),
                some.keywords(),
                Optional.ofNullable(live),
                some.rawTags());
    }

    private Arrival still(String name) {
        return still(name, name);
    }

    private Arrival still(String name, String live) {
        return arrival(ann, name + ".HEIC", facts("image/heic", live, "2024-07-14T18:30:05"));
    }

    private Arrival film(String name) {
        return film(name, name);
    }

    private Arrival film(String name, String live) {
        return arrival(ann, name + ".MOV", facts("video/quicktime", live, "2024-07-14T18:30:04"));
    }

    private Arrival shot(String name, String mediaType, String taken) {
        return arrival(ann, name, facts(mediaType, null, taken));
    }

    private Arrival arrival(String owner, String name, Facts facts) {
        return Samples.arrival(owner, ann + "/" + name, ann + "/" + name, facts);
    }

    private Sha256 content(String name) {
        return Samples.content(ann + "/" + name);
    }

    private UUID id(String name) {
        return ItemId.of(ann, content(name));
    }

    private Set<String> listed(Filter filter) {
        return names(library.page(who, filter, 100, Optional.empty()).items());
    }

    private Set<String> names(List<Item> items) {
        Map<Sha256, String> keys =
                new TreeMap<>(Collections.reverseOrder((a, b) -> a.hex().compareTo(b.hex())));
        library.objects(who, items.stream().map(Item::sha256).collect(Collectors.toSet()))
                .forEach((asset, objects) -> objects.stream()
                        .filter(Library.HeldObject::current)
                        .forEach(object -> keys.put(asset, object.key().substring(ann.length() + 1))));
        return items.stream().map(item -> keys.get(item.sha256())).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The stack in which it is: cover, then kind and name of each member. */
    private List<String> stack(String content) {
        Stack stack = library.stacks(who, List.of(id(content))).get(id(content));
        if (stack == null) {
            return List.of();
        }
        List<String> told = new ArrayList<>(names(List.of(stack.cover())));
        stack.members().stream()
                .map(member -> member.kind() + " "
                        + names(List.of(member.item())).iterator().next())
                .sorted()
                .forEach(told::add);
        return told;
    }

    private void say(String key, Edits edits) {
        catalog.record(sidecar(key, edits));
    }

    private FoundSidecar sidecar(String key, Edits edits) {
        return new FoundSidecar(
                "originals", ann + "/" + key + ".xmp", ann, "etag", 1, Optional.empty(), edits, Optional.empty());
    }

    private Edits under(String cover) {
        return Edits.NONE.withStack(new Edits.Stack(Optional.of(content(cover))));
    }

    @Test
    void aLivePhotoIsShownOnceInWhicheverOrderItsHalvesCome() {
        catalog.record(still("1", "one"));
        catalog.record(film("1", "one"));
        catalog.record(film("2", "two"));
        catalog.record(still("2", "two"));

        assertEquals(Set.of("1.HEIC", "2.HEIC"), listed(Filter.NONE));
        assertEquals(List.of("1.HEIC", "LIVE 1.MOV"), stack("1.HEIC"));
        assertEquals(List.of("2.HEIC", "LIVE 2.MOV"), stack("2.MOV"), "as much from its film");
        assertEquals(2, library.size(who));
        assertEquals(
                2,
                library.timeline(who, Filter.NONE).stream()
                        .mapToInt(Stretch::items)
                        .sum());
        assertEquals(
                List.of(new Facets.Count("image", 2)),
                library.facets(who, Filter.NONE).values().get(Term.Kind.MEDIA_KIND));
        assertEquals(
                2,
                library.map(who, Filter.NONE, new GeoBox(43, 7, 44, 8), 5).stream()
                        .mapToInt(Spot::items)
                        .sum());
        assertEquals(
                Set.of("1.HEIC", "2.HEIC"),
                listed(FilterMaker.make().text("promenade").filter()));
        assertEquals(
                2,
                library.memories(who, LocalDate.of(2025, 7, 14))
                        .getFirst()
                        .items()
                        .size());
        assertEquals(
                List.of(), library.among(who, Filter.NONE, List.of(content("1.MOV"))), "nor by what it looks like");
    }

    @Test
    void halvesOfTwoPeopleAreNone() {
        catalog.record(still("1", "one"));
        String ben = "ben";
        catalog.record(arrival(ben, "1.MOV", facts("video/quicktime", "one", "2024-07-14T18:30:04")));

        assertEquals(List.of(), stack("1.HEIC"));
        assertEquals(1, library.size(new Claims(ben, Set.of(), Map.of())));
    }

    @Test
    void ofDuplicatesOneOfEachIsAPairWhicheverCameFirst() {
        for (int seed = 0; seed < 4; seed++) {
            somebody();
            List<Arrival> arrivals = new ArrayList<>(
                    List.of(still("a/1", "one"), still("b/1", "one"), film("a/1", "one"), film("c/1", "one")));
            Collections.shuffle(arrivals, new Random(seed));
            arrivals.forEach(catalog::record);
            assertEquals(Set.of("a/1.HEIC", "b/1.HEIC", "c/1.MOV"), listed(Filter.NONE));
            assertEquals(List.of("a/1.HEIC", "LIVE a/1.MOV"), stack("a/1.HEIC"));
        }
        catalog.gone("originals", ann + "/a/1.HEIC");
        assertEquals(List.of("b/1.HEIC", "LIVE a/1.MOV"), stack("a/1.MOV"), "the next still takes its place");
    }

    @Test
    void aFilmIsShownByItselfWhileItsStillIsAway() {
        catalog.record(still("1", "one"));
        catalog.record(film("1", "one"));

        catalog.gone("originals", ann + "/1.HEIC");
        assertEquals(Set.of("1.MOV"), listed(Filter.NONE));
        catalog.record(Samples.copy(ann, ann + "/again/1.HEIC", ann + "/1.HEIC"));
        assertEquals(Set.of("again/1.HEIC"), listed(Filter.NONE));
        catalog.gone("originals", ann + "/1.MOV");
        assertEquals(List.of(), stack("1.HEIC"));
        assertEquals(Set.of("again/1.HEIC"), listed(Filter.NONE));
    }

    @Test
    void aRawFileLiesBeneathThePictureOfTheSameShot() {
        String then = "2024-07-14T18:30:05.25";
        catalog.record(shot("a/1.CR2", "image/x-canon-cr2", then));
        catalog.record(shot("a/1.JPG", "image/jpeg", "2024-07-14T18:30:05"));
        catalog.record(shot("a/2.CR2", "image/x-canon-cr2", then));
        catalog.record(shot("a/2.JPG", "image/jpeg", "2024-07-14T18:30:06"));
        catalog.record(shot("a/3.CR2", "image/x-canon-cr2", then));
        catalog.record(shot("b/3.JPG", "image/jpeg", then));
        catalog.record(shot("a/3.edited.JPG", "image/jpeg", then));

        assertEquals(List.of("a/1.JPG", "RAW a/1.CR2"), stack("a/1.CR2"));
        assertEquals(
                Set.of("a/1.JPG", "a/2.CR2", "a/2.JPG", "a/3.CR2", "b/3.JPG", "a/3.edited.JPG"),
                listed(Filter.NONE),
                "another moment, another folder, another name");
        catalog.record(Samples.copy(ann, ann + "/a/3.JPG", ann + "/b/3.JPG"));
        assertEquals("RAW a/3.CR2", stack("b/3.JPG").getLast(), "the same bytes lie beside it now");
    }

    @Test
    void aLivePhotoWithARawFileIsOne() {
        catalog.record(film("1", "one"));
        catalog.record(arrival(ann, "1.DNG", facts("image/x-adobe-dng", "one", "2024-07-14T18:30:05")));
        assertEquals(List.of("1.DNG", "LIVE 1.MOV"), stack("1.MOV"));
        catalog.record(still("1", "one"));
        assertEquals(List.of("1.HEIC", "LIVE 1.MOV", "RAW 1.DNG"), stack("1.MOV"));
    }

    @Test
    void whatIsOfOneShotGoesIntoTheTrashAndComesBackTogether() {
        catalog.record(still("1", "one"));
        catalog.record(film("1", "one"));
        UUID still = id("1.HEIC");

        TrashCan.put(library, who, still);
        assertEquals(Set.of(), listed(Filter.NONE));
        assertEquals(Set.of("1.HEIC"), listed(TRASH), "there as well it is one");
        TrashCan.takeOut(library, who, still);
        assertEquals(List.of("1.HEIC", "LIVE 1.MOV"), stack("1.HEIC"));
        assertEquals(Set.of("1.HEIC"), listed(Filter.NONE));

        TrashCan.put(library, who, id("1.MOV"));
        assertEquals(Set.of(), listed(Filter.NONE), "whichever half is put there");
        catalog.gone("originals", ann + "/1.HEIC");
        assertEquals(Set.of("1.MOV"), listed(TRASH));
    }

    @Test
    void aStackMadeByHandIsPartedByHandAlone() {
        for (String name : List.of("1", "2", "3")) {
            catalog.record(still(name));
            catalog.record(film(name));
            say(name + ".HEIC", under("2.HEIC"));
        }
        List<String> whole = List.of("2.HEIC", "HAND 1.HEIC", "HAND 3.HEIC", "LIVE 1.MOV", "LIVE 2.MOV", "LIVE 3.MOV");
        assertEquals(whole, stack("3.MOV"));
        assertEquals(Set.of("2.HEIC"), listed(Filter.NONE));

        catalog.record(still("1"));
        assertEquals(0, catalog.stack());
        assertEquals(whole, stack("1.HEIC"));

        TrashCan.put(library, who, id("2.HEIC"));
        assertEquals(Set.of("2.HEIC"), listed(TRASH), "only that one, with its film");
        assertEquals(1, listed(Filter.NONE).size(), "another one stands for the rest");
        TrashCan.takeOut(library, who, id("2.HEIC"));
        assertEquals(whole, stack("2.MOV"));

        say("3.HEIC", Edits.NONE);
        assertEquals(List.of("3.HEIC", "LIVE 3.MOV"), stack("3.HEIC"));
        say("3.MOV", ALONE);
        assertEquals(List.of(), stack("3.HEIC"));
        catalog.record(still("3"));
        assertEquals(0, catalog.stack());
        assertEquals(Set.of("2.HEIC", "3.HEIC", "3.MOV"), listed(Filter.NONE));
        say("3.HEIC", under("3.HEIC"));
        say("3.MOV", under("3.HEIC"));
        assertEquals(List.of("3.HEIC", "LIVE 3.MOV"), stack("3.MOV"), "put together again it is a live photo");
    }

    @Test
    void aWordThatComesBeforeWhatItNamesWaits() {
        say("1.HEIC", under("2.HEIC"));
        say("2.HEIC", under("2.HEIC"));
        catalog.record(still("1"));
        assertEquals(Set.of("1.HEIC"), listed(Filter.NONE));
        catalog.record(still("2"));
        assertEquals(List.of("2.HEIC", "HAND 1.HEIC"), stack("1.HEIC"));
        say("2.HEIC", under("1.HEIC"));
        assertEquals(List.of(), stack("1.HEIC"), "each names another: none lies beneath none");
        say("1.HEIC", under("1.HEIC"));
        assertEquals(List.of("1.HEIC", "HAND 2.HEIC"), stack("2.HEIC"));
    }

    @Test
    void aStackShowsNobodyWhatTheyMayNotSee() {
        Claims stranger = who;
        ann = HOUSE;
        for (String name : List.of("1", "2")) {
            catalog.record(still(name));
            catalog.record(film(name));
        }
        flag("1.MOV");
        flag("2.HEIC");
        Claims child = new Claims("child", Set.of("family"), Map.of());
        Claims adult = new Claims("adult", Set.of("family"), Map.of("adult", "true"));
        List<UUID> all = List.of("1.HEIC", "1.MOV", "2.HEIC", "2.MOV").stream()
                .map(this::id)
                .toList();

        assertEquals(Set.copyOf(all), library.stacks(adult, all).keySet());
        assertEquals(Map.of(), library.stacks(child, all), "of each stack only one half is for children");
        assertEquals(
                List.of(all.getFirst()),
                library.page(child, Filter.NONE, 10, Optional.empty()).items().stream()
                        .map(Item::id)
                        .toList(),
                "a film whose still is hidden is not put in its place");
        assertEquals(Map.of(), library.stacks(stranger, all));
        assertEquals(2, library.size(adult));
    }

    private void flag(String content) {
        catalog.analysed(content(content), List.of(new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(0.95))));
    }

    @Test
    void anAlbumShowsWhatWasPutIntoItAndGathersCovers() {
        catalog.record(still("1"));
        catalog.record(film("1"));
        AlbumCatalog albums = AlbumCatalog.over(database.ingest());
        Claims ben = new Claims("ben", Set.of(), Map.of());
        Album still = Albums.of(ann, content("1.HEIC"))
                .given(Map.of(Grantee.subject("ben"), AlbumRole.VIEW), Samples.UPLOADED);
        albums.settle(still);
        assertEquals(1, inAlbum(ben, still));
        assertEquals(Map.of(), library.stacks(ben, List.of(id("1.HEIC"))), "the film was not given to him");
        Album both = Albums.of(ann, content("1.HEIC"), content("1.MOV"))
                .given(Map.of(Grantee.subject("ben"), AlbumRole.VIEW), Samples.UPLOADED);
        albums.settle(both);
        assertEquals(2, inAlbum(ben, both));
        assertEquals(2, inAlbum(who, both));
        assertEquals(1, library.stacks(ben, List.of(id("1.HEIC"))).size());

        Album rule = Albums.of(ann)
                .gathering(new AlbumRule(
                        Set.of(ann),
                        Set.of(),
                        List.of(),
                        Optional.of(Samples.UPLOADED.minusSeconds(10L * 365 * 86_400)),
                        Optional.empty(),
                        Optional.empty()));
        albums.settle(rule);
        assertEquals(1, inAlbum(who, rule));
        catalog.record(film("2"));
        assertEquals(2, inAlbum(who, rule));
        catalog.record(still("2"));
        assertEquals(2, inAlbum(who, rule), "the still takes its place");
    }

    private int inAlbum(Claims who, Album album) {
        return library.page(who, Filter.NONE.in(album.id()), 10, Optional.empty())
                .items()
                .size();
    }

    @Test
    void halvesThatComeAtOnceFindEachOther() throws Exception {
        List<Callable<Void>> arrivals = IntStream.range(0, 20)
                .boxed()
                .flatMap(n -> List.of(still("" + n), film("" + n)).stream())
                .map(arrival -> (Callable<Void>) () -> {
                    catalog.record(arrival);
                    return null;
                })
                .toList();
        try (var several = Executors.newFixedThreadPool(4)) {
            for (var done : several.invokeAll(arrivals)) {
                done.get();
            }
        }
        assertEquals(20, library.size(who));
        assertEquals(20, database.count("item WHERE cover_kind = 'live' AND owner = '" + ann + "'"));
    }

    @Test
    void aStackThatIsMadeOfManyAtOnceIsWhole() throws Exception {
        List<String> names = IntStream.range(0, 20).mapToObj(n -> n + ".HEIC").toList();
        names.forEach(name -> catalog.record(still(name.substring(0, name.indexOf('.')))));
        try (var several = Executors.newFixedThreadPool(8)) {
            List<Callable<Void>> words = names.stream()
                    .map(name -> (Callable<Void>) () -> {
                        library.record(who, sidecar(name, under("7.HEIC")));
                        return null;
                    })
                    .toList();
            for (var done : several.invokeAll(words)) {
                done.get();
            }
        }
        assertEquals(Set.of("7.HEIC"), listed(Filter.NONE));
        assertEquals(20, stack("3.HEIC").size());
    }

    @Test
    void aSweepStacksWhatCameBefore() {
        for (String name : List.of("1", "2")) {
            catalog.record(still(name, null));
            catalog.record(film(name, null));
        }
        catalog.record(shot("a/1.CR2", "image/x-canon-cr2", "2024-07-14T18:30:05"));
        catalog.record(shot("a/1.JPG", "image/png", "2024-07-14T18:30:07"));
        assertEquals(0, catalog.stack());
        Jdbi.create(database.ingest()).useHandle(handle -> {
            handle.execute(
                    "UPDATE asset SET live_photo_id = left(split_part(encode(o.key, 'escape'), '/', 2), 1) FROM object o"
                            + " WHERE o.sha256 = asset.sha256 AND o.owner = '" + ann
                            + "' AND taken_local < '2024-07-14T18:30:06' AND media_type NOT LIKE '%x-%'");
            handle.execute("UPDATE asset SET taken_local = '2024-07-14T18:30:05' WHERE media_type = 'image/png'");
        });

        assertEquals(3, catalog.stack());
        assertEquals(Set.of("1.HEIC", "2.HEIC", "a/1.JPG"), listed(Filter.NONE));
    }
}
