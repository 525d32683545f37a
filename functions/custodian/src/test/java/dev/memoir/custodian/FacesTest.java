package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.FaceCatalog;
import dev.memoir.catalog.FoundFace;
import dev.memoir.catalog.Schema;
import dev.memoir.custodian.World.Ran;
import dev.memoir.events.Streams;
import dev.memoir.media.Sha256;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceQuality;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import dev.memoir.people.Suggestion;
import dev.memoir.store.Keys;
import dev.memoir.store.StoredObject;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The family's word on faces: kept in the bucket, followed by everything else, and provably taken back. */
class FacesTest {
    private static final Region BOX = new Region(0.3, 0.2, 0.25, 0.3);

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = new World();
        world.environment.put(
                "MEMOIR_FACE_MODELS_DIR", Parts.open().path(Part.MODELS_FACES).toString());
        world.custodian("setup");
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    private FaceCatalog faces() {
        var ingest = new PGSimpleDataSource();
        ingest.setUrl(world.database.url());
        ingest.setUser(Schema.INGEST);
        ingest.setPassword("ingest-in-tests");
        return FaceCatalog.over(ingest);
    }

    private JsonNode succeeded(String... command) throws Exception {
        Ran ran = world.custodian(command);
        assertEquals(0, ran.exit(), ran.said());
        return ran.result();
    }

    private Optional<String> document() throws Exception {
        try (var content = world.store
                .read("originals", Keys.FACES_CHOICE, Optional.empty())
                .orElse(null)) {
            return content == null
                    ? Optional.empty()
                    : Optional.of(new String(content.bytes().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static float[] embedding(int who) {
        Random random = new Random(who);
        float[] embedding = new float[128];
        for (int i = 0; i < 128; i++) {
            embedding[i] = (float) (random.nextGaussian() * 0.056);
        }
        return embedding;
    }

    /** A photo in which somebody is seen, with the face's picture. */
    private Sha256 seen(String name, int who) throws Exception {
        Sha256 asset = world.describe(world.put(name, name), name);
        var face = new FoundFace(
                BOX,
                List.of(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1),
                1,
                embedding(who),
                new FaceQuality(200, 100, 0));
        assertTrue(faces().record(asset, Faces.models(), List.of(face), (id, e) -> id));
        return asset;
    }

    @Test
    void untilSomebodyDecidesNothingIsLookedFor() throws Exception {
        assertEquals("undecided", succeeded("setup").get("faces").asText());
        assertFalse(faces().wanted());
        assertTrue(document().isEmpty());
    }

    @Test
    void turnedOnTheDecisionIsInTheBucketTheModelsTooAndASweepSendsThePhotosThatAreThere() throws Exception {
        world.describe(world.put("a.jpg", "A"), "A");

        assertEquals("on", succeeded("faces", "--on").get("faces").asText());

        assertTrue(document().orElseThrow().contains("\"on\""));
        assertTrue(world.store
                .stat("derived", "models/dlib-resnet/1/dlib-resnet.onnx")
                .isPresent());
        assertTrue(faces().wanted());
        succeeded("sweep", "--anew");
        List<String> sent =
                world.waitingFor("ai").stream().map(CloudEvent::getType).toList();
        assertEquals(1, sent.size());
    }

    @Test
    void aPhotoThatWasLookedAtByTheFaceModelsAloneIsStillSentForLabels() throws Exception {
        succeeded("faces", "--on");
        seen("a.jpg", 1);
        assertEquals(1, succeeded("sweep", "--anew").get("notAnalysed").asInt());
    }

    @Test
    void withoutTheModelsNothingIsDecided() throws Exception {
        world.environment.remove("MEMOIR_FACE_MODELS_DIR");
        Ran ran = world.custodian("faces", "--on");
        assertEquals(Custodian.MISTAKEN, ran.exit());
        assertTrue(ran.said().contains("dlib-mmod"), ran.said());
        assertTrue(document().isEmpty());
        assertFalse(faces().wanted());
    }

    @Test
    void aDatabaseThatIsMadeAnewFollowsTheBucket() throws Exception {
        succeeded("faces", "--on");
        execute("DELETE FROM memoir.choice");
        assertFalse(faces().wanted());

        assertEquals("on", succeeded("setup").get("faces").asText());
        assertTrue(faces().wanted());
    }

    @Test
    void whatAConfigurationWishesIsDoneOnceAndStandsBackBehindALaterCommand() throws Exception {
        world.environment.put("MEMOIR_FACES", "on");
        assertEquals("on", succeeded("setup").get("faces").asText());
        assertTrue(faces().wanted());

        succeeded("faces", "--off");
        assertEquals("off", succeeded("setup").get("faces").asText(), "the same wish again is no decision");
        assertFalse(faces().wanted());

        world.environment.put("MEMOIR_FACES", "off");
        assertEquals("off", succeeded("setup").get("faces").asText());
        world.environment.put("MEMOIR_FACES", "on");
        assertEquals("on", succeeded("setup").get("faces").asText(), "another wish than before is one");
    }

    @Test
    void aWishThatIsWithdrawnChangesNothingAndCountsAnewWhenItIsMadeAgain() throws Exception {
        world.environment.put("MEMOIR_FACES", "on");
        succeeded("setup");
        world.environment.remove("MEMOIR_FACES");
        assertEquals("on", succeeded("setup").get("faces").asText());
        succeeded("faces", "--off");

        world.environment.put("MEMOIR_FACES", "on");

        assertEquals("on", succeeded("setup").get("faces").asText());
    }

    @Test
    void aConfigurationThatWishesFacesAwayErasesThem() throws Exception {
        world.environment.put("MEMOIR_FACES", "on");
        succeeded("setup");
        Sha256 asset = seen("a.jpg", 1);
        world.store.put("derived", Keys.face(asset, new UUID(1, 1)), new byte[] {1}, "image/jpeg");

        world.environment.put("MEMOIR_FACES", "off");

        assertEquals("off", succeeded("setup").get("faces").asText());
        assertEquals(0, number("SELECT count(*) FROM memoir.face"));
        assertEquals(0, world.store.erase("derived", Keys.FACES));
    }

    @Test
    void aWishThatCanNotBeGrantedDecidesNothingAndIsTriedAgain() throws Exception {
        String models = world.environment.remove("MEMOIR_FACE_MODELS_DIR");
        world.environment.put("MEMOIR_FACES", "on");
        Ran ran = world.custodian("setup");
        assertEquals(Custodian.MISTAKEN, ran.exit());
        assertTrue(ran.said().contains("dlib-mmod"), ran.said());
        assertTrue(document().isEmpty());

        world.environment.put("MEMOIR_FACE_MODELS_DIR", models);
        assertEquals("on", succeeded("setup").get("faces").asText());
    }

    @Test
    void aWishThatIsNeitherOnNorOffIsRefused() throws Exception {
        world.environment.put("MEMOIR_FACES", "yes");
        Ran ran = world.custodian("setup");
        assertEquals(Custodian.MISTAKEN, ran.exit());
        assertTrue(ran.said().contains("MEMOIR_FACES is on or off, not yes"), ran.said());
    }

    @Test
    void aDocumentThatNobodyCanReadIsAsGoodAsNone() throws Exception {
        for (String document : List.of("", "{", "[]", "{\"faces\":\"perhaps\"}", "\0\1")) {
            world.store.put("originals", Keys.FACES_CHOICE, document.getBytes(StandardCharsets.UTF_8), "x/y");
            assertEquals("undecided", succeeded("setup").get("faces").asText(), document);
            assertFalse(faces().wanted());
        }
    }

    @Test
    void facesAreGroupedAnewAndWhatPeopleDecidedIsReadBackFromTheBucket() throws Exception {
        succeeded("faces", "--on");
        Sha256 one = seen("a.jpg", 1);
        seen("b.jpg", 1);
        seen("c.jpg", 2);
        UUID ada = new UUID(1, 2);
        Decision named = Decision.of(
                Instant.parse("2026-11-28T18:00:00Z"),
                new UUID(3, 4),
                "home",
                new Decision.Name(ada, "Ada", List.of(new FaceRef(one, BOX))));
        world.store.put("originals", named.key(), named.json().getBytes(StandardCharsets.UTF_8), "application/json");
        world.store.put("originals", Decision.FOLDER + "notes.txt", new byte[] {1}, "text/plain");

        JsonNode grouped = succeeded("people");

        assertEquals(3, grouped.get("faceCount").asInt());
        assertEquals(2, grouped.get("people").asInt());
        assertEquals(1, grouped.get("decisionsRead").asInt());
        assertEquals(
                ".memoir/people/notes.txt",
                grouped.get("decisionsUnreadable").get(0).asText());
        assertEquals(2, number("SELECT count(*) FROM memoir.face WHERE person = '" + ada + "'"));
        assertEquals(1, number("SELECT count(*) FROM memoir.person WHERE name = 'Ada'"));

        JsonNode again = succeeded("people");
        assertEquals(0, again.get("changed").asInt());
        assertEquals(0, again.get("decisionsRead").asInt());
    }

    @Test
    void turnedOffNothingIsLeftInTablesBucketsAndQueueButWhatPeopleWrote() throws Exception {
        world.store.buckets().ensure("derived", true);
        succeeded("faces", "--on");
        Sha256 asset = seen("a.jpg", 1);
        UUID face = UUID.fromString(text("SELECT id FROM memoir.face"));
        String picture = Keys.face(asset, face);
        StoredObject first = world.store.put("derived", picture, new byte[] {1}, "image/jpeg");
        world.store.put("derived", picture, new byte[] {2}, "image/jpeg");
        Decision named = Decision.of(
                Instant.parse("2026-11-28T18:00:00Z"),
                new UUID(3, 4),
                "home",
                new Decision.Name(new UUID(7, 7), "Ada", List.of(new FaceRef(asset, BOX))));
        world.store.put("originals", named.key(), named.json().getBytes(StandardCharsets.UTF_8), "application/json");
        succeeded("people");
        List<String> traces =
                List.of(HexFormat.of().formatHex(bytes(embedding(1))), face.toString(), new UUID(7, 7).toString());
        traces.forEach(trace -> assertTrue(isInTables(trace), "it was there before: " + trace));

        JsonNode off = succeeded("faces", "--off");

        assertEquals(1, off.get("facesErased").asInt());
        assertEquals(2, off.get("picturesErased").asInt());
        assertEquals(1, off.get("peopleErased").asInt());
        traces.forEach(trace -> assertFalse(isInTables(trace), trace));
        assertTrue(world.store.read("derived", picture, first.versionId()).isEmpty());
        assertEquals(0, world.store.erase("derived", Keys.FACES), "no version is left");
        for (String stream : List.of(Streams.DEAD, Streams.WORK, Streams.STORE)) {
            assertFalse(messages(stream).contains(face.toString()), stream);
        }
        assertEquals("off", succeeded("setup").get("faces").asText());
        assertTrue(world.store.stat("originals", named.key()).isPresent(), "what a person wrote stays");
        assertEquals(1, number("SELECT count(*) FROM memoir.decision"));
        assertEquals(0, number("SELECT count(*) FROM memoir.analysis WHERE task = 'faces'"));
    }

    private void keep(Decision decision) {
        world.store.put(
                "originals", decision.key(), decision.json().getBytes(StandardCharsets.UTF_8), "application/json");
    }

    private static Decision decision(String at, Decision.What what) {
        return Decision.of(Instant.parse(at), new UUID(3, 4), "home", what);
    }

    @Test
    void whoIsNotToBeRecognisedLeavesNothingInTablesBucketsAndQueueButWhatPeopleWroteAndStaysAway() throws Exception {
        world.store.buckets().ensure("derived", true);
        succeeded("faces", "--on");
        Sha256 seen = seen("a.jpg", 1);
        seen("b.jpg", 1);
        Sha256 elses = seen("c.jpg", 2);
        UUID ada = new UUID(7, 7);
        keep(decision("2026-11-28T18:00:00Z", new Decision.Name(ada, "Ada", List.of(new FaceRef(seen, BOX)))));
        assertEquals(2, succeeded("people").get("people").asInt());
        List<String> traces = new ArrayList<>(List.of(HexFormat.of().formatHex(bytes(embedding(1))), ada.toString()));
        String hers = "SELECT string_agg(id || ' ' || encode(sha256, 'hex'), ',') FROM memoir.face WHERE person = '"
                + ada + "'";
        for (String face : text(hers).split(",")) {
            traces.add(face.split(" ")[0]);
            String picture = Keys.face(new Sha256(face.split(" ")[1]), UUID.fromString(face.split(" ")[0]));
            world.store.put("derived", picture, new byte[] {1}, "image/jpeg");
            world.store.put("derived", picture, new byte[] {2}, "image/jpeg");
        }
        String other = text("SELECT id FROM memoir.face WHERE person <> '" + ada + "'");
        world.store.put("derived", Keys.face(elses, UUID.fromString(other)), new byte[] {3}, "image/jpeg");
        assertEquals(4, traces.size());
        traces.forEach(trace -> assertTrue(isInTables(trace), "it was there before: " + trace));

        // One of the two photos is out of sight of whoever decides.
        Decision forget =
                decision("2026-11-28T19:00:00Z", new Decision.Forget(ada, List.of(new FaceRef(seen, BOX)), null));
        keep(forget);
        JsonNode done = succeeded("people", "--clear");

        assertEquals(2, done.get("facesErased").asInt());
        assertEquals(4, done.get("picturesErased").asInt());
        traces.forEach(trace -> assertFalse(isInTables(trace), trace));
        assertEquals(
                1, world.store.erase("derived", Keys.FACES, key -> true), "no version but somebody else's is left");
        for (String stream : List.of(Streams.DEAD, Streams.WORK, Streams.STORE)) {
            traces.forEach(trace -> assertFalse(in(stream, trace), stream));
        }
        assertTrue(isInTables(other), "nobody else is touched");

        seen("a.jpg", 1);
        seen("b.jpg", 1);
        assertEquals(1, number("SELECT count(*) FROM memoir.face"), "looked at again, nothing of them is kept");
        for (String table : List.of("decision", "unrecognised", "face")) {
            execute("DELETE FROM memoir." + table);
        }
        succeeded("setup");
        seen("a.jpg", 1);
        seen("b.jpg", 1);
        assertEquals(0, number("SELECT count(*) FROM memoir.face"), "nor in a database that is made anew");

        keep(decision("2026-11-28T20:00:00Z", new Decision.Undo(forget.id())));
        succeeded("people");
        assertEquals(0, number("SELECT count(*) FROM memoir.unrecognised"));
        assertEquals(
                3,
                succeeded("sweep", "--anew").get("notAnalysed").asInt(),
                "taken back, the photos are looked at again (the third was never seen by the label models)");
    }

    private boolean in(String stream, String text) {
        try {
            return messages(stream).contains(text);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void turnedOffWithNamesEvenWhatPeopleWroteIsGone() throws Exception {
        succeeded("faces", "--on");
        Sha256 asset = seen("a.jpg", 1);
        Decision named = decision(
                "2026-11-28T18:00:00Z", new Decision.Name(new UUID(7, 7), "Ada", List.of(new FaceRef(asset, BOX))));
        keep(named);
        succeeded("people");

        succeeded("faces", "--off", "--names");

        assertTrue(world.store.stat("originals", named.key()).isEmpty());
        assertEquals(0, world.store.erase("originals", Decision.FOLDER, key -> true), "no version is left");
        assertEquals(0, number("SELECT count(*) FROM memoir.decision"));
        assertFalse(isInTables("Ada"));
        assertTrue(world.store.stat("originals", "a.jpg").isPresent());
        assertEquals(
                Custodian.MISTAKEN, world.custodian("faces", "--on", "--names").exit());
    }

    @Test
    void aPersonIsExportedWholeAndForTheFoldersOwnerAlone(@TempDir Path temporary) throws Exception {
        succeeded("faces", "--on");
        Sha256 asset = seen("a.jpg", 1);
        seen("b.jpg", 2);
        UUID ada = new UUID(7, 7);
        keep(decision("2026-11-28T18:00:00Z", new Decision.Name(ada, "Ada", List.of(new FaceRef(asset, BOX)))));
        succeeded("people");
        String face = text("SELECT id FROM memoir.face WHERE person = '" + ada + "'");
        world.store.put("derived", Keys.face(asset, UUID.fromString(face)), new byte[] {1, 2, 3}, "image/jpeg");
        Path folder = temporary.resolve("to ada");

        JsonNode done = succeeded("export", "--to", folder.toString(), "--", "ada");

        assertEquals(1, done.get("faceCount").asInt());
        assertEquals(1, done.get("photos").asInt());
        JsonNode faces =
                new ObjectMapper().readTree(folder.resolve("faces.json").toFile());
        assertEquals(1, faces.size());
        assertEquals(128, faces.at("/0/embedding").size());
        assertEquals(embedding(1)[5], (float) faces.at("/0/embedding/5").asDouble());
        assertEquals(0.3, faces.at("/0/box/0").asDouble());
        assertArrayEquals(
                new byte[] {1, 2, 3},
                Files.readAllBytes(folder.resolve(faces.at("/0/picture").asText())));
        String all = Files.readString(folder.resolve("person.json"))
                + Files.readString(folder.resolve("decisions.json"))
                + Files.readString(folder.resolve("photos.json"));
        for (String part : List.of("\"Ada\"", "\"name\"", "a.jpg", asset.hex())) {
            assertTrue(all.contains(part), part);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.forEach(file -> assertEquals(
                    Files.isDirectory(file) ? "rwx------" : "rw-------", permissions(file), file.toString()));
        }

        Ran again = world.custodian("export", "--to", folder.toString(), "--", "ada");
        assertEquals(Custodian.MISTAKEN, again.exit());
        assertTrue(again.said().contains("name a new folder"), again.said());
        assertEquals(
                Custodian.MISTAKEN,
                world.custodian("export", "--to", temporary.resolve("x").toString(), "--", "Eve")
                        .exit());
        assertFalse(Files.exists(temporary.resolve("x")));
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aGroupingThatIsUnderWayWhenFacesAreTurnedOffWritesNothingAfterwards() throws Exception {
        succeeded("faces", "--on");
        Sha256 asset = seen("a.jpg", 1);
        UUID face = UUID.fromString(text("SELECT id FROM memoir.face"));
        Decided decided = Decided.of(List.of(Decision.of(
                Instant.parse("2026-11-28T18:00:00Z"),
                new UUID(3, 4),
                "home",
                new Decision.Name(new UUID(7, 7), "Ada", List.of(new FaceRef(asset, BOX))))));
        succeeded("faces", "--off");

        faces().assign(Map.of(asset, Map.of(face, Optional.of(new UUID(7, 7)))));
        faces().describe(decided, List.of(new Suggestion(new UUID(7, 7), new UUID(8, 8), 0.5)));

        for (String table : List.of("face", "person", "suggestion")) {
            assertEquals(0, number("SELECT count(*) FROM memoir." + table), table);
        }
        assertFalse(isInTables(new UUID(7, 7).toString()));
    }

    @Test
    void anErasureThatWasInterruptedComesToItsEndWithTheNextJob() throws Exception {
        succeeded("faces", "--on");
        Sha256 asset = seen("a.jpg", 1);
        world.store.put("derived", Keys.face(asset, new UUID(1, 1)), new byte[] {1}, "image/jpeg");
        world.store.put("originals", Keys.FACES_CHOICE, "{\"faces\":\"off\"}".getBytes(StandardCharsets.UTF_8), "x/y");

        succeeded("sweep");

        assertEquals(0, number("SELECT count(*) FROM memoir.face"));
        assertEquals(0, world.store.erase("derived", Keys.FACES));
        assertTrue(faces().clean());
    }

    private static byte[] bytes(float[] embedding) {
        var bytes = ByteBuffer.allocate(512);
        bytes.asFloatBuffer().put(embedding);
        return bytes.array();
    }

    /** In any column of any table, except the decisions, which are a person's own text. */
    private boolean isInTables(String text) {
        try {
            for (String table : tables()) {
                if (number("SELECT count(*) FROM memoir." + table + " t WHERE position('" + text
                                + "' in cast(t AS text)) > 0")
                        > 0) {
                    return true;
                }
            }
            return false;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> tables() throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = administrator();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT relname FROM pg_class WHERE relnamespace = 'memoir'::regnamespace"
                                + " AND relkind = 'r' AND relname <> 'decision'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        assertTrue(tables.contains("face"));
        return tables;
    }

    private String messages(String stream) throws Exception {
        var state = world.queue.jetStreamManagement().getStreamInfo(stream).getStreamState();
        StringBuilder all = new StringBuilder();
        for (long at = state.getFirstSequence(); at > 0 && at <= state.getLastSequence(); at++) {
            all.append(new String(
                    world.queue.jetStreamManagement().getMessage(stream, at).getData(), StandardCharsets.UTF_8));
        }
        return all.toString();
    }

    private Connection administrator() throws SQLException {
        return DriverManager.getConnection(world.database.url(), world.database.user(), world.database.password());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = administrator()) {
            connection.createStatement().execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = administrator();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }
}
