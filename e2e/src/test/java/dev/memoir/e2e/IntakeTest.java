package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What any S3 client puts, and what becomes of it. */
@TestInstance(Lifecycle.PER_CLASS)
class IntakeTest {
    private static final String HOME = "home";

    private final Household household = Household.started();
    private MediaStore store;

    @BeforeAll
    void open() {
        store = household.store();
    }

    @AfterAll
    void close() {
        store.close();
        household.close();
    }

    private String put(String key, byte[] content) {
        store.put("originals", key, content, "image/jpeg");
        return Photos.sha256(content);
    }

    @Test
    void badFilesAreKeptAndListedWithAReasonAndDisturbNothing() throws IOException {
        Map<String, String> bad = new HashMap<>();
        bad.put("bad/empty.jpg", put("bad/empty.jpg", new byte[0]));
        bad.put("bad/text.jpg", put("bad/text.jpg", "this is no photo\n".getBytes(StandardCharsets.UTF_8)));
        bad.put("bad/bomb.png", put("bad/bomb.png", Photos.png(40_000, 40_000)));
        bad.put(
                "bad/segment.jpg",
                put(
                        "bad/segment.jpg",
                        Files.readAllBytes(Photos.sample("broken/broken-no-sof-ascii-transfer-mode.jpg"))));
        String large = put("bad/200-megapixels.png", Photos.png(20_000, 10_000));
        String truncated = put("bad/truncated.jpg", Photos.truncated());
        long seed = System.nanoTime();
        String fuzzed = put("bad/fuzzed.jpg", Photos.fuzzed(seed));
        String good = put("bad/good.jpg", Photos.numbered(1));
        household.awaitSettled();
        Map<String, Asset> assets = Asset.all(household, HOME);
        bad.forEach((key, sha256) -> {
            Asset asset = assets.get(sha256);
            assertNotNull(asset, key + " is not listed");
            assertTrue(List.of("damaged", "no_preview").contains(asset.state()), key + ": " + asset);
            assertFalse(asset.reason().isBlank(), key + " has no reason");
            assertTrue(Files.exists(household.original(key)), key);
        });
        assertNotNull(assets.get(large), "the photo of 200 megapixels is not listed");
        assertNotNull(assets.get(truncated), "the truncated photo is not listed");
        assertNotNull(assets.get(fuzzed), "the photo fuzzed with seed " + seed + " is not listed");
        assertEquals("ready", assets.get(good).state());
        assertTrue(assets.get(good).labelled(), "the good one is not labelled");
        assertEquals(0, household.status().path("dead").asLong());
    }

    @Test
    void keysMayHoldWhateverS3AllowsAndTheOriginalIsFetchedByItsLink() throws Exception {
        // Four folders, since no name in a file system has more than 255 bytes.
        String folders = "odd/" + ("a".repeat(199) + "/").repeat(4);
        String long1000 = folders + "b".repeat(1000 - folders.length() - 4) + ".jpg";
        List<String> keys = List.of(
                "odd/with space.jpg",
                "odd/ leading and trailing /space .jpg ",
                "odd/'single' and \"double\".jpg",
                "odd/a+b%20c%.jpg",
                "odd/%2e%2e%2fx.jpg",
                "odd/ä é 日本.jpg",
                "odd/🐈📷.jpg",
                "odd/&<>;$#?=!*()[]{}^`|~@,:.jpg",
                "odd/back\\slash.jpg",
                "odd/.hidden/.jpg",
                "odd/...jpg",
                "odd/.../..a/b../c..d.jpg",
                "odd/-rf",
                "odd/" + "d/".repeat(100) + "deep.jpg",
                long1000);
        Map<String, byte[]> put = new HashMap<>();
        int number = 100;
        for (String key : keys) {
            byte[] photo = Photos.numbered(number++);
            put(key, photo);
            put.put(key, photo);
        }
        household.awaitSettled();
        Map<String, Asset> assets = Asset.all(household, HOME);
        Map<String, URI> links = links();
        for (var photo : put.entrySet()) {
            String sha256 = Photos.sha256(photo.getValue());
            assertNotNull(assets.get(sha256), photo.getKey() + " is not listed");
            assertEquals(List.of(photo.getKey()), assets.get(sha256).keys());
            assertArrayEquals(photo.getValue(), fetch(links.get(sha256)), photo.getKey());
            assertArrayEquals(photo.getValue(), Files.readAllBytes(household.original(photo.getKey())));
        }
        assertEquals(0, household.status().path("dead").asLong());
    }

    private Map<String, URI> links() {
        Map<String, URI> links = new HashMap<>();
        household
                .query("{ assets(first: 100) { edges { node { sha256 original } } } }")
                .at("/assets/edges")
                .forEach(edge -> links.put(
                        edge.at("/node/sha256").asText(),
                        URI.create(edge.at("/node/original").asText())));
        return links;
    }

    private static byte[] fetch(URI link) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertEquals(200, answer.statusCode(), link::toString);
            return answer.body();
        }
    }

    @Test
    void aFolderMadeAsAnObjectIsNoPhotoAndWhatIsPutInItIs() throws IOException {
        store.put("originals", "made/folder/", new byte[0], "application/x-directory");
        String sha256 = put("made/folder/a.jpg", Photos.numbered(150));
        household.awaitSettled();
        Map<String, Asset> assets = Asset.all(household, HOME);
        assertEquals(List.of("made/folder/a.jpg"), assets.get(sha256).keys());
        assertTrue(assets.values().stream().noneMatch(asset -> asset.keys().contains("made/folder/")));
    }

    /** Other clients don't ask first whether a key is a good idea, as ours does. */
    @Test
    void noKeyLeadsOutOfTheBucket() throws IOException {
        for (String key : List.of("../../outside.jpg", "odd/%2e%2e/%2e%2e/outside.jpg")) {
            household.putRaw(key, Photos.numbered(161));
        }
        household.awaitSettled();
        assertFalse(Files.exists(household.library().resolve("store/outside.jpg")));
        assertFalse(Files.exists(household.library().resolve("outside.jpg")));
    }

    @Test
    void theSameBytesUnderAnotherKeyAreOneAssetWithTwoObjects() throws IOException {
        String sha256 = put("same/one.jpg", Photos.numbered(200));
        put("same/other.jpg", Photos.numbered(200));
        household.awaitSettled();
        assertEquals(
                List.of("same/one.jpg", "same/other.jpg"),
                Asset.all(household, HOME).get(sha256).keys());
    }

    @Test
    void newBytesUnderAKeyAreANewVersionAndTheOldOneIsKept() throws IOException {
        String before = put("wrap/IMG_0001.JPG", Photos.numbered(300));
        household.awaitSettled();
        String after = put("wrap/IMG_0001.JPG", Photos.numbered(301));
        household.awaitSettled();
        Map<String, Asset> assets = Asset.all(household, HOME);
        assertEquals(List.of("wrap/IMG_0001.JPG"), assets.get(after).keys());
        assertFalse(assets.containsKey(before), "the replaced photo is still listed");
        assertTrue(versions().contains(before), "the replaced version's bytes are gone");
    }

    private List<String> versions() throws IOException {
        try (var files = Files.walk(household.library().resolve("versions"))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Photos.sha256(Files.readAllBytes(file));
                        } catch (IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    })
                    .toList();
        }
    }

    @Test
    void nobodySeesWhatBelongsToAnother() throws IOException {
        String annas = put("users/anna/mine.jpg", Photos.numbered(400));
        String shared = put("users/anna/both.jpg", Photos.numbered(401));
        put("both.jpg", Photos.numbered(401));
        household.awaitSettled();
        Map<String, Asset> home = Asset.all(household, HOME);
        assertFalse(home.containsKey(annas));
        assertEquals(List.of("both.jpg"), home.get(shared).keys());
        assertEquals(
                List.of("users/anna/mine.jpg"),
                Asset.all(household, "anna").get(annas).keys());
        Map<String, Asset> ben = Asset.all(household, "ben");
        assertFalse(ben.containsKey(annas));
        assertEquals(List.of("both.jpg"), ben.get(shared).keys(), "the family's own");
    }

    @Test
    void whatIsDeletedInTheBucketLeavesTheLists() throws IOException {
        String sha256 = put("gone/soon.jpg", Photos.numbered(500));
        household.awaitSettled();
        assertTrue(Asset.all(household, HOME).containsKey(sha256));
        store.delete("originals", "gone/soon.jpg");
        household.awaitSettled();
        assertFalse(Asset.all(household, HOME).containsKey(sha256));
    }
}
