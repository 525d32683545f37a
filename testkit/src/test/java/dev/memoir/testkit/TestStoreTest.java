package dev.memoir.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SetBucketVersioningArgs;
import io.minio.messages.VersioningConfiguration;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What other modules' tests rely on in a store. */
class TestStoreTest {
    private static final String BUCKET = "originals";

    @Test
    void versitygwKeepsPlainFilesAndTheirVersions() throws Exception {
        try (TestStore store = TestStore.start()) {
            keepsVersionsThroughAKill(store);
            assertEquals("second", Files.readString(store.root().resolve("originals/a/photo.jpg")));
        }
    }

    @Test
    void versitygwKeepsThemAlsoWhereFilesHaveNoAttributes() throws Exception {
        try (TestStore store = TestStore.startWithSidecar()) {
            keepsVersionsThroughAKill(store);
        }
    }

    @Test
    void minioKeepsVersions() throws Exception {
        try (TestStore store = TestStore.minio()) {
            keepsVersionsThroughAKill(store);
        }
    }

    @Test
    @SuppressWarnings("try") // the connection's close may be interrupted
    void versitygwTellsTheQueueOfANewObject() throws Exception {
        try (TestQueue queue = TestQueue.start();
                TestStore store = TestStore.startNotifying(queue);
                Connection connection = queue.connect()) {
            Subscription events = connection.subscribe(TestStore.SUBJECT);
            connection.flush(Duration.ofSeconds(5));
            MinioClient client = client(store);
            store.makeBucket(BUCKET);
            put(client, "first");
            Message event = events.nextMessage(Duration.ofSeconds(10));
            String told = new String(event.getData(), StandardCharsets.UTF_8);
            assertTrue(told.contains("s3:ObjectCreated:Put") && told.contains("a/photo.jpg"), told);
        }
    }

    private static void keepsVersionsThroughAKill(TestStore store) throws Exception {
        MinioClient client = client(store);
        store.makeBucket(BUCKET);
        client.setBucketVersioning(SetBucketVersioningArgs.builder()
                .bucket(BUCKET)
                .config(new VersioningConfiguration(VersioningConfiguration.Status.ENABLED, null, null, null))
                .build());
        put(client, "first");
        put(client, "second");
        store.kill();
        store.restart();
        try (var object = client.getObject(
                GetObjectArgs.builder().bucket(BUCKET).object("a/photo.jpg").build())) {
            assertArrayEquals(bytes("second"), object.readAllBytes());
        }
        var listed = client.listObjects(ListObjectsArgs.builder()
                .bucket(BUCKET)
                .recursive(true)
                .includeVersions(true)
                .build());
        assertEquals(2, StreamSupport.stream(listed.spliterator(), false).count());
    }

    private static void put(MinioClient client, String content) throws Exception {
        byte[] bytes = bytes(content);
        client.putObject(PutObjectArgs.builder()
                .bucket(BUCKET)
                .object("a/photo.jpg")
                .data(bytes, bytes.length)
                .build());
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static MinioClient client(TestStore store) {
        return MinioClient.builder()
                .endpoint(store.endpoint().toString())
                .credentials(store.accessKey(), store.secretKey())
                .build();
    }
}
