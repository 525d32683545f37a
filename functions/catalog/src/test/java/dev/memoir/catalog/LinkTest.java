package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.LinkLibrary.Guest;
import dev.memoir.media.Claims;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.DecisionTable;
import dev.memoir.media.access.Thing;
import dev.memoir.media.sharing.Link;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What guests see by links, and that it ends with them. */
class LinkTest {
    private static final Link.Terms TERMS = terms(Optional.empty(), false, false, false);
    private static final Instant CREATED = Instant.parse("2026-05-01T10:00:00Z");
    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    private static CatalogDatabase database;
    private static IngestCatalog ingest;
    private static Library library;
    private static LinkLibrary links;
    private static final Map<Thing, Sha256> ASSETS = new HashMap<>();

    @BeforeAll
    static void record() {
        database = CatalogDatabase.create();
        ingest = IngestCatalog.over(database.ingest());
        library = Library.over(database.api(), DecisionTable.HOUSEHOLD);
        links = LinkLibrary.over(database.api(), DecisionTable.HOUSEHOLD);
        FaceCatalog faces = FaceCatalog.over(database.ingest());
        faces.want(true);
        DecisionTable.guests().stream()
                .map(DecisionTable.GuestRow::thing)
                .distinct()
                .forEach(thing -> {
                    String content = thing.toString();
                    Sha256 asset = photo(thing.owner(), content, thing.sensitive());
                    faces.record(asset, PeopleTest.MODELS, List.of(PeopleTest.face(0.1, 1)), (id, e) -> id);
                    ASSETS.put(thing, asset);
                    if (thing.trashed()) {
                        TrashCan.put(library, owner(thing.owner()), ItemId.of(thing.owner(), asset));
                    }
                });
    }

    private static Sha256 photo(String owner, String content, boolean sensitive) {
        ingest.record(Samples.arrival(owner, "users/" + owner + "/" + content + ".jpg", content, Samples.holiday()));
        ingest.analysed(
                Samples.content(content),
                List.of(
                        new Analysis("labels", "l", "1", List.of(new Label("sea", 1)), OptionalDouble.empty()),
                        new Analysis("nsfw", "n", "1", List.of(), OptionalDouble.of(sensitive ? 0.95 : 0.1))));
        return Samples.content(content);
    }

    private static Claims owner(String name) {
        return new Claims(name, Set.of(), Map.of());
    }

    private static Link.Terms terms(Optional<Instant> end, boolean download, boolean place, boolean names) {
        return new Link.Terms(Optional.of("Summer"), end, download, place, names);
    }

    private static Link link(String id, Link.Terms terms, Link.Shared... items) {
        return new Link(
                id.repeat(32).substring(0, 32),
                "ann",
                List.of(items),
                Optional.empty(),
                terms,
                false,
                1,
                CREATED,
                Optional.empty());
    }

    private static Guest made(Link link) {
        links.record(owner("ann"), link);
        return new Guest(link.id(), link.epoch());
    }

    static List<DecisionTable.GuestRow> rows() {
        return DecisionTable.guests();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void rowSecurityDecidesOfGuestsAsTheTableDoes(DecisionTable.GuestRow row) throws SQLException {
        Sha256 asset = ASSETS.get(row.thing());
        Link.Shared shown = new Link.Shared(row.thing().owner(), asset);
        Guest guest = made(
                row.linked()
                        ? link("a" + Math.abs(row.hashCode()), TERMS, shown)
                        : link("b" + Math.abs(row.hashCode()), TERMS));
        if (row.action() == Action.SEE) {
            assertEquals(row.decision().allowed(), links.given(guest, asset).isPresent());
            assertEquals(row.decision().allowed() ? Set.of(asset) : Set.of(), seen(guest));
        } else {
            assertEquals(0, written(guest, "UPDATE item SET sidecar_problem = 'x'"));
        }
    }

    private static Set<Sha256> seen(Guest guest) {
        return links.page(guest, 500, Optional.empty()).items().stream()
                .map(Item::sha256)
                .collect(Collectors.toSet());
    }

    /** Past the code, as a statement that forgot to be careful; what may not be asked for at all counts as nothing. */
    private static long counted(Guest guest, String rows) throws SQLException {
        try (Connection connection = as(guest)) {
            return counted(connection, rows);
        } catch (SQLException refused) {
            assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), refused.getMessage());
            return 0;
        }
    }

    private static long counted(Connection connection, String rows) throws SQLException {
        try (var result = connection.createStatement().executeQuery("SELECT count(*) FROM " + rows)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static int written(Guest guest, String sql) throws SQLException {
        try (Connection connection = as(guest)) {
            return connection.createStatement().executeUpdate(sql);
        } catch (SQLException refused) {
            assertEquals(INSUFFICIENT_PRIVILEGE, refused.getSQLState(), refused.getMessage());
            return 0;
        }
    }

    private static Connection as(Guest guest) throws SQLException {
        Connection connection = database.api().getConnection();
        connection.setAutoCommit(false);
        connection
                .createStatement()
                .execute("SET LOCAL ROLE memoir_guest; SELECT set_config('memoir.link', '" + guest.link() + "', true),"
                        + " set_config('memoir.link_epoch', '" + guest.epoch() + "', true)");
        return connection;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analysis",
                "label",
                "detection",
                "unrecognised",
                "(SELECT id FROM face) f",
                "person",
                "suggestion",
                "decision",
                "choice",
                "sidecar",
                "period",
                "term_block",
                "term_count",
                "change_count",
                "item_change",
                "object"
            })
    void whatIsSaidOfAPictureAndWhereItLiesAGuestNeverSees(String rows) throws SQLException {
        Thing plain = new Thing("somebody else", false, false);
        Guest guest = made(link("c", TERMS, new Link.Shared(plain.owner(), ASSETS.get(plain))));
        assertEquals(1, counted(guest, "item"));
        assertEquals(1, counted(guest, "asset"));
        assertEquals(0, counted(guest, rows));
    }

    @ParameterizedTest
    @ValueSource(strings = {"item", "asset", "object", "share_link", "link_item", "link_use", "album_item"})
    void aLinkGivesNothingToTheRoleOfThoseWhoHaveAName(String rows) throws SQLException {
        Thing plain = new Thing("somebody else", false, false);
        Guest guest = made(link(
                "7", terms(Optional.empty(), true, true, true), new Link.Shared(plain.owner(), ASSETS.get(plain))));
        links.opened(guest);
        try (Connection connection = as(guest)) {
            assertEquals(rows.equals("album_item") ? 0 : 1, counted(connection, rows), "as a guest");
            connection.createStatement().execute("RESET ROLE");
            assertEquals(0, counted(connection, rows), "as the API");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE share_link SET download = true",
                "INSERT INTO share_link SELECT 'x', owner, title, album, expires_at, locked, download, show_place,"
                        + " show_names, epoch, created_at, revoked_at FROM share_link",
                "DELETE FROM link_item",
                "UPDATE object SET gone_at = now()",
                "INSERT INTO link_use VALUES ('someone else''s', now(), 1, 1)"
            })
    void aGuestChangesNothing(String sql) throws SQLException {
        Thing plain = new Thing("somebody else", false, false);
        Guest guest = made(link("d", TERMS, new Link.Shared(plain.owner(), ASSETS.get(plain))));
        assertEquals(0, written(guest, sql));
    }

    @Test
    void aLinkShowsNothingFromTheMomentThatItEnds() {
        Thing plain = new Thing("somebody else", false, false);
        Link link = link("e", TERMS, new Link.Shared(plain.owner(), ASSETS.get(plain)));
        Guest guest = made(link);
        assertEquals(1, seen(guest).size());
        assertEquals(Optional.of(link.terms()), links.open(guest).map(Link::terms));
        assertTrue(seen(new Guest(link.id(), 0)).isEmpty(), "a ticket of another epoch");
        assertTrue(seen(new Guest("f".repeat(32), 1)).isEmpty(), "a link that is not there");
        assertTrue(seen(new Guest("", 1)).isEmpty(), "no link");

        links.record(owner("ann"), link.with(terms(Optional.of(Instant.now().minusSeconds(1)), false, false, false)));
        assertTrue(seen(guest).isEmpty(), "its time is over");
        links.record(owner("ann"), link.with(terms(Optional.of(Instant.now().plusSeconds(600)), false, false, false)));
        assertEquals(1, seen(guest).size());

        Link locked = link.locked(true);
        links.record(owner("ann"), locked);
        assertTrue(seen(guest).isEmpty(), "it has another password now");
        assertEquals(1, seen(new Guest(link.id(), 2)).size());

        links.record(owner("ann"), locked.revoked(Instant.now()));
        for (int epoch = 1; epoch < 5; epoch++) {
            assertTrue(seen(new Guest(link.id(), epoch)).isEmpty(), "it was ended");
        }
        links.record(owner("ann"), locked);
        assertTrue(seen(new Guest(link.id(), 2)).isEmpty(), "what came late does not open it again");
    }

    @Test
    void onlyItsMakerSeesAndChangesALink() {
        Thing plain = new Thing("somebody else", false, false);
        Link link = link("9", TERMS, new Link.Shared(plain.owner(), ASSETS.get(plain)));
        Guest guest = made(link);
        assertTrue(links.links(owner("ben")).isEmpty());
        assertThrows(RuntimeException.class, () -> links.record(owner("ben"), link.revoked(CREATED)));
        assertEquals(1, seen(guest).size());

        links.opened(guest);
        links.opened(guest);
        links.downloaded(guest);
        LinkLibrary.Made made = links.link(owner("ann"), link.id()).orElseThrow();
        assertEquals(2, made.uses().getFirst().openings());
        assertEquals(1, made.uses().getFirst().downloads());
    }

    @Test
    void keysAndNamesAreGivenOnlyByLinksThatSaySo() {
        Thing plain = new Thing("somebody else", false, false);
        Sha256 asset = ASSETS.get(plain);
        Link.Shared shown = new Link.Shared(plain.owner(), asset);
        int number = 0;
        for (boolean download : new boolean[] {false, true}) {
            for (boolean place : new boolean[] {false, true}) {
                for (boolean names : new boolean[] {false, true}) {
                    Guest guest = made(link("5" + number++, terms(Optional.empty(), download, place, names), shown));
                    assertEquals(
                            download && place,
                            links.given(guest, asset).orElseThrow().object().isPresent());
                    assertEquals(
                            names ? List.of(plain + ".jpg") : List.of(),
                            links.names(guest, List.of(asset)).stream()
                                    .map(LinkLibrary.Named::name)
                                    .toList());
                }
            }
        }
    }

    @Test
    void anAlbumIsShownAsItIsNowAndNoOther() throws SQLException {
        Sha256 first = photo("ann", "album first", false);
        Sha256 later = photo("ann", "album later", false);
        Sha256 sensitive = photo("ann", "album night", true);
        UUID shown = album("shown");
        UUID other = album("other");
        put(shown, first);
        put(shown, sensitive);
        put(other, later);
        Link link = new Link(
                "0".repeat(32), "ann", List.of(), Optional.of(shown), TERMS, false, 1, CREATED, Optional.empty());
        Guest guest = made(link);
        assertEquals(Set.of(first), seen(guest));
        assertTrue(links.given(guest, later).isEmpty());
        assertEquals(0, counted(guest, "album"), "nor what else is said of it");
        put(shown, later);
        assertEquals(Set.of(first, later), seen(guest));
        assertEquals(2, links.link(owner("ann"), link.id()).orElseThrow().items());
        assertEquals(0, written(guest, "DELETE FROM album_item"));

        links.record(owner("ann"), link.revoked(CREATED));
        assertTrue(seen(guest).isEmpty());
        assertEquals(0, counted(guest, "album_item"));
    }

    private static UUID album(String name) throws SQLException {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        ingested("INSERT INTO album (id, owner, name, description, ordered, kind, gathers, viewers, contributors,"
                + " managers, created_at, changed_at) VALUES ('" + id + "', 'ann', '" + name
                + "', '', 'by-time', 'manual', '{}', '{}', '{}', '{}', now(), now())");
        return id;
    }

    private static void put(UUID album, Sha256 asset) throws SQLException {
        ingested("INSERT INTO album_item VALUES ('" + album + "', 'ann', '\\x" + asset.hex() + "', 0, 'ann', now())");
    }

    private static void ingested(String sql) throws SQLException {
        try (Connection connection = database.ingest().getConnection()) {
            connection.createStatement().execute(sql);
        }
    }

    /** Random links to random pictures, against a model that shares nothing with the rules. */
    @Test
    void ofHundredsOfQuestionsOfGuestsNoneLeaksAndNoneMisses() {
        Random random = new Random(7);
        record Photo(String owner, Sha256 asset, boolean shown) {}
        List<Photo> photos = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            String owner = List.of(DecisionTable.HOUSEHOLD, "ann", "ben").get(random.nextInt(3));
            boolean sensitive = random.nextInt(3) == 0;
            Sha256 asset = photo(owner, "leak " + n, sensitive);
            boolean trashed = random.nextInt(4) == 0;
            if (trashed) {
                TrashCan.put(library, owner(owner), ItemId.of(owner, asset));
            }
            photos.add(new Photo(owner, asset, !sensitive && !trashed));
        }
        List<Guest> guests = new ArrayList<>();
        List<Set<Sha256>> expected = new ArrayList<>();
        for (int n = 0; n < 25; n++) {
            List<Photo> chosen =
                    photos.stream().filter(photo -> random.nextInt(3) == 0).toList();
            boolean open = random.nextInt(4) > 0;
            Link link = link(
                    UUID.nameUUIDFromBytes(new byte[] {(byte) n}).toString().replace("-", ""),
                    terms(open ? Optional.empty() : Optional.of(CREATED), false, false, false),
                    chosen.stream()
                            .map(photo -> new Link.Shared(photo.owner(), photo.asset()))
                            .toArray(Link.Shared[]::new));
            guests.add(made(link));
            expected.add(
                    open
                            ? chosen.stream()
                                    .filter(Photo::shown)
                                    .map(Photo::asset)
                                    .collect(Collectors.toSet())
                            : Set.of());
        }
        for (int question = 0; question < 600; question++) {
            int n = random.nextInt(guests.size());
            if (question % 3 == 0) {
                assertEquals(expected.get(n), pages(guests.get(n), 1 + random.nextInt(20)));
            } else {
                Sha256 asset = photos.get(random.nextInt(photos.size())).asset();
                assertEquals(
                        expected.get(n).contains(asset),
                        links.given(guests.get(n), asset).isPresent());
            }
        }
    }

    private static Set<Sha256> pages(Guest guest, int length) {
        Set<Sha256> found = new HashSet<>();
        Optional<Cursor> after = Optional.empty();
        boolean more = true;
        while (more) {
            Library.Page page = links.page(guest, length, after);
            page.items().forEach(item -> assertTrue(found.add(item.sha256()), "none comes twice"));
            more = page.more();
            after = more ? Optional.of(page.items().getLast().cursor()) : after;
        }
        return found;
    }
}
