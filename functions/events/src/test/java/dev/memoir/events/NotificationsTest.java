package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.events.StoreNotification.Change;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationsTest {
    private static final String ODD = "up/a b+é 😀 100% \"q\".jpg";

    @Test
    void versitygwPutHasARawKeyAndAnEtagInQuotes() throws Exception {
        assertEquals(
                new StoreNotification(
                        Change.PUT,
                        "ObjectCreated:Put",
                        "originals",
                        ODD,
                        Optional.empty(),
                        Optional.of("5d41402abc4b2a76b9719d911017c592"),
                        Optional.of(5L),
                        Optional.of("1"),
                        Optional.of(Instant.parse("2026-11-22T19:06:52Z"))),
                one("versitygw-put"));
    }

    /** Recorded under load: the bucket's name held a piece of the next request. */
    @Test
    void versitygwsArnIsBelievedWhereTheBucketsNameWasOverwritten() throws Exception {
        StoreNotification put = one("versitygw-overwritten");
        assertEquals("originals", put.bucket());
        assertEquals("ingest/936.jpg", put.key());
    }

    @Test
    void versitygwCopyAndMultipartSayZeroBytesWhichMeansUnknown() throws Exception {
        StoreNotification copy = one("versitygw-copy");
        StoreNotification multipart = one("versitygw-multipart");

        assertEquals(Change.COPY, copy.change());
        assertEquals(Optional.empty(), copy.size());
        assertEquals(Optional.of("01M82AEX4Z1FXHZ9PKBRAKEPAK"), copy.versionId());
        assertEquals(Change.MULTIPART, multipart.change());
        assertEquals(Optional.of("9affad555af89da9b0bfcd5e45bc93da-1"), multipart.etag());
    }

    @Test
    void everyRemovalOfVersitygwIsARemovalWhateverItIsCalled() throws Exception {
        assertEquals(Change.DELETE, one("versitygw-delete").change());
        assertEquals(ODD, one("versitygw-delete").key());
        assertEquals(Change.DELETE, one("versitygw-delete-unversioned").change());
        StoreNotification bulk = one("versitygw-bulk-delete-1");
        assertEquals(Change.DELETE, bulk.change());
        assertEquals("ObjectRemoved:DeleteObjects", bulk.eventName());
        assertEquals("copy.jpg", bulk.key());
        assertEquals("film.mp4", one("versitygw-bulk-delete-2").key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"versitygw-start", "versitygw-post-policy", "aws-test", "seaweedfs-folder"})
    void whatNamesNoKeyGivesNothing(String file) throws Exception {
        assertEquals(List.of(), read(file));
    }

    @Test
    void minioKeysAreEncodedAsInAForm() throws Exception {
        StoreNotification put = one("minio-put");

        assertEquals(ODD, put.key());
        assertEquals("ObjectCreated:Put", put.eventName());
        assertEquals(Optional.of("bcfc60f9-98b5-4461-bec8-81dc6bdf2c6f"), put.versionId());
        assertEquals(Change.DELETE_MARKER, one("minio-delete-marker").change());
        assertEquals(ODD, one("minio-delete-marker").key());
        assertEquals(Optional.empty(), one("minio-delete-marker").etag());
        assertEquals(Change.COPY, one("minio-copy").change());
        assertEquals(Change.MULTIPART, one("minio-multipart").change());
        assertEquals(Optional.of(20_971_520L), one("minio-multipart").size());
    }

    @Test
    void rustfsKeysAreEncodedAsInAForm() throws Exception {
        assertEquals("in put/film.mp4", one("rustfs-multipart").key());
        assertEquals(Change.MULTIPART, one("rustfs-multipart").change());
    }

    @Test
    void cephKeysAreRawAndItsExpirationsAreRemovals() throws Exception {
        assertEquals("100%25 a+b.jpg", one("ceph-copy").key());
        assertEquals(Change.COPY, one("ceph-copy").change());
        assertEquals(Change.DELETE, one("ceph-lifecycle").change());
    }

    @Test
    void awsRecordsAreReadPlainAndOutOfSnsWithoutWhatChangesNoContent() throws Exception {
        StoreNotification put = one("aws-put");

        assertEquals("my photos/a+b.jpg", put.key());
        assertEquals("family-photos", put.bucket());
        assertEquals(put, one("aws-sns"));
    }

    @Test
    void eventBridgeKeysAreRaw() throws Exception {
        assertEquals("100% a+b.jpg", one("aws-eventbridge").key());
        assertEquals(Change.DELETE_MARKER, one("aws-eventbridge").change());
    }

    @Test
    void seaweedfsPathsBecomeBucketsAndKeysAndARenameIsTwoChanges() throws Exception {
        assertEquals("2024/a b+c.jpg", one("seaweedfs-create").key());
        assertEquals("originals", one("seaweedfs-create").bucket());
        List<StoreNotification> rename = read("seaweedfs-rename");
        assertEquals(
                List.of(Change.DELETE, Change.PUT),
                rename.stream().map(StoreNotification::change).toList());
        assertEquals(
                List.of("2024/old.jpg", "2025/new.jpg"),
                rename.stream().map(StoreNotification::key).toList());
    }

    @Test
    void anUnknownKindOfCreationIsLookedAtAndReadsAreNot() throws Exception {
        assertEquals(
                Change.PUT,
                readText(record("s3:ObjectCreated:NewWay", "a")).getFirst().change());
        assertEquals(
                Change.DELETE,
                readText(record("ObjectRemoved:NoOP", "a")).getFirst().change());
        for (String name :
                List.of("s3:ObjectAccessed:Get", "ObjectTagging:Put", "ObjectRestore:Post", "", "nonsense")) {
            assertEquals(List.of(), readText(record(name, "a")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{",
                "hello",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\"}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"a b\"},\"object\":{\"key\":\"k\"}}}]}",
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"abc\"},\"object\":{\"key\":\"%zz\"}}}]}",
                "{\"Records\":[]} {\"Records\":[]}",
                "{\"Type\":\"Notification\",\"Message\":\"{\\\"Type\\\":\\\"Notification\\\",\\\"Message\\\":\\\"x\\\"}\"}"
            })
    void whatIsNoNotificationIsRefusedByTheOneDeclaredException(String message) {
        assertThrows(UnreadableEventException.class, () -> readText(message));
    }

    @Test
    void whateverBytesComeNothingButTheDeclaredExceptionIsThrown() throws Exception {
        Random random = new Random(20261122);
        List<byte[]> seeds = List.of(
                bytes("versitygw-put"),
                bytes("minio-put"),
                bytes("aws-sns"),
                bytes("aws-eventbridge"),
                bytes("seaweedfs-rename"));
        int refused = 0;
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            try {
                Notifications.read(mutilated(seeds.get(random.nextInt(seeds.size())), random));
            } catch (UnreadableEventException e) {
                refused++;
            }
        }
        assertTrue(refused > rounds / 10 && refused < rounds, "refused " + refused + " of " + rounds);
    }

    @Test
    void aDeeplyNestedMessageIsRefusedAndDoesNotOverflowTheStack() {
        assertThrows(UnreadableEventException.class, () -> readText("{\"a\":" + "[".repeat(100_000)));
    }

    /** Bytes flipped, cut out, doubled or inserted, so that much of it still is JSON. */
    private static byte[] mutilated(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        int changes = random.nextInt(6);
        for (int c = 0; c < changes; c++) {
            bytes[random.nextInt(bytes.length)] =
                    (byte) (random.nextBoolean() ? "{}[]\",:\\%+0n".charAt(random.nextInt(12)) : random.nextInt(256));
        }
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        return Arrays.copyOf(bytes, length);
    }

    private static String record(String eventName, String key) {
        return "{\"Records\":[{\"eventName\":\"" + eventName
                + "\",\"s3\":{\"bucket\":{\"name\":\"originals\"},\"object\":{\"key\":\"" + key + "\"}}}]}";
    }

    private static StoreNotification one(String file) throws Exception {
        List<StoreNotification> read = read(file);
        assertEquals(1, read.size());
        return read.getFirst();
    }

    private static List<StoreNotification> read(String file) throws Exception {
        return Notifications.read(bytes(file));
    }

    private static List<StoreNotification> readText(String message) throws UnreadableEventException {
        return Notifications.read(message.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] bytes(String file) throws IOException {
        try (InputStream in = NotificationsTest.class.getResourceAsStream(file + ".json")) {
            return in.readAllBytes();
        }
    }
}
