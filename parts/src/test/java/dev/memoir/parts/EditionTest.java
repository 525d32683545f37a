package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkouts may differ in the models that they name; each finds its own. */
class EditionTest {
    private static final String PINS = """
            {"about": "a test's", "parts": [{"name": "models", "version": "1", "path": "", "sources": [], "without": "",
              "convert": {"script": "%s", "requirements": "", "catalogue": "models/src/main/resources/dev/memoir/models/catalogue.json"}}]}
            """;

    @TempDir
    private Path root;

    @Test
    void theModelsOfAnotherCatalogueAreNotTaken() throws Exception {
        Files.createDirectories(root.resolve("models-1-00000000"));
        Parts parts = parts("models/convert.py");
        assertTrue(parts.find(Part.MODELS).isEmpty());
        Path catalogue = Path.of("../models/src/main/resources/dev/memoir/models/catalogue.json");
        Path own = Files.createDirectory(
                root.resolve("models-1-" + Checksum.sha256(catalogue).substring(0, 8)));
        assertEquals(own, parts.path(Part.MODELS));
    }

    @Test
    void whereNoCatalogueIsAtHandTheLastInstalledIsTaken() throws Exception {
        Path earlier = Files.createDirectories(root.resolve("models-1-00000000"));
        Path later = Files.createDirectories(root.resolve("models-1-11111111"));
        assertTrue(earlier.toFile().setLastModified(1_000_000));
        assertEquals(later, parts("nowhere/convert.py").path(Part.MODELS));
    }

    private Parts parts(String script) throws Exception {
        byte[] json = PINS.formatted(script).getBytes(StandardCharsets.UTF_8);
        return new Parts(root, Pins.read(new ByteArrayInputStream(json)));
    }
}
