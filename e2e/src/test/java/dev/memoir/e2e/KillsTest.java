package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of anything at any moment, and {@code up} again: nothing lost, nothing double. */
class KillsTest {
    private static final int PHOTOS = 30;
    private static final int KILLS = 8;

    /** What to kill, by what its command line holds; the runner is the one process that is not its own child. */
    private static final List<String> VICTIMS = List.of(
            "postprocessor/quarkus-run.jar",
            "ai/quarkus-run.jar",
            "api/quarkus-run.jar",
            "bin/postgres",
            "nats-server",
            "versitygw",
            "memoir-runner.jar");

    @Test
    void everyPhotoIsThereOnceAndLabelledWhateverWasKilledMeanwhile() throws Exception {
        long seed = Long.getLong("memoir.seed", System.nanoTime());
        System.out.println("Kills with -Dmemoir.seed=" + seed);
        try (Household household = Household.started()) {
            Map<String, byte[]> photos = new TreeMap<>();
            for (int i = 0; i < PHOTOS; i++) {
                photos.put("kills/%02d.jpg".formatted(i), Photos.numbered(1000 + i));
            }
            Thread phone = Thread.ofVirtual().start(() -> deliver(household, photos));
            List<String> killed = kill(household, new Random(seed));
            System.out.println("Killed: " + killed);
            phone.join(Duration.ofMinutes(2));
            assertTrue(!phone.isAlive(), "the phone could not deliver all its photos");
            bringUpAgain(household);
            household.memoir("sweep").mustSucceed();
            household.awaitSettled();
            everythingIsThere(household, photos, killed);
        }
    }

    /** As a phone does: again and again until the store has taken it. */
    private static void deliver(Household household, Map<String, byte[]> photos) {
        photos.forEach((key, content) -> Await.until(key + " is delivered", Duration.ofSeconds(60), () -> {
            try (MediaStore store = household.store()) {
                store.put("originals", key, content, "image/jpeg");
                return true;
            } catch (StoreException storeIsDown) {
                return false;
            }
        }));
    }

    private static List<String> kill(Household household, Random random) throws InterruptedException {
        List<String> killed = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            Thread.sleep(300 + random.nextInt(1500));
            String wanted = VICTIMS.get(random.nextInt(VICTIMS.size()));
            List<ProcessHandle> found = household.ownProcesses(wanted);
            if (found.isEmpty()) {
                continue;
            }
            found.get(random.nextInt(found.size())).destroyForcibly();
            killed.add(wanted);
            if (wanted.equals("memoir-runner.jar")) {
                bringUpAgain(household);
            }
        }
        return killed;
    }

    private static void bringUpAgain(Household household) {
        household.up().mustSucceed();
    }

    private static void everythingIsThere(Household household, Map<String, byte[]> photos, List<String> killed)
            throws IOException {
        Map<String, Asset> assets = Asset.all(household, "home");
        assertAll(photos.entrySet().stream().map(photo -> () -> {
            Asset asset = assets.get(Photos.sha256(photo.getValue()));
            assertNotNull(asset, photo.getKey() + " is not listed; killed: " + killed);
            assertEquals(List.of(photo.getKey()), asset.keys());
            assertEquals("ready", asset.state(), photo.getKey() + ": " + asset.reason() + "; killed: " + killed);
            assertTrue(asset.labelled(), photo.getKey() + " is not labelled; killed: " + killed);
        }));
        assertEquals(photos.size(), assets.size());
        assertEquals(0, household.status().path("dead").asLong(), "dead letters; killed: " + killed);
    }
}
