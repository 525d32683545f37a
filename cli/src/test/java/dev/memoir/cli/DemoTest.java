package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration with a real store; what Memoir finds out is told by a stand-in. */
class DemoTest {
    @TempDir
    Path folder;

    private RealStore household;
    /** SHA-256 → what GraphQL says. */
    private final Map<String, ObjectNode> known = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        household = RealStore.in(folder.resolve("library"));
        household.runner().on("POST /token?user=home&hours=1", r -> new FakeRunner.Answer(200, "{\"token\":\"t\"}"));
        household.runner().on("POST /graphql", this::answer);
        idle();
    }

    @AfterEach
    void stop() {
        household.close();
    }

    private void idle() {
        household
                .runner()
                .status("{\"functions\":{\"api\":{\"state\":\"asleep\"}},\"queue\":{\"store\":0},\"dead\":0}");
    }

    private FakeRunner.Answer answer(FakeRunner.Request request) {
        try {
            ObjectNode data = Json.object();
            Json.parse(request.body())
                    .path("variables")
                    .properties()
                    .forEach(variable -> data.set(
                            variable.getKey().replace('s', 'a'),
                            known.get(variable.getValue().asText())));
            return new FakeRunner.Answer(200, Json.write(Json.object().set("data", data)));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path photo(String name, String content) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private void isKnown(String content, String state) throws IOException {
        String sha256 = Upload.digest("SHA-256", new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        ObjectNode asset = Json.object()
                .put("sha256", sha256)
                .put("state", state)
                .put("mediaType", "image/jpeg")
                .put("takenAtLocal", "2020-01-02T03:04")
                .put("takenAtOffset", "+02:00")
                .put("visibleAt", Instant.now().plusSeconds(1).toString())
                .put("labelledAt", Instant.now().plusSeconds(2).toString());
        asset.putArray("labels");
        asset.putArray("objects");
        known.put(sha256, asset);
    }

    private Ran demo(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of("demo", "--json"));
        all.addAll(List.of(arguments));
        return Ran.memoir(household.library(), all.toArray(String[]::new));
    }

    private static List<String> all(JsonNode report, String field) {
        return StreamSupport.stream(report.path("assets").spliterator(), false)
                .map(asset -> asset.path(field).asText())
                .toList();
    }

    @Test
    void everyGivenFileGetsARowUnderItsNameAlsoADamagedOne() throws IOException {
        photo("a/one.jpg", "one");
        photo("b/one.jpg", "two");
        photo("b/text.txt", "three");
        photo("b/one.xmp", "four");
        isKnown("one", "READY");
        isKnown("two", "DAMAGED");
        isKnown("three", "NO_PREVIEW");
        Ran ran = demo(
                folder.resolve("in/a/one.jpg").toString(),
                folder.resolve("in/b").toString());
        assertEquals(0, ran.exitCode(), ran.err());
        JsonNode report = Json.parse(ran.out());
        assertEquals(List.of("one.jpg", "b/one.jpg", "one.xmp", "text.txt"), all(report, "name"));
        assertEquals(List.of("ready", "damaged", "skipped", "no_preview"), all(report, "state"));
        assertEquals("2020-01-02T03:04:00+02:00", report.at("/assets/0/takenAt").asText());
        assertEquals("{\"api\":\"asleep\"}", report.path("functions").toString());
        assertTrue(Files.exists(household.root().resolve("originals/demo/one.jpg")));
        assertTrue(Files.exists(household.root().resolve("originals/demo/b/one.jpg")));
    }

    @Test
    void theApiIsAskedOnceAndOnlyAfterTheQueueIsEmpty() throws IOException {
        Path one = photo("one.jpg", "one");
        isKnown("one", "READY");
        AtomicInteger left = new AtomicInteger(5);
        AtomicInteger askedEarly = new AtomicInteger();
        household
                .runner()
                .on(
                        "GET /status",
                        r -> new FakeRunner.Answer(
                                200,
                                "{\"queue\":{\"new\":{\"object\":%d}},\"functions\":{}}"
                                        .formatted(Math.max(0, left.decrementAndGet()))));
        household.runner().on("POST /graphql", request -> {
            if (left.get() > 0) {
                askedEarly.incrementAndGet();
            }
            return answer(request);
        });
        assertEquals(0, demo(one.toString()).exitCode());
        assertEquals(0, askedEarly.get());
        assertEquals(
                1,
                household.runner().requests.stream()
                        .filter(request -> request.line().equals("POST /graphql"))
                        .count());
    }

    @Test
    void aPhotoThatDoesNotAppearIsMissingAndTheCommandFails() throws IOException {
        Ran ran = demo("--timeout", "1", photo("lost.jpg", "lost").toString());
        assertEquals(1, ran.exitCode());
        assertEquals(List.of("missing"), all(Json.parse(ran.out()), "state"));
    }
}
