package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.catalog.Album;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.catalog.Library.SidecarPlace;
import dev.memoir.custodian.World.Ran;
import dev.memoir.house.Links;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import dev.memoir.sidecars.Sidecars;
import dev.memoir.store.Documents;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people decided, read out of the bucket again and compared with what the database has of it. */
class RebuildTest {
    private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");
    private static final String ONLY_HERE = "is in the database, and not in the bucket";
    private static final String OTHERWISE = "is otherwise in the database than in the bucket";
    private static final String LINK = "0123456789abcdef0123456789abcdef";

    private World world;
    private Sidecars sidecars;
    private Sha256 photo;
    private Sha256 untouched;
    private Album album;
    private Decision named;

    /** A library in which everything of each kind is as it should be. */
    @BeforeEach
    void start() throws Exception {
        world = new World();
        assertEquals(0, world.custodian("setup").exit());
        sidecars = new Sidecars(world.store, "home");
        photo = world.describe(world.put("photo.jpg", "photo"), "photo");
        untouched = world.describe(world.put("untouched.jpg", "untouched"), "untouched");
        Sha256 thrown = world.describe(world.put("thrown.jpg", "thrown"), "thrown");
        say("photo.jpg", photo, edits -> edits.withTitle("At the lake").withRating(4));
        say("thrown.jpg", thrown, edits -> edits.withTrashed(Optional.of(MADE)));
        recorded("photo.jpg");
        recorded("thrown.jpg");
        album = new Album(
                UUID.fromString("7b3f3c51-0000-4000-8000-000000000001"),
                "home",
                "Summer",
                "",
                Optional.empty(),
                Optional.empty(),
                AlbumOrder.MANUAL,
                Optional.empty(),
                Map.of(),
                List.of(new Album.Entry(new Album.Member("home", photo), 1, "home", MADE)),
                MADE,
                MADE,
                false);
        documents().create(Album.key(album.id()), AlbumDocument.write(album));
        new Links(documents(), Clock.systemUTC())
                .create(
                        LINK,
                        "home",
                        List.of(new Link.Shared("home", photo)),
                        Optional.empty(),
                        new Link.Terms(Optional.of("For you"), Optional.empty(), true, false, false),
                        Optional.empty());
        named = Decision.of(
                MADE,
                new UUID(3, 4),
                "home",
                new Decision.Name(new UUID(1, 2), "Ada", List.of(new FaceRef(photo, new Region(0.3, 0.2, 0.25, 0.3)))));
        documents().create(named.key(), named.json().getBytes(StandardCharsets.UTF_8));
        assertEquals(0, world.custodian("setup").exit());
        assertEquals(0, world.custodian("sweep").exit());
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private Documents documents() {
        return world.store.documents();
    }

    private void say(String key, Sha256 content, UnaryOperator<Edits> change) {
        sidecars.change(
                new SidecarPlace("originals", key + ".xmp", Optional.empty()),
                content,
                Facts.onlyType("image/jpeg"),
                (before, file) -> change.apply(before));
    }

    private void recorded(String key) {
        sidecars.found("originals", key + ".xmp").ifPresent(world.catalog()::record);
    }

    private void sql(String statement) throws SQLException {
        try (Connection owner = DriverManager.getConnection(
                        world.database.url(), world.database.user(), world.database.password());
                Statement run = owner.createStatement()) {
            assertEquals(1, run.executeUpdate(statement), statement);
        }
    }

    private JsonNode check() throws Exception {
        Ran ran = world.custodian("rebuild", "--check");
        assertEquals(0, ran.exit(), ran.said());
        return ran.result();
    }

    /** Kind → what differs → how. */
    private static Map<String, Map<String, String>> differing(JsonNode result) {
        Map<String, Map<String, String>> all = new TreeMap<>();
        result.properties()
                .forEach(kind -> kind.getValue()
                        .path("differing")
                        .properties()
                        .forEach(one -> all.computeIfAbsent(kind.getKey(), name -> new TreeMap<>())
                                .put(one.getKey(), one.getValue().asText())));
        return all;
    }

    @Test
    void aLibraryAsItShouldBeAgrees() throws Exception {
        JsonNode result = check();

        assertEquals(Map.of(), differing(result));
        assertTrue(result.path("agrees").asBoolean());
        Map<String, Integer> compared = Map.of("sidecars", 2, "items", 2, "albums", 1, "people", 1, "links", 1);
        compared.forEach((kind, many) ->
                assertEquals(many, result.path(kind).path("compared").asInt(), kind));
    }

    @Test
    void whatTheDatabaseDoesNotKnowOfIsTold() throws Exception {
        say("untouched.jpg", untouched, edits -> edits.withRating(1));
        say("photo.jpg", photo, edits -> edits.withTitle("In the mountains"));
        Album other = album.removed(MADE.plusSeconds(1));
        documents().replace(documents().read(Album.key(album.id())).orElseThrow(), AlbumDocument.write(other));
        Decision apart = Decision.of(MADE, new UUID(5L << 32, 6), "home", new Decision.Undo(named.id()));
        documents().create(apart.key(), apart.json().getBytes(StandardCharsets.UTF_8));
        new Links(documents(), Clock.systemUTC()).revoke(LINK, "home");

        Map<String, Map<String, String>> expected = Map.of(
                "sidecars", Map.of("photo.jpg.xmp", OTHERWISE, "untouched.jpg.xmp", OTHERWISE),
                "albums", Map.of(Album.key(album.id()), OTHERWISE),
                "people", Map.of(apart.key(), OTHERWISE),
                "links", Map.of(Links.FOLDER + LINK + ".json", OTHERWISE));
        JsonNode result = check();
        assertEquals(expected, differing(result));
        assertEquals(false, result.path("agrees").asBoolean(true));
        assertEquals(expected, differing(check()), "nothing was mended on the way");
    }

    @Test
    void whatTheBucketDoesNotKnowOfIsTold() throws Exception {
        world.store.delete("originals", "photo.jpg.xmp");
        world.store.delete("originals", Album.key(album.id()));
        world.store.delete("originals", named.key());
        world.store.delete("originals", Links.FOLDER + LINK + ".json");

        assertEquals(
                Map.of(
                        "sidecars", Map.of("photo.jpg.xmp", ONLY_HERE),
                        "albums", Map.of(Album.key(album.id()), ONLY_HERE),
                        "people", Map.of(named.key(), ONLY_HERE),
                        "links", Map.of(Links.FOLDER + LINK + ".json", ONLY_HERE)),
                differing(check()));
    }

    @Test
    void rowsThatSomebodyChangedAreTold() throws Exception {
        sql("UPDATE memoir.item SET edits = '{\"title\": \"Not said by anybody\"}' WHERE sha256 = '\\x" + photo.hex()
                + "'");
        sql("UPDATE memoir.item SET trashed_at = now() WHERE sha256 = '\\x" + untouched.hex() + "'");
        sql("UPDATE memoir.album SET name = 'Winter'");
        sql("UPDATE memoir.share_link SET expires_at = now()");
        sql("UPDATE memoir.decision SET body = replace(body, 'Ada', 'Eve')");

        Map<String, Map<String, String>> told = differing(check());
        assertEquals(Map.of("photo.jpg.xmp", OTHERWISE), told.get("sidecars"));
        assertEquals(
                Map.of("home's " + photo.hex(), OTHERWISE, "home's " + untouched.hex(), OTHERWISE), told.get("items"));
        assertEquals(Map.of(Album.key(album.id()), OTHERWISE), told.get("albums"));
        assertEquals(Map.of(named.key(), OTHERWISE), told.get("people"));
        assertEquals(Map.of(Links.FOLDER + LINK + ".json", OTHERWISE), told.get("links"));
    }

    @Test
    void whatCanNotBeReadIsTold() throws Exception {
        world.put("photo.jpg.xmp", "<no xml");
        for (String key : List.of(Album.FOLDER + "a.json", Decision.FOLDER + "a.json", Links.FOLDER + "a.json")) {
            documents().create(key, "{}".getBytes(StandardCharsets.UTF_8));
        }

        Map<String, Map<String, String>> told = differing(check());

        String why = told.get("sidecars").get("photo.jpg.xmp");
        assertTrue(why.startsWith("photo.jpg.xmp is not well-formed XML"), why);
        for (String kind : List.of("albums", "people", "links")) {
            assertEquals(
                    List.of("can't be read by this version"),
                    List.copyOf(told.get(kind).values()),
                    kind);
        }
    }

    @Test
    void whatIsOnItsWayIsNoDifference() throws Exception {
        say("untouched.jpg", untouched, edits -> edits.withRating(1));
        Thread function = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(1000);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            recorded("untouched.jpg");
        });

        assertEquals(Map.of(), differing(check()));
        function.join();
    }

    @Test
    void withoutTheOptionNothingHappens() throws Exception {
        Ran ran = world.custodian("rebuild");
        assertEquals(2, ran.exit());
        assertTrue(ran.said().contains("--check"), ran.said());
    }
}
