package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.testkit.TestQueue;
import dev.memoir.testkit.TestStore;
import io.nats.client.Connection;
import io.nats.client.Subscription;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static RealStore real;
    private static MediaStore store;

    @BeforeAll
    static void open() {
        real = new RealStore();
        store = MediaStore.open(real.config());
    }

    @AfterAll
    static void close() {
        store.close();
        real.close();
    }

    @Test
    void aBucketIsMadeOnceWithVersionsOn() {
        assertTrue(store.buckets().ensure("versioned", true));
        assertFalse(store.buckets().ensure("versioned", true));
        assertTrue(store.put("versioned", "a", new byte[1], "image/jpeg")
                .versionId()
                .isPresent());
    }

    @Test
    void versionsAreTurnedOnInABucketThatWasMadeWithoutAndNeverOffAgain() {
        assertTrue(store.buckets().ensure("later", false));
        assertTrue(store.buckets().ensure("later", true));
        assertFalse(store.buckets().ensure("later", false));
        assertTrue(
                store.put("later", "a", new byte[1], "image/jpeg").versionId().isPresent());
    }

    @Test
    void versitygwPublishesForAllBucketsSoThereIsNothingToAskFor() {
        store.buckets().ensure("events", true);

        assertFalse(store.buckets().publishEvents("events", "arn:minio:sqs::PRIMARY:nats"));
    }

    @Test
    void minioPublishesWhatItIsAskedFor() throws Exception {
        try (TestQueue queue = TestQueue.start();
                TestStore server = TestStore.minioNotifying(queue);
                MediaStore minio = MediaStore.open(RealStore.config(server))) {
            Connection connection = queue.connect();
            Subscription published = connection.subscribe(TestStore.SUBJECT);
            minio.buckets().ensure("originals", true);

            assertTrue(minio.buckets().publishEvents("originals", "arn:minio:sqs::MEMOIR:nats"));
            minio.put("originals", "a.jpg", new byte[1], "image/jpeg");

            assertNotNull(published.nextMessage(Duration.ofSeconds(30)));
            connection.close();
        }
    }

    @Test
    void pagesOfAnAllowedOriginMayReadASignedAddressAndOthersMayNot() throws Exception {
        store.buckets().ensure("pages", false);
        store.put("pages", "a", new byte[1], "image/jpeg");
        URI address = store.signedRead("pages", "a", Optional.empty(), Duration.ofDays(1));

        assertTrue(store.buckets().allowOrigins("pages", List.of("https://photos.example.org")));

        assertEquals(Optional.of("https://photos.example.org"), allowed(address, "https://photos.example.org"));
        assertEquals(Optional.empty(), allowed(address, "https://evil.example.org"));
    }

    private static Optional<String> allowed(URI address, String origin) throws Exception {
        HttpResponse<byte[]> answer = S3StoreTest.http(
                HttpRequest.newBuilder(address).header("Origin", origin).build());
        return answer.headers().firstValue("Access-Control-Allow-Origin");
    }
}
