package dev.memoir.sidecars;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.catalog.FoundSidecar;
import dev.memoir.catalog.Library.SidecarPlace;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreConfig;
import dev.memoir.store.StoredObject;
import dev.memoir.testkit.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On a real versitygw. */
class SidecarsTest {
    private static final Sha256 CONTENT = new Sha256("ab".repeat(32));
    private static final Facts FILE = Facts.onlyType("image/jpeg");

    private static TestStore server;
    private static MediaStore store;
    private static Sidecars sidecars;

    @BeforeAll
    static void open() {
        server = TestStore.start();
        store = connect();
        store.buckets().ensure("originals", true);
        sidecars = new Sidecars(store, "home");
    }

    private static MediaStore connect() {
        return MediaStore.open(new StoreConfig(
                server.endpoint(),
                server.endpoint(),
                server.region(),
                server.accessKey(),
                server.secretKey(),
                "originals",
                "derived"));
    }

    @AfterAll
    static void close() {
        store.close();
        server.close();
    }

    /** What the catalog would be told. */
    private static final class Told implements Sidecars.Book {
        private final List<FoundSidecar> found = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();

        @Override
        public void record(FoundSidecar sidecar) {
            found.add(sidecar);
        }

        @Override
        public void gone(String bucket, String key) {
            gone.add(key);
        }
    }

    private static SidecarPlace at(String key) {
        return new SidecarPlace("originals", key, Optional.empty());
    }

    private static Edits read(String key) {
        Told told = new Told();
        sidecars.look("originals", key, told);
        return told.found.getLast().edits();
    }

    @Test
    void twoProcessesThatEditAtTheSameTimeLoseNothing() throws Exception {
        int each = 10;
        try (MediaStore other = connect();
                var pool = Executors.newFixedThreadPool(2)) {
            List<Callable<Void>> work = List.of(sidecars, new Sidecars(other, "home")).stream()
                    .map(process -> (Callable<Void>) () -> {
                        for (int i = 0; i < each; i++) {
                            String tag = System.identityHashCode(process) + "-" + i;
                            process.change(at("both.jpg.xmp"), CONTENT, FILE, (before, file) -> {
                                List<String> tags =
                                        new ArrayList<>(before.tags().orElse(List.of()));
                                tags.add(tag);
                                return before.withTags(tags);
                            });
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : pool.invokeAll(work)) {
                done.get();
            }
        }

        assertEquals(2 * each, read("both.jpg.xmp").tags().orElseThrow().size());
    }

    @Test
    void theOriginalStaysAsItIsWhateverIsEdited() {
        StoredObject original =
                store.put("originals", "same.jpg", "bytes".getBytes(StandardCharsets.UTF_8), "image/jpeg");
        StoredObject before = store.stat("originals", "same.jpg").orElseThrow();

        IntStream.rangeClosed(0, 5)
                .forEach(stars ->
                        sidecars.change(at("same.jpg.xmp"), CONTENT, FILE, (edits, file) -> edits.withRating(stars)));

        assertEquals(before, store.stat("originals", "same.jpg").orElseThrow());
        assertEquals(original.etag(), before.etag());
        assertEquals(
                "application/rdf+xml",
                store.stat("originals", "same.jpg.xmp")
                        .orElseThrow()
                        .contentType()
                        .orElseThrow());
    }

    @Test
    void aSidecarThatSpeaksOfSeveralBeginsTheOneThatSpeaksOfOne() throws Exception {
        byte[] foreign = Sidecar.blank().saying(Edits.NONE.withTags(List.of("theirs")), CONTENT);
        store.put("originals", "pair.xmp", foreign, "application/rdf+xml");

        sidecars.change(
                new SidecarPlace("originals", "pair.jpg.xmp", Optional.of("pair.xmp")),
                CONTENT,
                FILE,
                (before, file) -> before.withRating(5));

        assertEquals(Edits.NONE.withTags(List.of("theirs")).withRating(5), read("pair.jpg.xmp"));
        assertEquals(Edits.NONE.withTags(List.of("theirs")), read("pair.xmp"));
    }

    @Test
    void aBrokenSidecarIsNotOverwrittenAndTold() {
        byte[] broken = "<half".getBytes(StandardCharsets.UTF_8);
        store.put("originals", "broken.jpg.xmp", broken, "application/rdf+xml");
        StoredObject before = store.stat("originals", "broken.jpg.xmp").orElseThrow();

        Sidecars.Outcome outcome =
                sidecars.change(at("broken.jpg.xmp"), CONTENT, FILE, (edits, file) -> edits.withRating(5));
        Told told = new Told();
        sidecars.look("originals", "broken.jpg.xmp", told);

        String reason = assertInstanceOf(Sidecars.NotPossible.class, outcome).reason();
        assertTrue(reason.startsWith("broken.jpg.xmp is not well-formed XML"), reason);
        assertEquals(before, store.stat("originals", "broken.jpg.xmp").orElseThrow());
        assertTrue(told.found.getFirst().problem().isPresent());
    }

    @Test
    void oneThatIsTooLargeIsReadNoFurtherThanItMayBe() {
        store.put("originals", "large.jpg.xmp", new byte[3 << 20], "application/rdf+xml");
        Told told = new Told();

        sidecars.look("originals", "large.jpg.xmp", told);

        assertTrue(told.found.getFirst().problem().orElseThrow().contains("larger"));
    }

    @Test
    void aSidecarThatIsNotThereIsToldAsGone() {
        Told told = new Told();

        sidecars.look("originals", "users/ann/never.jpg.xmp", told);

        assertEquals(List.of("users/ann/never.jpg.xmp"), told.gone);
    }

    @Test
    void anEditThatChangesNothingWritesNothing() {
        Sidecars.Outcome outcome =
                sidecars.change(at("users/ann/none.jpg.xmp"), CONTENT, FILE, (before, file) -> before);

        assertEquals(new Sidecars.Said(Edits.NONE, Edits.NONE), outcome);
        assertTrue(store.stat("originals", "users/ann/none.jpg.xmp").isEmpty());
    }
}
