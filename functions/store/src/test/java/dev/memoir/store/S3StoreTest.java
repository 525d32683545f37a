package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.MediaStore.ObjectContent;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a real versitygw with versions on. */
class S3StoreTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String BUCKET = "originals";

    private static RealStore real;
    private static MediaStore store;

    private String folder;

    @BeforeAll
    static void open() {
        real = new RealStore();
        store = MediaStore.open(real.config());
        store.buckets().ensure(BUCKET, true);
    }

    @AfterAll
    static void close() {
        store.close();
        real.close();
    }

    @BeforeEach
    void aFolderOfItsOwn(TestInfo test) {
        folder = test.getTestMethod().orElseThrow().getName() + "/";
    }

    static Stream<String> oddKeys() {
        String deep = ("x".repeat(199) + "/").repeat(4);
        return Stream.of(
                "plain.jpg",
                "with space.jpg",
                "it's \"quoted\".jpg",
                "a+b.jpg",
                "100%.jpg",
                "%2F%20.jpg",
                "ünïcödé/日本.jpg",
                "😀.jpg",
                "a&b=c?d#e;f,g:h@i$j!k~l*m(n)o[p]q{r}s|t\\u^v`w<x>.jpg",
                deep + "y".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("oddKeys")
    void anOddKeyIsWrittenFoundListedReadBySignedAddressAndRemoved(String name) throws Exception {
        String key = "o/" + name;
        StoredObject written = store.put(BUCKET, key, HELLO, "image/jpeg");

        StoredObject found = store.stat(BUCKET, key).orElseThrow();
        assertEquals(written.etag(), found.etag());
        assertEquals(written.versionId(), found.versionId());
        assertEquals(5, found.size());
        assertEquals(Optional.of("image/jpeg"), found.contentType());
        assertEquals(List.of(key), keys(store.list(BUCKET, key, "")));
        assertArrayEquals(HELLO, get(store.signedRead(BUCKET, key, Optional.empty(), Duration.ofDays(1))));
        try (ObjectContent content = store.read(BUCKET, key, Optional.empty()).orElseThrow()) {
            assertArrayEquals(HELLO, content.bytes().readAllBytes());
            assertEquals(found.etag(), content.object().etag());
            assertEquals(found.lastModified(), content.object().lastModified());
        }

        store.delete(BUCKET, key);
        assertEquals(Optional.empty(), store.stat(BUCKET, key));
        assertEquals(List.of(), keys(store.list(BUCKET, key, "")));
    }

    @Test
    void aKeyThatWouldFoldIntoAnotherIsRefusedBeforeItIsSent() {
        assertThrows(KeyRefusedException.class, () -> store.put(BUCKET, folder + "a//b", HELLO, "image/jpeg"));
        assertThrows(KeyRefusedException.class, () -> store.stat(BUCKET, folder + "../b"));
    }

    @Test
    void whatIsNotThereIsEmptyAndRemovingItIsNoError() {
        assertEquals(Optional.empty(), store.stat(BUCKET, folder + "nothing"));
        assertEquals(Optional.empty(), store.read(BUCKET, folder + "nothing", Optional.empty()));
        store.delete(BUCKET, folder + "nothing");
    }

    @Test
    void aKeyBelowAFileIsNotThereEither() {
        store.put(BUCKET, folder + "a.jpg", HELLO, "image/jpeg");

        assertEquals(Optional.empty(), store.stat(BUCKET, folder + "a.jpg/b"));
    }

    @Test
    void aBucketThatIsAwayIsAnErrorAndNeverLooksLikeAnObjectThatIsGone() {
        StoreException away = assertThrows(StoreException.class, () -> store.stat("elsewhere", "a.jpg"));
        assertTrue(away.getMessage().startsWith("looking at elsewhere/a.jpg failed: http://"), away.getMessage());
        assertThrows(StoreException.class, () -> store.delete("elsewhere", "a.jpg"));
        assertThrows(StoreException.class, () -> keys(store.list("elsewhere", "", "")));
    }

    @Test
    void aStoreThatIsAwayIsToldApartByNameWithoutASecret() {
        StoreConfig wrong = real.config(URI.create("http://127.0.0.1:1"));
        try (MediaStore away = MediaStore.open(wrong)) {
            StoreException e = assertThrows(StoreException.class, () -> away.stat(BUCKET, "a.jpg"));
            assertTrue(e.getMessage().contains("http://127.0.0.1:1"), e.getMessage());
            assertFalse(e.getMessage().contains(wrong.secretKey()));
        }
    }

    @Test
    void anOverwrittenObjectKeepsItsOldVersion() throws Exception {
        String key = folder + "a.jpg";
        StoredObject first = store.put(BUCKET, key, HELLO, "image/jpeg");
        StoredObject second = store.put(BUCKET, key, new byte[] {1}, "image/jpeg");

        assertNotEquals(first.versionId(), second.versionId());
        assertEquals(second.versionId(), store.stat(BUCKET, key).orElseThrow().versionId());
        assertArrayEquals(HELLO, get(store.signedRead(BUCKET, key, first.versionId(), Duration.ofDays(1))));
        try (ObjectContent old = store.read(BUCKET, key, first.versionId()).orElseThrow()) {
            assertArrayEquals(HELLO, old.bytes().readAllBytes());
        }
        assertEquals(List.of(key), keys(store.list(BUCKET, folder, "")));
    }

    @Test
    void aLargeFileGoesUpInParts(@TempDir Path files) throws Exception {
        byte[] content = new byte[(int) S3Store.PART * 2 + 77];
        new Random(1).nextBytes(content);
        Path file = Files.write(files.resolve("film.mp4"), content);

        StoredObject written = store.put(BUCKET, folder + "film.mp4", file, "video/mp4");

        assertEquals(content.length, written.size());
        assertTrue(written.etag().endsWith("-3"), written.etag());
        try (ObjectContent back =
                store.read(BUCKET, folder + "film.mp4", Optional.empty()).orElseThrow()) {
            assertArrayEquals(content, back.bytes().readAllBytes());
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        StoreException e = assertThrows(
                StoreException.class, () -> store.put(BUCKET, folder + "a", Path.of("/no/such/file"), "image/jpeg"));
        assertTrue(e.getMessage().contains("/no/such/file"), e.getMessage());
    }

    @Test
    void theListingIsInTheOrderOfUtf8BytesAcrossPagesAndGoesOnAfterAKey() {
        List<String> names = Stream.concat(
                        Stream.of("a/x", "a.b", "a-1", "a0", "A", "z", "é", "\uff21", "😀", "a b"),
                        IntStream.range(0, 1100).mapToObj(i -> "many/" + i))
                .map(n -> folder + n)
                .toList();
        names.parallelStream().forEach(n -> store.put(BUCKET, n, HELLO, "image/jpeg"));
        List<String> sorted = names.stream()
                .sorted(Comparator.comparing(s -> s.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned))
                .toList();

        assertEquals(sorted, keys(store.list(BUCKET, folder, "")));
        for (int at : new int[] {0, 3, 7, 999, 1000, 1001, sorted.size() - 1}) {
            assertEquals(sorted.subList(at + 1, sorted.size()), keys(store.list(BUCKET, folder, sorted.get(at))));
        }
    }

    @Test
    void aSignedAddressStaysTheSameDuringItsPeriodAndChangesWithTheNext() {
        Instant day = Instant.parse("2026-03-01T00:00:00Z");
        URI morning = at(day).signedRead(BUCKET, "a", Optional.empty(), Duration.ofDays(1));
        URI evening = at(day.plusSeconds(86_399)).signedRead(BUCKET, "a", Optional.empty(), Duration.ofDays(1));
        URI tomorrow = at(day.plusSeconds(86_400)).signedRead(BUCKET, "a", Optional.empty(), Duration.ofDays(1));

        assertEquals(morning, evening);
        assertNotEquals(morning, tomorrow);
        assertTrue(morning.getRawQuery().contains("X-Amz-Date=20260301T000000Z"));
        assertTrue(morning.getRawQuery().contains("X-Amz-Expires=172800"));
    }

    @Test
    void aSignedAddressOfLongAgoIsRefusedByTheStore() throws Exception {
        store.put(BUCKET, folder + "a", HELLO, "image/jpeg");
        Instant old = Instant.now().minus(Duration.ofDays(3));

        URI expired = at(old).signedRead(BUCKET, folder + "a", Optional.empty(), Duration.ofDays(1));

        assertEquals(403, status(expired));
    }

    @Test
    void anAddressSignedForWritingTakesOnePutAndNoRead() throws Exception {
        URI write = store.signedWrite(BUCKET, folder + "new file.jpg", Duration.ofMinutes(5));

        HttpRequest put = HttpRequest.newBuilder(write)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(HELLO))
                .build();
        assertEquals(200, http(put).statusCode());
        assertEquals(
                5, store.stat(BUCKET, folder + "new file.jpg").orElseThrow().size());
        assertEquals(403, status(write));
    }

    private MediaStore at(Instant now) {
        return new S3Store(real.config(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static List<String> keys(Stream<StoredObject> objects) {
        return objects.map(StoredObject::key).toList();
    }

    private static byte[] get(URI address) throws Exception {
        HttpResponse<byte[]> answer = http(HttpRequest.newBuilder(address).build());
        assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
        return answer.body();
    }

    private static int status(URI address) throws Exception {
        return http(HttpRequest.newBuilder(address).build()).statusCode();
    }

    static HttpResponse<byte[]> http(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsErasedLeavesNoVersionBehind(boolean versions) {
        String bucket = versions ? "with-versions" : "without-versions";
        store.buckets().ensure(bucket, versions);
        StoredObject first = store.put(bucket, "faces/a/1.jpg", new byte[] {1}, "image/jpeg");
        store.put(bucket, "faces/a/1.jpg", new byte[] {2}, "image/jpeg");
        store.put(bucket, "faces/b/2.jpg", new byte[] {3}, "image/jpeg");
        store.delete(bucket, "faces/b/2.jpg");
        store.put(bucket, "other/3.jpg", new byte[] {4}, "image/jpeg");

        assertTrue(store.erase(bucket, "faces/") >= (versions ? 3 : 1));

        assertTrue(store.stat(bucket, "faces/a/1.jpg").isEmpty());
        assertTrue(store.read(bucket, "faces/a/1.jpg", first.versionId()).isEmpty());
        assertTrue(store.stat(bucket, "other/3.jpg").isPresent());
        assertEquals(0, store.erase(bucket, "faces/"));
    }

    @Test
    void originalsAreNeverErased() {
        String originals = store.config().originals();
        assertThrows(IllegalArgumentException.class, () -> store.erase(originals, "a"));
        assertThrows(IllegalArgumentException.class, () -> store.erase("derived", ""));
    }

    @Test
    void aStoreThatIsAwaySaysSoWhateverItIsAskedFor() {
        RealStore gone = new RealStore();
        try (MediaStore away = MediaStore.open(gone.config())) {
            away.buckets().ensure(BUCKET, false);
            gone.close();
            assertThrows(StoreException.class, () -> away.list(BUCKET, "", "").findFirst());
            assertThrows(StoreException.class, () -> away.stat(BUCKET, "a.bin"));
            assertThrows(StoreException.class, () -> away.read(BUCKET, "a.bin", Optional.empty()));
            assertThrows(StoreException.class, () -> away.put(BUCKET, "a.bin", HELLO, "text/plain"));
        }
    }
}
