package dev.memoir.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Sha256;
import dev.memoir.store.MediaStore.ObjectContent;
import dev.memoir.store.UploadRefusedException.Reason;
import dev.memoir.store.Uploads.SignedUpload;
import java.net.http.HttpRequest;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What browsers do with signed uploads, on a real versitygw. */
class UploadsTest {
    private static final Duration MINUTES = Duration.ofMinutes(5);
    private static final String BUCKET = "originals";
    private static final byte[] CONTENT = new byte[(5 << 20) + 10];

    private static RealStore real;
    private static MediaStore store;

    @BeforeAll
    static void open() {
        new Random(7).nextBytes(CONTENT);
        real = new RealStore();
        store = MediaStore.open(real.config());
        store.buckets().ensure(BUCKET, true);
    }

    @AfterAll
    static void close() {
        store.close();
        real.close();
    }

    @Test
    void aWholeUploadWithTheRightBytesIsTaken() throws Exception {
        assertEquals(200, send(whole("a photo +%.jpg", CONTENT), CONTENT));

        StoredObject there = store.stat(BUCKET, "a photo +%.jpg").orElseThrow();
        assertEquals(CONTENT.length, there.size());
        assertEquals(Optional.of("image/jpeg"), there.contentType());
    }

    @Test
    void otherBytesOfTheSameLengthAreRefusedByTheirChecksum() throws Exception {
        byte[] other = CONTENT.clone();
        other[1000] ^= 1;

        assertEquals(400, send(whole("other.jpg", CONTENT), other));
        assertEquals(Optional.empty(), store.stat(BUCKET, "other.jpg"));
    }

    @Test
    void anotherLengthIsRefusedBecauseItIsSigned() throws Exception {
        assertEquals(403, send(whole("short.jpg", CONTENT), Arrays.copyOf(CONTENT, 100)));
        assertEquals(Optional.empty(), store.stat(BUCKET, "short.jpg"));
    }

    @Test
    void anUploadWithoutTheSignedChecksumIsRefused() throws Exception {
        // Small, so that it is sent before the store hangs up on it.
        byte[] small = Arrays.copyOf(CONTENT, 1000);
        SignedUpload upload = whole("bare.jpg", small);
        SignedUpload bare = new SignedUpload(upload.address(), Map.of("content-type", "image/jpeg"));

        int status = send(bare, small);

        assertTrue(status == 403 || status == 400, "versitygw says 403, MinIO 400, not " + status);
        assertEquals(Optional.empty(), store.stat(BUCKET, "bare.jpg"));
    }

    @Test
    void partsAreCheckedOneByOneAndPutTogether() throws Exception {
        byte[] first = Arrays.copyOf(CONTENT, 5 << 20);
        byte[] last = Arrays.copyOfRange(CONTENT, 5 << 20, CONTENT.length);
        String id = store.uploads().begin(BUCKET, "film.mp4", "video/mp4");

        assertEquals(400, send(part("film.mp4", id, 2, last), new byte[last.length]));
        assertEquals(200, send(part("film.mp4", id, 2, last), last));
        UploadRefusedException early =
                assertThrows(UploadRefusedException.class, () -> store.uploads().complete(BUCKET, "film.mp4", id, 2));
        assertEquals(Reason.PARTS_DIFFER, early.reason());
        assertTrue(early.getMessage().contains("1 of its 2 parts"), early.getMessage());
        assertEquals(200, send(part("film.mp4", id, 1, first), first));
        StoredObject film = store.uploads().complete(BUCKET, "film.mp4", id, 2);

        assertEquals(CONTENT.length, film.size());
        assertEquals(Optional.of("video/mp4"), film.contentType());
        try (ObjectContent back =
                store.read(BUCKET, "film.mp4", Optional.empty()).orElseThrow()) {
            assertArrayEquals(CONTENT, back.bytes().readAllBytes());
        }
    }

    @Test
    void anAbortedUploadLeavesNothingAndMayBeAbortedAgain() throws Exception {
        String id = store.uploads().begin(BUCKET, "never.mp4", "video/mp4");
        assertEquals(200, send(part("never.mp4", id, 1, CONTENT), CONTENT));

        store.uploads().abort(BUCKET, "never.mp4", id);
        store.uploads().abort(BUCKET, "never.mp4", id);

        assertEquals(Optional.empty(), store.stat(BUCKET, "never.mp4"));
        UploadRefusedException gone =
                assertThrows(UploadRefusedException.class, () -> store.uploads().complete(BUCKET, "never.mp4", id, 1));
        assertEquals(Reason.UNKNOWN, gone.reason());
    }

    private static SignedUpload whole(String key, byte[] content) throws Exception {
        return store.uploads().whole(BUCKET, key, "image/jpeg", checksum(content), content.length, MINUTES);
    }

    private static SignedUpload part(String key, String id, int number, byte[] content) throws Exception {
        return store.uploads().part(BUCKET, key, id, number, checksum(content), content.length, MINUTES);
    }

    private static Sha256 checksum(byte[] content) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(content));
    }

    private static int send(SignedUpload upload, byte[] body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(upload.address()).PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        upload.headers().forEach(request::header);
        return S3StoreTest.http(request.build()).statusCode();
    }
}
