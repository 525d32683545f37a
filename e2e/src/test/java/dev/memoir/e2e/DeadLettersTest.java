package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Work that fails again and again: given up with a reason, and taken up again when a person says so. */
class DeadLettersTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Household household = new Household();

    private void up(String... settings) {
        String[] all = new String[2 + 2 * (2 + settings.length)];
        String[] given = {"retry.attempts=2", "retry.delays=100ms"};
        all[0] = "up";
        all[1] = "--detach";
        int i = 2;
        for (String[] some : new String[][] {given, settings}) {
            for (String setting : some) {
                all[i++] = "--set";
                all[i++] = setting;
            }
        }
        household.memoir(household.starting(all)).mustSucceed();
        // The sweep of a start sends the same events, and must not send them while a test counts letters.
        household.memoir("sweep").mustSucceed();
        household.awaitSettled();
    }

    private void put(String key, byte[] content) {
        try (MediaStore store = household.store()) {
            store.put("originals", key, content, "image/jpeg");
        }
    }

    private void awaitDead(int count) {
        Await.until(
                count + " events are given up",
                PATIENCE,
                () -> household.status().path("dead").asInt() == count);
    }

    private JsonNode letters() {
        return household.memoir("dead", "--json").mustSucceed().json();
    }

    @Test
    void aPhotoOnWhichTheFunctionDiesIsGivenUpAndComesBackWhenTheCauseIsMended() throws IOException {
        byte[] heavy = Photos.progressive(1);
        byte[] light = Photos.numbered(1);
        try (household) {
            // Enough for ordinary photos, and too little for this one.
            up("postprocessor.memory=320");
            put("heavy.jpg", heavy);
            awaitDead(1);
            JsonNode letter = letters().path(0);
            assertEquals("heavy.jpg", letter.path("subject").asText());
            assertEquals("postprocessor", letter.path("function").asText());
            assertEquals(2, letter.path("attempts").asInt());
            assertTrue(
                    letter.path("reason")
                            .asText()
                            .matches("postprocessor used \\d+ MiB, more than its 320 MiB, and was killed"),
                    letter::toString);
            String list = household.memoir("dead").mustSucceed().out();
            assertTrue(list.contains("heavy.jpg") && list.contains("more than its 320 MiB"), list);
            put("light.jpg", light);
            household.awaitSettled();
            Map<String, Asset> assets = Asset.all(household, "home");
            assertEquals("ready", assets.get(Photos.sha256(light)).state());
            assertFalse(assets.containsKey(Photos.sha256(heavy)));

            household.memoir("down").mustSucceed();
            up();
            assertEquals(letter, letters().path(0), "a restart keeps it");
            String id = letter.path("id").asText();
            household.memoir("dead", "replay", "999").mustEndWith(1);
            assertEquals(
                    "Sent again: 1\n",
                    household.memoir("dead", "replay", id).mustSucceed().out());
            household.awaitSettled();
            assertEquals(
                    "ready",
                    Asset.all(household, "home").get(Photos.sha256(heavy)).state());
            assertEquals(
                    "No dead letters.\n", household.memoir("dead").mustSucceed().out());
        }
    }

    @Test
    void aLetterNamesTheRealErrorAndIsReplayedOrDroppedWithoutARestart() throws IOException {
        byte[] wanted = Photos.numbered(2);
        byte[] dropped = Photos.numbered(3);
        try (household) {
            up();
            // As when somebody moved it: what the functions write has no place.
            Path derived = household.library().resolve("store/derived");
            Path away = household.library().resolve("derived-away");
            Files.move(derived, away);
            put("wanted.jpg", wanted);
            awaitDead(1);
            put("dropped.jpg", dropped);
            awaitDead(2);
            Files.move(away, derived);
            JsonNode letters = letters();
            for (JsonNode letter : letters) {
                assertTrue(letter.path("reason").asText().startsWith("writing derived/renditions/"), letter::toString);
                assertTrue(letter.path("reason").asText().contains("NoSuchBucket"), letter::toString);
            }
            assertEquals("dropped.jpg", letters.path(1).path("subject").asText());
            household
                    .memoir("dead", "drop", letters.path(1).path("id").asText())
                    .mustSucceed();
            assertEquals(
                    1,
                    household
                            .memoir("dead", "replay", "--json")
                            .mustSucceed()
                            .json()
                            .path("count")
                            .asInt());
            household.awaitSettled();
            Map<String, Asset> assets = Asset.all(household, "home");
            assertEquals("ready", assets.get(Photos.sha256(wanted)).state());
            assertFalse(assets.containsKey(Photos.sha256(dropped)));
            assertEquals(-1, Files.mismatch(household.original("dropped.jpg"), write(dropped)), "the original stays");
            assertEquals(0, letters().size());
        }
    }

    private Path write(byte[] content) throws IOException {
        return Files.write(household.outside("same").resolve("bytes"), content);
    }
}
