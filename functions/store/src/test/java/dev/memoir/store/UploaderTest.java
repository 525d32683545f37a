package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.testkit.TestStore;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an uploading phone's key reaches on a real versitygw. */
class UploaderTest {
    private static final byte[] PHOTO = {1, 2, 3};
    private static TestStore server;
    private static MediaStore root;
    private static MediaStore phone;

    @BeforeAll
    static void open() {
        server = TestStore.start();
        root = MediaStore.open(config(server.accessKey(), server.secretKey()));
        root.buckets().ensure("originals", true);
        root.buckets().allowUploads("originals", server.uploaderKey());
        phone = MediaStore.open(config(server.uploaderKey(), server.uploaderSecret()));
        root.put("originals", ".memoir/users/anna.json", PHOTO, "application/json");
    }

    @AfterAll
    static void close() {
        phone.close();
        root.close();
        server.close();
    }

    private static StoreConfig config(String key, String secret) {
        return new StoreConfig(
                server.endpoint(), server.endpoint(), server.region(), key, secret, "originals", "derived");
    }

    @Test
    void aPhoneAddsPhotosAndRemovesNone() {
        phone.put("originals", "users/bob/a.jpg", PHOTO, "image/jpeg");
        assertTrue(phone.stat("originals", "users/bob/a.jpg").isPresent());
        assertThrows(StoreException.class, () -> phone.delete("originals", "users/bob/a.jpg"));
    }

    @Test
    void thePeopleOfTheHouseAreNoneOfItsBusiness() {
        assertThrows(
                StoreException.class,
                () -> phone.put("originals", ".memoir/users/eve.json", PHOTO, "application/json"));
        assertThrows(StoreException.class, () -> phone.read("originals", ".memoir/users/anna.json", Optional.empty()));
        assertEquals(Optional.empty(), root.stat("originals", ".memoir/users/eve.json"));
    }

    /** Sent as they are: our own client refuses them before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "users/bob/../../.memoir/users/eve.json",
                "./.memoir/users/eve.json",
                "users//../.memoir/users/eve.json",
                ".memoir//users/eve.json",
                "x/.././.memoir/users/eve.json",
                "/.memoir/users/eve.json"
            })
    void aKeyThatClimbsReachesNoDocument(String key) throws Exception {
        int written = put(server.uploaderKey(), server.uploaderSecret(), key);
        assertTrue(root.documents().list(".memoir/users/eve").toList().isEmpty(), key + " answered " + written);
        var read = new QuerySigner(server.region(), server.uploaderKey(), server.uploaderSecret())
                .sign(
                        "GET",
                        server.endpoint(),
                        "originals",
                        key.replace("eve", "anna"),
                        Map.of(),
                        Map.of(),
                        Instant.now(),
                        Duration.ofMinutes(5));
        int answered = S3StoreTest.http(HttpRequest.newBuilder(read).build()).statusCode();
        assertTrue(answered >= 400, key + " was answered " + answered);
    }

    @Test
    void whatTheRootKeyPutsUnderAClimbingKeyLiesWhereItLeadsAndNeverOutsideTheBucket() throws Exception {
        assertEquals(200, put(server.accessKey(), server.secretKey(), "users/bob/../anna/x.jpg"));
        List<String> keys = root.documents().list("users/").toList();
        for (String out : List.of("../derived/x.jpg", "users/../../derived/x.jpg", "../../x.jpg")) {
            assertTrue(put(server.accessKey(), server.secretKey(), out) >= 400, out);
        }
        assertTrue(keys.contains("users/anna/x.jpg"), keys.toString());
        assertTrue(keys.stream().noneMatch(key -> MediaStore.refusal(key).isPresent()), keys.toString());
    }

    private static int put(String access, String secret, String key) throws Exception {
        var address = new QuerySigner(server.region(), access, secret)
                .sign(
                        "PUT",
                        server.endpoint(),
                        "originals",
                        key,
                        Map.of(),
                        Map.of(),
                        Instant.now(),
                        Duration.ofMinutes(5));
        return S3StoreTest.http(HttpRequest.newBuilder(address)
                        .PUT(HttpRequest.BodyPublishers.ofString("{}", StandardCharsets.UTF_8))
                        .build())
                .statusCode();
    }
}
