package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private static List<String> relative(Selection selection) {
        return selection.files().stream().map(Selection.Picked::relative).toList();
    }

    @Test
    void aFolderKeepsItsNameAndItsInnerFolders() throws IOException {
        file("trip/b.jpg");
        file("trip/day 1/a.JPG");
        assertEquals(
                List.of("trip/b.jpg", "trip/day 1/a.JPG"),
                relative(Selection.of(List.of(folder.resolve("trip")), Selection.Of.MEDIA)));
    }

    @Test
    void aNamedFileAlwaysCounts() throws IOException {
        assertEquals(List.of("notes.txt"), relative(Selection.of(List.of(file("x/notes.txt")), Selection.Of.MEDIA)));
    }

    @Test
    void whatStaysOutIsSaidWithItsReason() throws IOException {
        file("trip/a.jpg");
        file("trip/.hidden.jpg");
        file("trip/.cache/deep.jpg");
        file("trip/b.jpg.part");
        file("trip/notes.txt");
        Files.createSymbolicLink(folder.resolve("trip/link.jpg"), folder.resolve("trip/a.jpg"));
        Selection selection = Selection.of(List.of(folder.resolve("trip")), Selection.Of.MEDIA);
        assertEquals(List.of("trip/a.jpg"), relative(selection));
        assertEquals(
                Map.of(
                        ".hidden.jpg", "hidden",
                        ".cache", "hidden",
                        "b.jpg.part", "unfinished or a system's own file",
                        "notes.txt", "not a photo, a video or a sidecar by its name",
                        "link.jpg", "a link"),
                selection.skipped().stream()
                        .collect(Collectors.toMap(s -> s.file().getFileName().toString(), Selection.Skipped::reason)));
    }

    @Test
    void ademonstrationTakesWhateverIsNotHidden() throws IOException {
        file("trip/notes.txt");
        assertEquals(
                List.of("trip/notes.txt"), relative(Selection.of(List.of(folder.resolve("trip")), Selection.Of.ALL)));
    }

    @Test
    void somethingThatIsNotThereIsRefused() {
        Failure refusal =
                assertThrows(Failure.class, () -> Selection.of(List.of(folder.resolve("no")), Selection.Of.ALL));
        assertEquals(ExitCodes.CANNOT, refusal.exitCode());
    }
}
