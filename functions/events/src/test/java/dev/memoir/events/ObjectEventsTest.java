package dev.memoir.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectEventsTest {
    @Test
    void followsTheCncfMappingForS3() throws Exception {
        CloudEvent event = of("versitygw-put");

        assertEquals("com.amazonaws.s3.ObjectCreated:Put", event.getType());
        assertEquals("originals", event.getSource().toString());
        assertEquals("up/a b+é 😀 100% \"q\".jpg", event.getSubject());
        assertEquals("2026-11-22T19:06:52Z", event.getTime().toInstant().toString());
        assertEquals("application/json", event.getDataContentType());
        assertEquals(
                new ObjectMapper().readTree("""
                        {"bucket": "originals", "key": "up/a b+é 😀 100% \\"q\\".jpg",
                         "etag": "5d41402abc4b2a76b9719d911017c592", "size": 5}"""),
                new ObjectMapper().readTree(event.getData().toBytes()));
    }

    @Test
    void anUnusualNameForARemovalTravelsAsTheUsualOne() throws Exception {
        assertEquals(EventTypes.DELETE, of("versitygw-bulk-delete-1").getType());
    }

    @Test
    void theKeysOfABulkRemovalHaveDifferentIdsAndARepeatHasTheSame() throws Exception {
        assertNotEquals(
                of("versitygw-bulk-delete-1").getId(),
                of("versitygw-bulk-delete-2").getId());
        assertEquals(
                of("versitygw-bulk-delete-1").getId(),
                of("versitygw-bulk-delete-1").getId());
    }

    @Test
    void everyPartOfTheIdCountsAndNoneRunsIntoTheNext() {
        Set<String> ids = new HashSet<>();
        ids.add(swept("bucket", "key", "v", "e"));
        ids.add(swept("bucketk", "ey", "v", "e"));
        ids.add(swept("bucket", "keyv", "", "e"));
        ids.add(swept("bucket", "key", "ve", ""));
        ids.add(swept("bucket", "key", "", "ve"));

        assertEquals(5, ids.size());
    }

    private static String swept(String bucket, String key, String version, String etag) {
        return ObjectEvents.swept(
                        new ObjectHint(bucket, key, Optional.of(version), Optional.of(etag), Optional.empty()))
                .getId();
    }

    private static CloudEvent of(String file) throws Exception {
        return ObjectEvents.of(Notifications.read(NotificationsTest.bytes(file)).getFirst());
    }
}
