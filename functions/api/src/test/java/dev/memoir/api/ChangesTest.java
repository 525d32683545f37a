package dev.memoir.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.catalog.Arrival;
import dev.memoir.events.AssetPreviewed;
import dev.memoir.events.EventCodec;
import dev.memoir.events.EventTypes;
import dev.memoir.events.Lane;
import dev.memoir.events.Streams;
import dev.memoir.events.Subjects;
import dev.memoir.media.Claims;
import dev.memoir.media.Rendition;
import dev.memoir.media.Sha256;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoredObject;
import io.cloudevents.CloudEvent;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ApiParts.class)
class ChangesTest {
    private static final String CREATE = """
            mutation($input: UploadInput!) { createUpload(input: $input) {
              key uploadId partSize parts request { url headers { name value } } } }""";

    @Inject
    MediaStore store;

    private final Client eve = Client.as("eve");

    @Test
    void trashAndRestoreTellTheOutcomeOfEachAsset() {
        Photos.add("eve", "photo", 2024, 0.1, "seashore");
        String id = eve.data("{ assets { edges { node { id } } } }")
                .at("/assets/edges/0/node/id")
                .asText();
        String unknown = UUID.randomUUID().toString();
        String trash = "mutation($ids: [String!]!) { trash(ids: $ids) { id outcome } }";

        JsonNode outcomes = eve.data(trash, "ids", List.of(id, unknown)).path("trash");
        assertEquals("DONE", outcomes.at("/0/outcome").asText());
        assertEquals("NOT_FOUND", outcomes.at("/1/outcome").asText());
        assertEquals(
                "UNCHANGED",
                eve.data(trash, "ids", List.of(id)).at("/trash/0/outcome").asText());
        assertEquals(
                "NOT_FOUND",
                Client.as("mallory")
                        .data(trash, "ids", List.of(id))
                        .at("/trash/0/outcome")
                        .asText());
        assertEquals(
                0,
                eve.data("{ assets { totalCount } }").at("/assets/totalCount").asInt());
        assertEquals(
                id,
                eve.data("{ assets(filter: {trashed: true}) { edges { node { id trashedAt } } } }")
                        .at("/assets/edges/0/node/id")
                        .asText());

        assertEquals(
                "DONE",
                eve.data("mutation($ids: [String!]!) { restore(ids: $ids) { id outcome } }", "ids", List.of(id))
                        .at("/restore/0/outcome")
                        .asText());
        assertEquals(
                1,
                eve.data("{ assets { totalCount } }").at("/assets/totalCount").asInt());
    }

    @Test
    void whatIsInTheTrashLeavesTheBucketAndStaysBeneathAsAnEarlierVersion() throws Exception {
        Client gus = Client.as("gus");
        String key = "users/gus/photo.jpg";
        Sha256 sha256 = Photos.add("gus", "photo", 2024, 0.1, "seashore");
        String id = gus.data("{ assets { edges { node { id } } } }")
                .at("/assets/edges/0/node/id")
                .asText();
        StoredObject there = put(key, "the photo", sha256);

        assertEquals("it is not in the trash", purge(gus, id).path("reason").asText());
        gus.data("mutation($ids: [String!]!) { trash(ids: $ids) { id } }", "ids", List.of(id));
        assertEquals(
                "NOT_FOUND", purge(Client.as("mallory"), id).path("outcome").asText());
        store.put("originals", key, "another".getBytes(UTF_8), "image/jpeg");
        assertTrue(purge(gus, id).path("reason").asText().contains("something else"));
        assertTrue(store.stat("originals", key).isPresent());

        StoredObject again = put(key, "the photo", sha256);
        assertEquals("DONE", purge(gus, id).path("outcome").asText());
        assertEquals(Optional.empty(), store.stat("originals", key));
        assertEquals(Optional.empty(), store.stat("originals", key + ".xmp"), "added again it is not in the trash");
        for (StoredObject earlier : List.of(there, again)) {
            try (MediaStore.ObjectContent kept =
                    store.read("originals", key, earlier.versionId()).orElseThrow()) {
                assertEquals("the photo", new String(kept.bytes().readAllBytes(), UTF_8));
            }
        }
        put(key, "the photo", sha256);
        gus.data("mutation($ids: [String!]!) { restore(ids: $ids) { id } }", "ids", List.of(id));
        assertEquals(
                "DONE",
                gus.data(
                                "mutation($ids: [String!]!) { editAssets(ids: $ids, edit: {rating: 5}) { outcome } }",
                                "ids",
                                List.of(id))
                        .at("/editAssets/0/outcome")
                        .asText(),
                "added again it can be edited");
        List<String> noted = store.list("originals", ".memoir/audit/", "")
                .map(object -> new String(
                        store.documents().read(object.key()).orElseThrow().content(), UTF_8))
                .filter(text -> text.contains(sha256.hex()))
                .toList();
        assertEquals(1, noted.size(), "only what was done is noted");
        assertTrue(noted.getFirst().contains("asset.purged"));
    }

    private StoredObject put(String key, String content, Sha256 sha256) {
        StoredObject there = store.put("originals", key, content.getBytes(UTF_8), "image/jpeg");
        Client.ingest()
                .record(new Arrival(
                        "originals",
                        key,
                        there.versionId(),
                        there.etag(),
                        there.size(),
                        there.lastModified(),
                        "gus",
                        sha256,
                        Optional.empty()));
        return there;
    }

    private static JsonNode purge(Client who, String id) {
        return who.data("mutation($ids: [String!]!) { purge(ids: $ids) { outcome reason } }", "ids", List.of(id))
                .at("/purge/0");
    }

    @Test
    void analyzePutsAnEventInTheQueueThatAsksForItAgain() throws Exception {
        Client fred = Client.as("fred");
        Sha256 sha256 = Photos.add("fred", "photo", 2024, 0.1, "seashore");
        String id = fred.data("{ assets { edges { node { id } } } }")
                .at("/assets/edges/0/node/id")
                .asText();

        JsonNode outcomes = fred.data(
                        "mutation($ids: [String!]!) { analyze(ids: $ids) { id outcome } }",
                        "ids",
                        List.of(id, UUID.randomUUID().toString()))
                .path("analyze");

        assertEquals("DONE", outcomes.at("/0/outcome").asText());
        assertEquals("NOT_FOUND", outcomes.at("/1/outcome").asText());
        CloudEvent event = queued(Subjects.work(Lane.NEW, Subjects.PREVIEWED));
        assertEquals(EventTypes.PREVIEWED, event.getType());
        assertEquals(
                new AssetPreviewed(sha256.hex(), Keys.rendition(sha256, Rendition.ANALYSIS), true),
                EventCodec.assetPreviewed(event));
    }

    /** The newest event that the queue holds on a subject. */
    private static CloudEvent queued(String subject) throws Exception {
        Connection connection = Nats.connect(Client.config("memoir.nats.url"));
        try {
            return EventCodec.ofJson(connection
                    .jetStreamManagement()
                    .getLastMessage(Streams.WORK, subject)
                    .getData());
        } finally {
            connection.close();
        }
    }

    @Test
    void anUploadWithAChecksumReachesTheStoreAndOtherBytesAreRefused() throws Exception {
        byte[] bytes = random(10_000);
        String sha256 = hash(bytes);
        JsonNode upload = eve.data(
                        CREATE,
                        "input",
                        Map.of(
                                "name",
                                "Urlaub ä+%.jpg",
                                "size",
                                bytes.length,
                                "mediaType",
                                "image/jpeg",
                                "sha256",
                                sha256))
                .path("createUpload");
        String key = upload.path("key").asText();

        assertTrue(
                key.matches("users/eve/uploads/\\d{4}/\\d{2}/" + sha256.substring(0, 8) + "/Urlaub ä\\+%\\.jpg"), key);
        assertEquals(400, send(upload.path("request"), new byte[10_000]) / 100 * 100, "other bytes");
        assertEquals(200, send(upload.path("request"), bytes));
        assertArrayEquals(bytes, read(key));
    }

    @Test
    void anUploadWithoutAChecksumReachesTheStore() throws Exception {
        byte[] bytes = random(5_000);
        JsonNode upload = Client.as("home")
                .data(CREATE, "input", Map.of("name", "a.jpg", "size", bytes.length, "mediaType", "image/jpeg"))
                .path("createUpload");

        assertTrue(upload.path("key").asText().startsWith("uploads/"), "the default owner's lie at the root");
        assertEquals(200, send(upload.path("request"), bytes));
        assertArrayEquals(bytes, read(upload.path("key").asText()));
    }

    @Test
    void aLargeUploadGoesInParts() throws Exception {
        byte[] bytes = random((64 << 20) + 1);
        JsonNode upload = eve.data(
                        CREATE,
                        "input",
                        Map.of("name", "film.mov", "size", bytes.length, "mediaType", "video/quicktime"))
                .path("createUpload");
        String key = upload.path("key").asText();
        String id = upload.path("uploadId").asText();
        int partSize = upload.path("partSize").asInt();
        assertEquals(5, upload.path("parts").asInt());
        assertTrue(upload.path("request").isNull());

        List<byte[]> parts = new ArrayList<>();
        List<Map<String, Object>> described = new ArrayList<>();
        for (int start = 0; start < bytes.length; start += partSize) {
            byte[] part = Arrays.copyOfRange(bytes, start, Math.min(start + partSize, bytes.length));
            parts.add(part);
            described.add(Map.of("number", parts.size(), "size", part.length, "sha256", hash(part)));
        }
        JsonNode requests = eve.data(
                        "mutation($key: String!, $id: String!, $parts: [PartInput!]!) {"
                                + " signParts(key: $key, uploadId: $id, parts: $parts) { url headers { name value } } }",
                        "key",
                        key,
                        "id",
                        id,
                        "parts",
                        described)
                .path("signParts");
        for (int i = 0; i < parts.size(); i++) {
            assertEquals(200, send(requests.path(i), parts.get(i)));
        }
        JsonNode whole = eve.data(
                        "mutation($key: String!, $id: String!) {"
                                + " completeUpload(key: $key, uploadId: $id, parts: 5) { key version size } }",
                        "key",
                        key,
                        "id",
                        id)
                .path("completeUpload");

        assertEquals(bytes.length, whole.path("size").asInt());
        assertArrayEquals(bytes, read(key));
    }

    @Test
    void anAbortedUploadLeavesNothing() {
        JsonNode upload = eve.data(
                        CREATE, "input", Map.of("name", "film.mov", "size", 100 << 20, "mediaType", "video/quicktime"))
                .path("createUpload");

        assertTrue(eve.data(
                        "mutation($key: String!, $id: String!) { abortUpload(key: $key, uploadId: $id) }",
                        "key",
                        upload.path("key").asText(),
                        "id",
                        upload.path("uploadId").asText())
                .path("abortUpload")
                .asBoolean());
        assertEquals(
                Optional.empty(), store.stat("originals", upload.path("key").asText()));
    }

    @Test
    void anUploadBeyondTheQuotaIsRefusedAndSoAreSeveralTogether() {
        Client fred = Client.as(new Claims("fred", Set.of(), Map.of("quota", "100M")));
        assertEquals(
                100 << 20,
                fred.data("{ instance { storage { assets bytes quota } } }")
                        .at("/instance/storage/quota")
                        .asInt());
        JsonNode film = fred.data(CREATE, "input", film(70 << 20)).path("createUpload");
        JsonNode refused = fred.answer(CREATE, "input", film(40 << 20)).at("/errors/0");
        assertEquals("QUOTA_EXCEEDED", refused.at("/extensions/code").asText());
        assertTrue(
                refused.path("message").asText().contains("70.0 MiB of the 100.0 MiB"),
                refused.path("message").asText());
        fred.data(CREATE, "input", film(30 << 20));
        assertEquals("QUOTA_EXCEEDED", fred.code(CREATE, "input", film(1)));
        fred.data(
                "mutation($key: String!, $id: String!) { abortUpload(key: $key, uploadId: $id) }",
                "key",
                film.path("key").asText(),
                "id",
                film.path("uploadId").asText());
        fred.data(CREATE, "input", film(40 << 20));

        assertEquals(
                "NOT_ALLOWED",
                Client.as(new Claims("fred", Set.of(), Map.of("quota", "lots"))).code(CREATE, "input", film(1)));
    }

    private static Map<String, Object> film(int size) {
        return Map.of("name", "film.mov", "size", size, "mediaType", "video/quicktime");
    }

    @Test
    void theAddressOfAnOriginalGivesItsBytes() throws Exception {
        byte[] bytes = random(1_000);
        Photos.add("gina", "photo", 2024, 0.1, "seashore");
        store.put("originals", "users/gina/photo.jpg", bytes, "image/jpeg");

        String original = Client.as("gina")
                .data("{ assets { edges { node { original } } } }")
                .at("/assets/edges/0/node/original")
                .asText();

        HttpResponse<byte[]> response = Client.HTTP.send(
                HttpRequest.newBuilder(URI.create(original)).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertArrayEquals(bytes, response.body());
    }

    private static int send(JsonNode request, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder put = HttpRequest.newBuilder(
                        URI.create(request.path("url").asText()))
                .PUT(HttpRequest.BodyPublishers.ofByteArray(body));
        request.path("headers")
                .forEach(header -> put.header(
                        header.path("name").asText(), header.path("value").asText()));
        return Client.HTTP
                .send(put.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private byte[] read(String key) throws IOException {
        try (MediaStore.ObjectContent content =
                store.read("originals", key, Optional.empty()).orElseThrow()) {
            return content.bytes().readAllBytes();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String hash(byte[] bytes) throws Exception {
        return Sha256.of(MessageDigest.getInstance("SHA-256").digest(bytes)).hex();
    }
}
