package dev.memoir.custodian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.catalog.Analysis;
import dev.memoir.custodian.Progress.Phase;
import dev.memoir.custodian.World.Ran;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventCodec;
import dev.memoir.events.EventTypes;
import dev.memoir.events.ObjectHint;
import dev.memoir.imaging.Darkroom;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.models.ModelCatalogue;
import dev.memoir.store.Keys;
import dev.memoir.store.StoredObject;
import io.cloudevents.CloudEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real PostgreSQL, versitygw and NATS; the store sends no notifications. */
class SweepTest {
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
    void leavesSidecarsTheLibrarysDocumentsAndUnfinishedUploadsAlone() throws Exception {
        world.put("a.jpg.xmp", "X");
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
        world.catalog()
                .analysed(
                        asset,
                        ModelCatalogue.load().current().values().stream()
                                .map(m -> new Analysis(
                                        m.task().wireName(), m.name(), m.version(), List.of(), OptionalDouble.empty()))
                                .toList());
    }
}
