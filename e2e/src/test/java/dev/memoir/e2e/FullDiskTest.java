package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import dev.memoir.store.StoreFullException;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A library on a disk of 400 MB, which becomes full and has room again. */
class FullDiskTest {
    private static final int MIB = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Path disk;
    private Path ballast;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createTempDirectory("memoir-disk-").toRealPath();
        ballast = disk.resolve("ballast");
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=400m", "tmpfs", disk.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(mount.getInputStream().readAllBytes());
        assumeTrue(mount.waitFor() == 0, "a small disk can't be mounted here, which only root may: " + said);
    }

    @AfterEach
    void unmount() throws Exception {
        new ProcessBuilder("umount", disk.toString()).start().waitFor();
        Files.delete(disk);
    }

    /** Until so many bytes are free. */
    private void fill(long free) throws IOException {
        byte[] some = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(disk).getUsableSpace() > free) {
                out.write(some, 0, (int) Math.min(MIB, Files.getFileStore(disk).getUsableSpace() - free));
            }
        } catch (IOException full) {
            assertEquals(0, free, full.getMessage());
        }
    }

    @Test
    void fullnessIsSaidAndWhatWaitedArrivesByItselfOnceThereIsRoom() throws Exception {
        Map<String, byte[]> all = new TreeMap<>();
        try (Household household = Household.withLibrary(disk.resolve("library"))) {
            household.up().mustSucceed();
            phone(household, all, "before.jpg", Photos.numbered(1));
            household.awaitSettled();

            fill(70L * MIB);
            Path folder = household.outside("trip");
            for (int i = 0; i < 12; i++) {
                byte[] photo = java.util.Arrays.copyOf(Photos.numbered(100 + i), MIB);
                Files.write(folder.resolve("%02d.jpg".formatted(i)), photo);
                all.put("trip/%02d.jpg".formatted(i), photo);
            }
            Ran added = household.memoir("add", folder.toString()).mustEndWith(1);
            assertTrue(
                    added.err()
                            .matches("(?s).*memoir: \\d+ of 12 files were not sent: the disk that holds "
                                    + household.library()
                                    + " is full: \\d+ MiB are free.*Free some space there, then run the same.*"),
                    added.err());

            fill(0);
            phoneUntilNothingFits(household, all);
            Await.until(
                    "status says so",
                    PATIENCE,
                    () -> household
                            .memoir("status")
                            .out()
                            .contains("problem   disk: the disk that holds " + household.library() + " is full"));
            Household another = Household.withLibrary(disk.resolve("another"));
            try (another) {
                Ran refused = another.up().mustEndWith(2);
                assertTrue(
                        refused.err().startsWith("memoir: Memoir was not started: the disk that holds "),
                        refused.err());
                assertEquals(List.of(), another.processes());
            }

            Files.delete(ballast);
            Await.until(
                    "nothing is wrong any more",
                    PATIENCE,
                    () -> household.status().path("problems").isEmpty());
            household.memoir("add", folder.toString()).mustSucceed();
            phone(household, all, "after.jpg", Photos.numbered(3));
            household.awaitSettled();
            everythingIsThere(household, all);
        }
    }

    private static void phone(Household household, Map<String, byte[]> all, String key, byte[] content) {
        try (MediaStore store = household.store()) {
            store.put("originals", key, content, "image/jpeg");
        }
        all.put(key, content);
    }

    /** Empty files need no room of their own, so that the store takes them and the queue can't write that it did. */
    private static void phoneUntilNothingFits(Household household, Map<String, byte[]> all) throws IOException {
        byte[] photo = Photos.numbered(2);
        assertThrows(StoreFullException.class, () -> phone(household, all, "meanwhile.jpg", photo));
        for (int i = 0; i < 40; i++) {
            try {
                phone(household, all, "empty/%02d.jpg".formatted(i), new byte[0]);
            } catch (StoreException noRoomEvenForThat) {
                break;
            }
        }
    }

    private static void everythingIsThere(Household household, Map<String, byte[]> all) {
        Map<String, Asset> assets = Asset.all(household, "home");
        assertAll(all.entrySet().stream().map(put -> () -> {
            Asset asset = assets.get(Photos.sha256(put.getValue()));
            assertNotNull(asset, put.getKey() + " is not listed");
            assertTrue(asset.keys().contains(put.getKey()), put.getKey() + " is not among " + asset.keys());
            assertArrayEquals(put.getValue(), Files.readAllBytes(household.original(put.getKey())), put.getKey());
        }));
        assertEquals(0, household.status().path("dead").asLong(), "dead letters");
    }
}
