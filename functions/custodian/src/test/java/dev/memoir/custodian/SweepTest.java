package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.Album;
import dev.memoir.catalog.AlbumDocument;
import dev.memoir.catalog.Analysis;
import dev.memoir.catalog.FoundSidecar;
import dev.memoir.custodian.Progress.Phase;
import dev.memoir.custodian.World.Ran;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventCodec;
import dev.memoir.events.EventTypes;
import dev.memoir.events.ObjectHint;
import dev.memoir.imaging.Darkroom;
import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Claims;
import dev.memoir.media.Edits;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import dev.memoir.store.Documents;
import dev.memoir.store.Keys;
import dev.memoir.store.StoredObject;
import dev.memoir.testkit.ColourModel;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL, versitygw and NATS; the store sends no notifications. */
class SweepTest {
    private static final Claims HOME = new Claims("home", Set.of(), Map.of());
    private static final Claims BOB = new Claims("bob", Set.of(), Map.of());

    private World world;

    @BeforeEach
    void start() throws Exception {
        world = new World();
        Ran setup = world.custodian("setup");
        assertEquals(0, setup.exit(), setup.said());
    }

    @AfterEach
    void stop() throws Exception {
        world.close();
    }

    @Test
    void findsAFileThatWasPutWhileNobodyWasTold() throws Exception {
        StoredObject put = world.put("users/ann/😀 new.jpg", "A");

        JsonNode result = sweep();

        assertEquals(1, result.get("emitted").asInt());
        assertEquals(1, result.get("objects").asInt());
        CloudEvent event = world.waitingFor("postprocessor").getFirst();
        assertEquals(EventTypes.SWEPT, event.getType());
        assertEquals(
                new ObjectHint(
                        "originals",
                        "users/ann/😀 new.jpg",
                        Optional.empty(),
                        Optional.of(put.etag()),
                        Optional.of(1L)),
                EventCodec.objectHint(event));
    }

    @Test
    void saysNothingOfWhatIsKnownAndUnchanged() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));

        JsonNode result = sweep();

        assertEquals(0, result.get("emitted").asInt(), result.toString());
        assertTrue(result.get("complete").asBoolean());
        assertEquals(List.of(), world.sweptKeys());
    }

    @Test
    void leavesItsResultWhereItIsWanted(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("result");
        world.environment.put("MEMOIR_RESULT_FILE", file.toString());
        world.put("a.jpg", "A");

        JsonNode result = sweep();

        assertEquals(1, result.get("emitted").asInt());
        assertEquals(result, new ObjectMapper().readTree(file.toFile()));
    }

    @Test
    void findsAChangedFile() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        world.put("a.jpg", "B");

        sweep();

        assertEquals(List.of("a.jpg"), world.sweptKeys());
    }

    @Test
    void marksWhatIsGoneAndOnlyThat() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        analysed(world.describe(world.put("b.jpg", "B"), "B"));
        world.store.delete("originals", "a.jpg");

        JsonNode result = sweep();

        assertEquals(1, result.get("gone").asInt());
        assertEquals(Optional.empty(), world.catalog().object("originals", "a.jpg"));
        assertTrue(world.catalog().object("originals", "b.jpg").isPresent());
        assertEquals(0, sweep().get("gone").asInt());
    }

    @Test
    void sendsSidecarsThatAreNewOrChangedAndMarksThoseThatAreGone() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        world.put("new.jpg.xmp", "X");
        know(world.put("known.jpg.xmp", "X"));
        know(world.put("changed.jpg.xmp", "X"));
        know(world.put("gone.jpg.xmp", "X"));
        world.put("changed.jpg.xmp", "Y");
        world.store.delete("originals", "gone.jpg.xmp");

        JsonNode result = sweep();

        assertEquals(List.of("changed.jpg.xmp", "new.jpg.xmp"), world.sweptKeys());
        assertEquals(1, result.get("gone").asInt());
        assertEquals(1, result.get("objects").asInt(), "a sidecar is no object of its own");
        assertTrue(world.catalog().sidecar("originals", "known.jpg.xmp").isPresent());
        assertTrue(world.catalog().sidecar("originals", "gone.jpg.xmp").isEmpty());
    }

    private void know(StoredObject sidecar) {
        world.catalog()
                .record(new FoundSidecar(
                        sidecar.bucket(),
                        sidecar.key(),
                        "home",
                        sidecar.etag(),
                        sidecar.size(),
                        Optional.empty(),
                        Edits.NONE,
                        Optional.empty()));
    }

    @Test
    void leavesTheLibrarysDocumentsAndUnfinishedUploadsAlone() throws Exception {
        world.put(".memoir/people.json", "{}");
        world.put("film.mp4.part", "P");

        assertEquals(0, sweep().get("emitted").asInt());
    }

    @Test
    void sendsAnAssetWithoutARenditionToThePostprocessorAgain() throws Exception {
        Sha256 a = world.describe(world.put("a.jpg", "A"), "A");
        Sha256 b = world.describe(world.put("b.jpg", "B"), "B");
        analysed(a);
        analysed(b);
        world.store.delete("derived", Keys.rendition(b, Rendition.THUMBNAIL));

        JsonNode result = sweep();

        assertEquals(1, result.get("renditionsMissing").asInt());
        assertEquals(List.of("b.jpg"), world.sweptKeys());
    }

    @Test
    void sendsAFilmThatLacksAFrameToThePostprocessorAgain() throws Exception {
        analysed(world.describe(world.put("whole.mp4", "A"), "A", Darkroom.PIPELINE, 2), 2);
        Sha256 film = world.describe(world.put("b.mp4", "B"), "B", Darkroom.PIPELINE, 2);
        analysed(film, 2);
        world.store.delete("derived", Keys.frame(film, 2));

        JsonNode result = sweep();

        assertEquals(1, result.get("renditionsMissing").asInt());
        assertEquals(List.of("b.mp4"), world.sweptKeys());
    }

    @Test
    void sendsAFilmToTheAiWhoseFramesTheModelsHaveNotSeen() throws Exception {
        analysed(world.describe(world.put("a.mp4", "A"), "A", Darkroom.PIPELINE, 2), 0);

        assertEquals(1, sweep().get("notAnalysed").asInt());
        assertEquals(1, world.waitingFor("ai").size());
    }

    @Test
    void looksForObjectsWhereTheirModelIsInTheBucket() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        assertEquals(0, sweep().get("notAnalysed").asInt());

        for (var model : ModelCatalogue.objects().current().values()) {
            for (var file : model.files()) {
                world.store.put(
                        "derived",
                        Keys.MODELS + model.path(file),
                        Parts.open().file(Part.MODELS_OBJECTS, model.path(file)),
                        "application/octet-stream");
            }
        }
        assertEquals(1, sweep().get("notAnalysed").asInt());
    }

    @Test
    void looksForWhatWordsMeanWhereSomebodyBroughtAModelForIt(@TempDir Path folder) throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        Ran without = world.custodian("setup");
        assertFalse(without.result().get("searchByWords").asBoolean());
        assertEquals(0, sweep().get("notAnalysed").asInt());

        ColourModel.write(folder);
        world.environment.put("MEMOIR_WORD_MODELS_DIR", folder.toString());
        Ran with = world.custodian("setup");
        assertEquals(0, with.exit(), with.said());
        assertTrue(with.result().get("searchByWords").asBoolean());
        assertEquals(4, with.result().get("wordModelFilesUploaded").asInt());
        assertEquals(1, sweep().get("notAnalysed").asInt());

        world.environment.remove("MEMOIR_WORD_MODELS_DIR");
        assertTrue(world.custodian("setup").result().get("searchByWords").asBoolean(), "it stays in the bucket");
        world.store.delete("derived", Keys.MODELS + ModelCatalogue.WORDS);
        assertFalse(world.custodian("setup").result().get("searchByWords").asBoolean());
        assertEquals(0, sweep().get("notAnalysed").asInt());
    }

    @Test
    void aFolderWithoutAWholeModelIsAMistakeThatIsTold(@TempDir Path folder) throws Exception {
        world.environment.put("MEMOIR_WORD_MODELS_DIR", folder.toString());
        Ran empty = world.custodian("setup");
        assertTrue(empty.exit() != 0 && empty.said().contains("words.py"), empty.said());

        ColourModel.write(folder);
        Files.writeString(folder.resolve("colours/1/words.onnx"), "something else");
        Ran other = world.custodian("setup");
        assertTrue(other.exit() != 0 && other.said().contains("SHA-256"), other.said());
        assertTrue(
                world.store.stat("derived", Keys.MODELS + ModelCatalogue.WORDS).isEmpty());
    }

    @Test
    void sendsAnAssetThatOlderCodeDescribedToThePostprocessorAgain() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A", Darkroom.PIPELINE - 1));

        JsonNode result = sweep();

        assertEquals(1, result.get("olderPipeline").asInt());
        assertEquals(List.of("a.jpg"), world.sweptKeys());
    }

    @Test
    void sendsAnAssetThatACurrentModelHasNotSeenToTheAi() throws Exception {
        Sha256 a = world.describe(world.put("a.jpg", "A"), "A");
        analysed(world.describe(world.put("b.jpg", "B"), "B"));

        JsonNode result = sweep();

        assertEquals(1, result.get("notAnalysed").asInt());
        List<CloudEvent> events = world.waitingFor("ai");
        assertEquals(1, events.size());
        assertEquals(EventTypes.PREVIEWED, events.getFirst().getType());
        assertEquals(
                new AssetPreviewed(a.hex(), Keys.rendition(a, Rendition.ANALYSIS), false),
                EventCodec.assetPreviewed(events.getFirst()));
    }

    @Test
    void aSweepThatWasStoppedGoesOnWhereItWas() throws Exception {
        for (int i = 0; i < 1_500; i++) {
            world.put("many/" + i + ".jpg", "x");
        }
        List<String> before = new ArrayList<>();
        Outbox failing = (kind, event) -> {
            if (before.size() == 1_200) {
                throw new IOException("the queue is away");
            }
            before.add(event.getSubject());
        };
        Checkpoints first = Checkpoints.open(world.catalog(), false, p -> {}, stoppedClock());
        assertThrows(IOException.class, () -> sweepWith(failing, first).run(false));

        List<String> after = new ArrayList<>();
        Checkpoints second = Checkpoints.open(world.catalog(), false, p -> {}, stoppedClock());
        assertEquals(Optional.of(Phase.OBJECTS), second.resumedFrom());
        sweepWith((kind, event) -> after.add(event.getSubject()), second).run(false);

        assertEquals(
                before.subList(0, 1_000),
                before.stream().filter(k -> !after.contains(k)).toList());
        assertEquals(500, after.size());
        assertEquals(1_500, second.count().objects);
        assertEquals(
                Optional.empty(),
                Checkpoints.open(world.catalog(), false, p -> {}, stoppedClock())
                        .resumedFrom());
    }

    @Test
    void aStopOfLongAgoIsNotGoneOnFrom() {
        Clock clock = stoppedClock();
        Checkpoints.open(world.catalog(), false, p -> {}, clock).enter(Phase.ANALYSES);

        Clock nextWeek = Clock.offset(clock, Duration.ofDays(7));

        assertEquals(
                Optional.empty(),
                Checkpoints.open(world.catalog(), false, p -> {}, nextWeek).resumedFrom());
        assertEquals(
                Optional.of(Phase.ANALYSES),
                Checkpoints.open(world.catalog(), false, p -> {}, clock).resumedFrom());
    }

    @Test
    void anEmptyBucketIsNotBelievedWhenTheCatalogKnowsMuchInIt() throws Exception {
        for (int i = 0; i < Sweep.SUSPICIOUS; i++) {
            world.describe(world.put(i + ".jpg", "x" + i), "x" + i);
        }
        for (int i = 0; i < Sweep.SUSPICIOUS; i++) {
            world.store.delete("originals", i + ".jpg");
        }

        Ran doubtful = world.custodian("sweep");
        Ran sure = world.custodian("sweep", "--empty-is-meant");

        assertEquals(Custodian.MISTAKEN, doubtful.exit());
        assertTrue(doubtful.said().contains("--empty-is-meant"), doubtful.said());
        assertEquals(0, sure.exit(), sure.said());
        assertEquals(Sweep.SUSPICIOUS, sure.result().get("gone").asInt());
    }

    @Test
    void aStoreThatIsAwayIsSaidInOneLineAndMarksNothingGone() throws Exception {
        analysed(world.describe(world.put("a.jpg", "A"), "A"));
        world.storeServer.stop();

        Ran ran = world.custodian("sweep");

        assertEquals(Custodian.AWAY, ran.exit());
        assertEquals(1, ran.said().lines().count(), ran.said());
        assertTrue(world.catalog().object("originals", "a.jpg").isPresent());
    }

    private JsonNode sweep() throws Exception {
        Ran ran = world.custodian("sweep");
        assertEquals(0, ran.exit(), ran.said());
        return ran.result();
    }

    private Sweep sweepWith(Outbox outbox, Checkpoints checkpoints) {
        return new Sweep(
                world.store, world.catalog(), outbox, new Sweep.Wanted(Darkroom.PIPELINE, Set.of()), checkpoints);
    }

    /** Checkpoints by count alone. */
    private static Clock stoppedClock() {
        return Clock.fixed(Instant.parse("2026-03-01T00:00:00Z"), ZoneOffset.UTC);
    }

    private void analysed(Sha256 asset) {
        analysed(asset, 0);
    }

    private void analysed(Sha256 asset, int frames) {
        world.catalog()
                .analysed(
                        asset,
                        frames,
                        ModelCatalogue.load().current().values().stream()
                                .map(m -> new Analysis(
                                        m.task().wireName(), m.name(), m.version(), List.of(), OptionalDouble.empty()))
                                .toList());
    }

    @Test
    void mendsTheRowsOfAlbumsFromTheirDocuments() throws Exception {
        Sha256 photo = world.describe(world.put("photo.jpg", "content"), "content");
        Instant made = Instant.parse("2026-01-01T00:00:00Z");
        Album album = new Album(
                UUID.randomUUID(),
                "home",
                "Summer",
                "",
                Optional.empty(),
                Optional.empty(),
                AlbumOrder.MANUAL,
                Optional.empty(),
                Map.of(Grantee.subject("bob"), AlbumRole.VIEW),
                List.of(new Album.Entry(new Album.Member("home", photo), 1, "home", made)),
                made,
                made,
                false);
        Documents documents = world.store.documents();
        documents.create(Album.key(album.id()), AlbumDocument.write(album));
        documents.create(Album.FOLDER + "notes.json", "{}".getBytes());

        JsonNode swept = world.custodian("sweep").result();
        assertEquals(1, swept.get("albums").asInt());
        assertEquals(
                Album.FOLDER + "notes.json", swept.at("/albumsUnreadable/0").asText());
        assertEquals(Map.of(album.id(), 1L), world.albums().counts(BOB, List.of(album.id())));

        documents.replace(
                documents.read(Album.key(album.id())).orElseThrow(),
                AlbumDocument.write(album.given(Map.of(), made.plusSeconds(1))));
        world.custodian("sweep");
        assertEquals(Map.of(), world.albums().albums(BOB, List.of(album.id())), "what was taken back is taken back");
        assertEquals(1, world.albums().albums(HOME, List.of(album.id())).size());

        documents.replace(
                documents.read(Album.key(album.id())).orElseThrow(),
                AlbumDocument.write(album.removed(made.plusSeconds(2))));
        assertEquals(0, world.custodian("sweep").result().get("albums").asInt());
        assertEquals(Map.of(), world.albums().albums(HOME, List.of(album.id())));

        world.albums().record(HOME, Optional.empty(), album);
        Album nowhere = new Album(
                UUID.randomUUID(),
                "home",
                "Nowhere",
                "",
                Optional.empty(),
                Optional.empty(),
                AlbumOrder.MANUAL,
                Optional.empty(),
                Map.of(),
                List.of(),
                made,
                made,
                false);
        world.albums().record(HOME, Optional.empty(), nowhere);
        world.custodian("sweep");
        assertEquals(
                Map.of(),
                world.albums().albums(HOME, List.of(album.id(), nowhere.id())),
                "neither what was removed nor what has no document is an album");
    }
}
