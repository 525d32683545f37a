package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a real S3 server; only the runner is a stand-in. */
class AddTest {
    @TempDir
    Path folder;

    private RealStore household;

    @BeforeEach
    void start() throws IOException {
        household = RealStore.in(folder.resolve("library"));
    }

    @AfterEach
    void stop() {
        household.close();
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private List<String> keys() {
        try (Stream<StoredObject> objects = household.store().list(StoreKey.ORIGINALS, "", "")) {
            return objects.map(StoredObject::key).toList();
        }
    }

    private Ran add(String... arguments) {
        return Ran.memoir(
                household.library(),
                Stream.concat(Stream.of("add"), Stream.of(arguments)).toArray(String[]::new));
    }

    @Test
    void aFolderIsTakenInAsOrdinaryFilesUnderItsName() throws IOException {
        byte[] content = bytes(1000);
        file("trip/day 1/a+b.jpg", content);
        file("trip/b.mov", bytes(2000));
        file("trip/notes.txt", bytes(10));
        Ran ran = add(folder.resolve("trip").toString());
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals(List.of("trip/b.mov", "trip/day 1/a+b.jpg"), keys());
        assertEquals(
                -1,
                Files.mismatch(
                        household.root().resolve("originals/trip/day 1/a+b.jpg"),
                        folder.resolve("trip/day 1/a+b.jpg")));
        assertTrue(ran.out().startsWith("Added 2 files, "), ran.out());
        assertTrue(ran.out().contains("Skipped: 1 {not a photo, a video or a sidecar by its name=1}"), ran.out());
    }

    @Test
    void whatIsThereAlreadyIsNotSentAgainButNewBytesAre() throws IOException {
        file("a.jpg", bytes(1000));
        add(folder.resolve("a.jpg").toString());
        Ran again = add(folder.resolve("a.jpg").toString());
        assertTrue(again.out().startsWith("Added 0 files, "), again.out());
        assertTrue(again.out().contains("Already there: 1."), again.out());
        file("a.jpg", bytes(1001));
        Ran changed = add(folder.resolve("a.jpg").toString());
        assertTrue(changed.out().startsWith("Added 1 files, "), changed.out());
    }

    @Test
    void aLargeFileThatWentInPartsIsRecognised() throws IOException {
        file("film.mp4", bytes(40 * 1024 * 1024));
        assertEquals(0, add(folder.resolve("film.mp4").toString()).exitCode());
        Ran again = add(folder.resolve("film.mp4").toString());
        assertTrue(again.out().contains("Already there: 1."), again.out());
    }

    @Test
    void aPersonsFilesLieUnderTheirName() throws IOException {
        file("a.jpg", bytes(10));
        add("--user", "anna", "--into", "/old/phone/", folder.resolve("a.jpg").toString());
        assertEquals(List.of("users/anna/old/phone/a.jpg"), keys());
        assertEquals(
                2, add("--user", "../bob", folder.resolve("a.jpg").toString()).exitCode());
    }

    @Test
    void itGoesOnAfterAnErrorAndEndsWithAList() throws IOException {
        Path tooLong = file("trip/" + "x/".repeat(600) + "deep.jpg", bytes(10));
        file("trip/z.jpg", bytes(10));
        Ran ran = add(folder.resolve("trip").toString());
        assertEquals(1, ran.exitCode());
        assertEquals(List.of("trip/z.jpg"), keys());
        assertTrue(ran.err().contains("failed  " + tooLong), ran.err());
        assertTrue(ran.out().contains("Failed: 1."), ran.out());
    }
}
