package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real parts, as {@code memoir test} installs them. */
class InstalledPartsTest {
    private final Parts parts = Parts.open();

    @ParameterizedTest
    @ValueSource(strings = {"ffmpeg", "ffprobe"})
    void videoProgramsStartWithoutAWordOfComplaint(String program) throws Exception {
        Process process =
                new ProcessBuilder(parts.file(Part.FFMPEG, "bin/" + program).toString(), "-version").start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String complained = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), complained);
        assertTrue(said.startsWith(program + " version 8.1.2"), said);
        assertEquals("", complained);
    }

    @Test
    void samplesHaveTheirFolders() throws Exception {
        Path samples = parts.path(Part.SAMPLES);
        assertTrue(Files.size(samples.resolve(Samples.PHOTOS).resolve("starfish.jpg")) > 100_000);
        for (String folder : List.of(
                Samples.PHOTOS,
                Samples.VIDEOS,
                Samples.PEOPLE,
                Samples.ORIENTATION,
                Samples.HEIC,
                Samples.BROKEN,
                Samples.BOMBS,
                Samples.ODD)) {
            try (Stream<Path> files = Files.list(samples.resolve(folder))) {
                assertTrue(files.findAny().isPresent(), folder);
            }
        }
    }

    @Test
    void theLibraryIsAFile() {
        assertTrue(Files.isRegularFile(parts.path(Part.LIBVIPS)));
    }

    @Test
    void aMissingPartSaysWhatItCostsAndHowToGetIt(@TempDir Path empty) {
        MissingPart missing =
                assertThrows(MissingPart.class, () -> Parts.at(empty).path(Part.VERSITYGW));
        assertEquals(Part.VERSITYGW, missing.part());
        assertTrue(missing.getMessage().contains("Memoir cannot start"), missing.getMessage());
        assertTrue(missing.getMessage().contains("./memoir parts install versitygw"), missing.getMessage());
    }

    @Test
    void theExaminationNamesEachPartAndWhatMendsIt(@TempDir Path empty) {
        List<Finding> findings = Parts.at(empty).examine();
        for (Part part : Part.values()) {
            Finding finding = findings.stream()
                    .filter(one -> one.name().equals(part.id()))
                    .findFirst()
                    .orElseThrow();
            assertTrue(finding.found().isPresent() || finding.command().isPresent(), part.id());
        }
        assertTrue(findings.stream().anyMatch(one -> one.name().equals("postgresql") && one.blocks()));
        assertFalse(findings.stream().anyMatch(one -> one.name().equals("minio") && one.blocks()));
    }
}
