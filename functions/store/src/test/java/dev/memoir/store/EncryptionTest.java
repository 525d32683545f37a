package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.testkit.TestStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EncryptionTest {
    private static final byte[] CONTENT =
            "a picture of grandmother on the beach ".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsPutIntoTheBucketLiesThereEncryptedAndIsReadBySignedAddresses() throws Exception {
        try (TestStore server = TestStore.minioWithKey();
                MediaStore store = MediaStore.open(RealStore.config(server))) {
            store.buckets().ensure("originals", true);
            store.put("originals", "before.jpg", CONTENT, "image/jpeg");

            store.buckets().encrypt("originals", TestStore.ENCRYPTION_KEY);
            store.put("originals", "after.jpg", CONTENT, "image/jpeg");

            assertTrue(liesInClear(server.root().resolve("originals/before.jpg")));
            assertFalse(liesInClear(server.root().resolve("originals/after.jpg")));
            URI address = store.signedRead("originals", "after.jpg", Optional.empty(), Duration.ofMinutes(5));
            assertArrayEquals(
                    CONTENT,
                    S3StoreTest.http(HttpRequest.newBuilder(address).build()).body());
        }
    }

    @Test
    void theObjectThatShowsItLeavesNoTrace() {
        try (TestStore server = TestStore.minioWithKey();
                MediaStore store = MediaStore.open(RealStore.config(server))) {
            store.buckets().ensure("originals", true);

            store.buckets().encrypt("originals", TestStore.ENCRYPTION_KEY);

            assertEquals(Optional.empty(), store.stat("originals", ".memoir/encryption-probe"));
        }
    }

    @Test
    void aKeyThatTheStoreDoesNotKnowIsRefused() {
        try (TestStore server = TestStore.minioWithKey();
                MediaStore store = MediaStore.open(RealStore.config(server))) {
            store.buckets().ensure("originals", true);

            StoreException refusal =
                    assertThrows(StoreException.class, () -> store.buckets().encrypt("originals", "somebody-elses"));

            assertTrue(refusal.getMessage().contains("somebody-elses"), refusal.getMessage());
        }
    }

    @Test
    void aStoreThatDoesNotEncryptIsRefused() {
        try (TestStore server = TestStore.start();
                MediaStore store = MediaStore.open(RealStore.config(server))) {
            store.buckets().ensure("originals", true);

            StoreException refusal = assertThrows(
                    StoreException.class, () -> store.buckets().encrypt("originals", TestStore.ENCRYPTION_KEY));

            assertTrue(refusal.getMessage().contains("encrypt"), refusal.getMessage());
        }
    }

    private static boolean liesInClear(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            for (Path file : all) {
                if (Files.readString(file, StandardCharsets.ISO_8859_1).contains("grandmother on the beach")) {
                    return true;
                }
            }
            return false;
        }
    }
}
