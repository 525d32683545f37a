package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.AlbumLibrary.Placed;
import dev.memoir.catalog.AlbumLibrary.Seen;
import dev.memoir.catalog.AlbumLibrary.Wanted;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.media.access.Grantee;
import dev.memoir.people.Decision;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Albums over a real PostgreSQL, each test with people of its own. */
class AlbumLibraryTest {
    private static final String HOME = "home";
    private static final Instant LATER = Samples.UPLOADED.plusSeconds(1);

    private static CatalogDatabase database;
    private static IngestCatalog ingest;
    private static Library library;
    private static AlbumLibrary albums;
    private static AlbumCatalog documents;

    @BeforeAll
    static void open() {
        database = CatalogDatabase.create();
        ingest = IngestCatalog.over(database.ingest());
        library = Library.over(database.api(), HOME);
        albums = AlbumLibrary.over(database.api(), HOME);
        documents = AlbumCatalog.over(database.ingest());
    }

    private static Claims person(String name, String... groups) {
        return new Claims(name, Set.of(groups), Map.of());
    }

    private static Sha256 photo(String owner, String name) {
        ingest.record(Samples.arrival(owner, "users/" + owner + "/" + name + ".jpg", owner + name, Samples.holiday()));
        return Samples.content(owner + name);
    }

    private static Album made(Album album) {
        albums.record(person(album.owner()), Optional.empty(), album);
        return album;
    }

    private static List<Sha256> shown(Claims who, Album album) {
        return albums.items(who, album.id(), 100, Optional.empty()).items().stream()
                .map(placed -> placed.item().sha256())
                .toList();
    }

    private static Seen seen(Claims who, Album album) {
        return albums.albums(who, List.of(album.id())).get(album.id());
    }

    @Test
    void anAlbumIsItsOwnersUntilItIsGivenAndTellsEachWhatConcernsThem() {
        Album own = made(Albums.of("a1", photo("a1", "x")));
        assertEquals(AlbumRole.OWN, seen(person("a1"), own).role());
        assertEquals(Map.of(), albums.albums(person("b1", "friends"), List.of(own.id())));

        Map<Grantee, AlbumRole> grants =
                Map.of(Grantee.group("friends"), AlbumRole.VIEW, Grantee.subject("m1"), AlbumRole.MANAGE);
        Album given = own.given(grants, LATER);
        albums.record(person("a1"), Optional.of(own), given);

        Seen friends = seen(person("b1", "friends"), given);
        assertEquals(AlbumRole.VIEW, friends.role());
        assertEquals(Map.of(), friends.grants(), "whom else it was given is not theirs to know");
        assertEquals(grants, seen(person("m1"), given).grants());
        assertEquals(List.of(Samples.content("a1x")), shown(person("b1", "friends"), given));
        assertEquals(List.of(), shown(person("b1", "others"), given));
        assertFalse(
                albums.albums(person("friends"), List.of(own.id())).containsKey(own.id()), "a group is nobody's name");
    }

    @Test
    void whatIsPutByHandIsPagedAsItWasPutAndWhatIsByTimeTheNewestFirst() {
        List<Sha256> assets = new ArrayList<>();
        for (int n = 0; n < 7; n++) {
            assets.add(photo("a2", "p" + n));
        }
        Album album = made(Albums.of("a2", assets.toArray(Sha256[]::new)));
        assertEquals(assets, paged(album));

        List<Album.Entry> turned = new ArrayList<>();
        album.entries()
                .reversed()
                .forEach(entry ->
                        turned.add(new Album.Entry(entry.member(), turned.size() + 1L, entry.by(), entry.at())));
        Album moved = album.holding(turned);
        albums.record(person("a2"), Optional.of(album), moved);
        assertEquals(assets.reversed(), paged(moved));

        Album byTime = moved.saying("Summer", "", Optional.empty(), Optional.empty(), AlbumOrder.BY_TIME, LATER);
        albums.record(person("a2"), Optional.of(moved), byTime);
        List<UUID> newest = library.page(person("a2"), Filter.NONE, 100, Optional.empty()).items().stream()
                .map(Item::id)
                .toList();
        assertEquals(
                newest,
                paged(byTime).stream().map(asset -> ItemId.of("a2", asset)).toList());
        assertEquals(Map.of(album.id(), 7L), albums.counts(person("a2"), List.of(album.id())));
    }

    private static List<Sha256> paged(Album album) {
        List<Sha256> all = new ArrayList<>();
        Optional<AlbumCursor> after = Optional.empty();
        for (AlbumLibrary.Items page;
                ;
                after = Optional.of(page.items().getLast().cursor())) {
            page = albums.items(
                    person(album.owner()),
                    album.id(),
                    3,
                    after.map(AlbumCursor::text).map(AlbumCursor::parse));
            page.items().stream().map(Placed::item).map(Item::sha256).forEach(all::add);
            if (!page.more()) {
                return all;
            }
        }
    }

    @Test
    void albumsArePagedLatestFirstAndLieInEachOther() {
        Album outer = made(Albums.of("a3"));
        Album inner = made(Albums.of("a3")
                .saying("Inner", "", Optional.empty(), Optional.of(outer.id()), AlbumOrder.MANUAL, LATER)
                .given(Map.of(Grantee.subject("b3"), AlbumRole.VIEW), LATER));
        Wanted all = new Wanted(Optional.empty(), false, Optional.empty());
        AlbumLibrary.Page first = albums.page(person("a3"), all, 1, Optional.empty());
        assertTrue(first.more());
        AlbumLibrary.Page second = albums.page(
                person("a3"), all, 1, Optional.of(first.albums().getFirst().cursor()));
        assertFalse(second.more());
        assertEquals(
                Set.of(outer.id(), inner.id()),
                Set.of(
                        first.albums().getFirst().id(),
                        second.albums().getFirst().id()));
        assertEquals(
                List.of(inner.id()), ids(person("a3"), new Wanted(Optional.of(outer.id()), false, Optional.empty())));
        assertEquals(List.of(outer.id()), ids(person("a3"), new Wanted(Optional.empty(), true, Optional.empty())));
        assertEquals(
                List.of(inner.id()),
                ids(person("b3"), new Wanted(Optional.empty(), true, Optional.of(true))),
                "what it lies in was not given: it lies in nothing");
        assertEquals(List.of(), ids(person("b3"), new Wanted(Optional.empty(), false, Optional.of(false))));
        assertEquals(Optional.empty(), seen(person("b3"), inner).parent());
    }

    private static List<UUID> ids(Claims who, Wanted wanted) {
        return albums.page(who, wanted, 100, Optional.empty()).albums().stream()
                .map(Seen::id)
                .toList();
    }

    @Test
    void theChosenCoverShowsAnAlbumAsLongAsItIsSeenInIt() {
        Sha256 first = photo("a4", "1");
        Sha256 chosen = photo("a4", "2");
        Album album = Albums.of("a4", first, chosen)
                .saying(
                        "x",
                        "",
                        Optional.of(new Album.Member("a4", chosen)),
                        Optional.empty(),
                        AlbumOrder.MANUAL,
                        LATER)
                .given(Map.of(Grantee.subject("b4"), AlbumRole.VIEW), LATER);
        made(album);
        assertEquals(chosen, cover(person("b4"), album));
        TrashCan.put(library, person("a4"), ItemId.of("a4", chosen));
        assertEquals(first, cover(person("b4"), album));
        assertEquals(
                List.of(album.id()),
                albums.holding(person("b4"), List.of(ItemId.of("a4", first))).get(ItemId.of("a4", first)).stream()
                        .map(Seen::id)
                        .toList());
    }

    private static Sha256 cover(Claims who, Album album) {
        return albums.covers(who, List.of(album.id())).get(album.id()).sha256();
    }

    @Test
    void whoSeesAPhotoOnlyInAnAlbumNeitherReadsNorFindsWhatItsOwnerMarkedItWith() {
        Sha256 asset = photo("a5", "secretname");
        ingest.record(new FoundSidecar(
                "originals",
                "users/a5/secretname.jpg.xmp",
                "a5",
                "etag",
                1,
                Optional.empty(),
                Edits.NONE.withFavourite(true).withArchived(true).withRating(5).withTitle("Regatta"),
                Optional.empty()));
        Album album = made(Albums.of("a5", asset).given(Map.of(Grantee.subject("b5"), AlbumRole.VIEW), LATER));
        UUID id = ItemId.of("a5", asset);
        Claims owner = person("a5");
        Claims other = person("b5");

        assertTrue(library.item(owner, id).orElseThrow().edits().favourite());
        Edits told = library.item(other, id).orElseThrow().edits();
        assertEquals(Edits.NONE.withTitle("Regatta"), told);
        for (Filter hidden : List.of(
                FilterMaker.make().text("secretname").filter(),
                FilterMaker.make().ratings(5).filter(),
                Filter.NONE.marked(new Filter.Marks(Optional.of(true), Optional.empty())),
                Filter.NONE.marked(new Filter.Marks(Optional.empty(), Optional.of(true))),
                Filter.with(Set.of(UUID.randomUUID())))) {
            assertEquals(List.of(), found(other, hidden.in(album.id())), hidden.toString());
            assertEquals(List.of(), library.timeline(other, hidden.in(album.id())));
        }
        for (Filter open : List.of(
                FilterMaker.make().text("regatta").filter(),
                FilterMaker.make().years(2024).filter(),
                Filter.NONE.marked(new Filter.Marks(Optional.of(false), Optional.of(false))))) {
            assertEquals(List.of(id), found(other, open.in(album.id())), open.toString());
        }
        assertEquals(
                List.of(id),
                found(owner, FilterMaker.make().text("secretname").filter().in(album.id())));
        assertEquals(
                List.of(),
                found(
                        owner,
                        Filter.NONE
                                .marked(new Filter.Marks(Optional.of(false), Optional.empty()))
                                .in(album.id())));
        assertEquals(
                List.of(), library.facets(other, Filter.NONE.in(album.id())).of(Term.Kind.MARK));
        assertEquals(
                2,
                library.facets(owner, Filter.NONE.in(album.id()))
                        .of(Term.Kind.MARK)
                        .size());
        assertEquals(List.of(), found(other, Filter.NONE), "in no list but the album's");
        assertEquals(0, library.size(other));
    }

    private static List<UUID> found(Claims who, Filter filter) {
        return library.page(who, filter, 100, Optional.empty()).items().stream()
                .map(Item::id)
                .toList();
    }

    @Test
    void peopleDoNotComeWithAnAlbumNotEvenAsWhatItIsFoundBy() {
        FaceCatalog faces = FaceCatalog.over(database.ingest());
        faces.want(true);
        Sha256 asset = photo("a6", "portrait");
        faces.record(asset, PeopleTest.MODELS, List.of(PeopleTest.face(0.2, 606)), (id, e) -> id);
        PeopleLibrary people = PeopleLibrary.over(database.api(), HOME);
        UUID face =
                people.faces(person("a6"), Set.of(asset)).get(asset).getFirst().id();
        UUID somebody = people.faces(person("a6"), Set.of(asset))
                .get(asset)
                .getFirst()
                .person()
                .orElseThrow();
        people.decide(
                person("a6"),
                Decision.of(
                        Instant.parse("2026-01-02T00:00:00Z"),
                        UUID.randomUUID(),
                        "a6",
                        new Decision.Name(somebody, "Wilhelmine", List.of())));
        Album album = made(Albums.of("a6", asset).given(Map.of(Grantee.group("family"), AlbumRole.MANAGE), LATER));
        Claims other = person("b6", "family");

        assertEquals(List.of(asset), shown(other, album));
        assertEquals(Map.of(), people.faces(other, Set.of(asset)));
        assertEquals(List.of(), people.faces(other, List.of(face)));
        assertEquals(Map.of(), people.people(other, List.of(somebody)));
        assertEquals(List.of(), found(other, Filter.with(Set.of(somebody)).in(album.id())));
        assertEquals(
                List.of(),
                found(other, FilterMaker.make().text("wilhelmine").filter().in(album.id())));
        assertEquals(
                List.of(), library.facets(other, Filter.NONE.in(album.id())).of(Term.Kind.PERSON));
        assertEquals(
                1,
                found(
                                person("a6"),
                                FilterMaker.make().text("wilhelmine").filter().in(album.id()))
                        .size());
    }

    static List<DecisionTable.AlbumRow> roles() {
        return DecisionTable.albums();
    }

    /** The second table, line by line, past every check but the database's own. */
    @ParameterizedTest
    @MethodSource("roles")
    void rowSecurityLetsEachRoleWriteWhatTheTableDoes(DecisionTable.AlbumRow row) {
        String owner = "o-" + row.role() + row.action();
        String name = row.role() == AlbumRole.OWN ? owner : "r-" + row.role() + row.action();
        Claims who = person(name);
        Sha256 theirs = photo(owner, "theirs");
        Sha256 mine = photo(name, "mine");
        Album album = made(Albums.of(owner, theirs)
                .given(row.role() == AlbumRole.OWN ? Map.of() : Map.of(Grantee.subject(name), row.role()), LATER));
        assertEquals(row.allowed(), album.allows(who, row.action()));
        Instant now = LATER.plusSeconds(1);
        Album after = switch (row.action()) {
            case SEE -> album;
            case ADD -> {
                List<Album.Entry> more = new ArrayList<>(album.entries());
                more.add(new Album.Entry(new Album.Member(name, mine), 2, name, LATER));
                yield album.holding(more);
            }
            case EDIT ->
                album.holding(List.of())
                        .saying("Winter", "", Optional.empty(), Optional.empty(), AlbumOrder.BY_TIME, now);
            case SHARE -> {
                Map<Grantee, AlbumRole> grants = new HashMap<>(album.grants());
                grants.put(Grantee.subject("stranger"), AlbumRole.VIEW);
                yield album.given(grants, now);
            }
            case DELETE -> album.removed(now);
        };
        try {
            albums.record(who, Optional.of(album), after);
        } catch (JdbiException refused) {
            assertFalse(row.allowed(), refused.getMessage());
        }
        Claims of = person(owner);
        boolean done = switch (row.action()) {
            case SEE -> seen(who, album).role() == row.role();
            case ADD -> shown(of, album).contains(mine);
            case EDIT ->
                seen(of, album).name().equals("Winter") && shown(of, album).isEmpty();
            case SHARE -> seen(person("stranger"), album) != null;
            case DELETE -> seen(of, album) == null;
        };
        assertEquals(row.allowed(), done);
        assertTrue(library.item(of, theirs).isPresent(), "no picture goes with an album");
    }

    @Test
    void nobodyPutsWhatIsOthersIntoAnAlbumToSeeIt() {
        Sha256 theirs = photo("a7", "private");
        Album album = Albums.of("b7").holding(Albums.entries("a7", theirs));
        assertThrows(JdbiException.class, () -> albums.record(person("b7"), Optional.empty(), album));
        Album asTheirOwn = Albums.of("b7").holding(Albums.entries("b7", theirs));
        made(asTheirOwn);
        assertEquals(List.of(), shown(person("b7"), asTheirOwn), "they have no such picture");
        assertTrue(library.item(person("b7"), theirs).isEmpty());
    }

    @Test
    void whoContributesTakesOutTheirOwnAndNotOthers() {
        Sha256 theirs = photo("a8", "theirs");
        Sha256 mine = photo("b8", "mine");
        List<Album.Entry> both = new ArrayList<>(Albums.entries("a8", theirs));
        both.add(new Album.Entry(new Album.Member("b8", mine), 2, "b8", LATER));
        Album album = Albums.of("a8").holding(both).given(Map.of(Grantee.subject("b8"), AlbumRole.CONTRIBUTE), LATER);
        documents.settle(album);
        assertEquals(List.of(theirs, mine), shown(person("a8"), album), "the owner sees what others put there");
        albums.record(person("b8"), Optional.of(album), album.holding(List.of()));
        assertEquals(List.of(theirs), shown(person("a8"), album));
    }

    @Test
    void anAlbumGathersByItsRuleNowAndAsPicturesComeAndChange() {
        Sha256 before = photo("a9", "before");
        Sha256 other = photo("a9", "other");
        label(before, "seashore");
        label(other, "volcano");
        Album album = made(Albums.of("a9")
                .gathering(Albums.rule("a9", "seashore"))
                .given(Map.of(Grantee.subject("b9"), AlbumRole.VIEW), LATER));
        assertEquals(List.of(before), shown(person("b9"), album));

        Sha256 after = photo("a9", "after");
        label(after, "seashore");
        assertEquals(Set.of(before, after), Set.copyOf(shown(person("b9"), album)));
        label(before, "volcano");
        assertEquals(List.of(after), shown(person("b9"), album));

        AlbumRule elsewhere = new AlbumRule(
                Set.of("a9"),
                Set.of(),
                List.of("volcano"),
                Optional.of(Instant.parse("2024-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2025-01-01T00:00:00Z")),
                Optional.of(new GeoBox(43, 7, 44, 8)));
        Album changed = album.gathering(elsewhere);
        albums.record(person("a9"), Optional.of(album), changed);
        assertEquals(Set.of(before, other), Set.copyOf(shown(person("b9"), changed)));
        assertEquals(elsewhere, seen(person("a9"), changed).rule().orElseThrow());
        assertEquals(Optional.empty(), seen(person("b9"), changed).rule());

        TrashCan.put(library, person("a9"), ItemId.of("a9", other));
        documents.settle(changed);
        assertEquals(List.of(before), shown(person("b9"), changed));
        TrashCan.takeOut(library, person("a9"), ItemId.of("a9", other));
        assertEquals(Set.of(before, other), Set.copyOf(shown(person("b9"), changed)), "it was there all the while");
    }

    private static void label(Sha256 asset, String name) {
        ingest.analysed(
                asset,
                List.of(new Analysis("labels", "m", "1", List.of(new Label(name, 0.9)), OptionalDouble.empty())));
    }

    @Test
    void aRuleGathersAmongTheFamilysOnlyForWhoMayChangeThem() {
        Sha256 family = photo(HOME, "family");
        label(family, "lakeside");
        Claims adult = new Claims("p10", Set.of("family"), Map.of("adult", "true"));
        assertEquals(List.of("p10", HOME), albums.gathered(adult));
        assertEquals(List.of("c10"), albums.gathered(person("c10", "family")));
        Album album = Albums.of("p10").gathering(Albums.rule(HOME, "lakeside"));
        albums.record(adult, Optional.empty(), album);
        assertEquals(List.of(family), shown(adult, album));
        Album childs = Albums.of("c10").gathering(Albums.rule(HOME, "lakeside"));
        assertThrows(JdbiException.class, () -> albums.record(person("c10", "family"), Optional.empty(), childs));
    }

    @Test
    void whatRowsWereMadeOfALaterStateStays() {
        Album first = made(Albums.of("a11"));
        Album second = first.given(Map.of(Grantee.subject("b11"), AlbumRole.VIEW), LATER);
        Album third = second.given(Map.of(), LATER);
        albums.record(person("a11"), Optional.of(second), third);
        albums.record(person("a11"), Optional.of(first), second);
        assertFalse(albums.albums(person("b11"), List.of(first.id())).containsKey(first.id()));
    }

    @Test
    void aDocumentIsReadAsItWasWritten() {
        Album album = Albums.of("a12", Samples.content("x"), Samples.content("y"))
                .saying(
                        "Été",
                        "by the sea",
                        Optional.of(new Album.Member("a12", Samples.content("x"))),
                        Optional.of(UUID.randomUUID()),
                        AlbumOrder.BY_TIME,
                        LATER)
                .given(
                        Map.of(Grantee.group("family"), AlbumRole.CONTRIBUTE, Grantee.subject("b"), AlbumRole.MANAGE),
                        LATER);
        Album byRule = Albums.of("a12")
                .gathering(new AlbumRule(
                        Set.of("a12", HOME),
                        Set.of(UUID.randomUUID()),
                        List.of("sea"),
                        Optional.of(LATER),
                        Optional.of(LATER.plusSeconds(9)),
                        Optional.of(new GeoBox(1, 2, 3, 4))))
                .removed(LATER);
        for (Album each : List.of(album, byRule)) {
            assertEquals(each, AlbumDocument.read(Album.key(each.id()), AlbumDocument.write(each)));
        }
        byte[] written = AlbumDocument.write(album);
        assertThrows(IllegalArgumentException.class, () -> AlbumDocument.read(Album.key(UUID.randomUUID()), written));
        assertThrows(
                IllegalArgumentException.class,
                () -> AlbumDocument.read(
                        Album.key(album.id()),
                        new String(written, StandardCharsets.UTF_8)
                                .replace("album/v1", "album/v2")
                                .getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void settlingMakesRowsWhatTheDocumentSaysAndForgettingRemovesThem() {
        Sha256 x = photo("a13", "x");
        Sha256 y = photo("a13", "y");
        Album album = made(Albums.of("a13", x));
        Album truth =
                album.holding(Albums.entries("a13", y, x)).given(Map.of(Grantee.subject("b13"), AlbumRole.VIEW), LATER);
        documents.settle(truth);
        documents.settle(truth);
        assertEquals(List.of(y, x), shown(person("b13"), truth));
        assertTrue(documents.known().contains(album.id()));
        documents.settle(truth.removed(LATER.plusSeconds(2)));
        assertFalse(documents.known().contains(album.id()));
        documents.settle(truth);
        documents.forget(album.id());
        assertEquals(0, database.count("album_item WHERE owner = 'a13'"));
    }
}
