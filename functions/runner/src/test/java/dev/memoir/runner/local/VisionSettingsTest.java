package dev.memoir.runner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.runner.Settings;
import dev.memoir.runner.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the AI function is told of a vision service elsewhere. */
class VisionSettingsTest {
    @TempDir
    private Path folder;

    private Path keys(String content, String permissions) throws Exception {
        Path file = Files.writeString(Files.createTempFile(folder, "keys", ""), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> environment(String... pairs) throws Settings.Mistake {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put(pairs[i], pairs[i + 1]);
        }
        return VisionSettings.environment(new Values(values));
    }

    private static String mistake(String... pairs) {
        return assertThrows(Settings.Mistake.class, () -> environment(pairs)).getMessage();
    }

    @Test
    void whileTheModelsHereLookNothingIsSaid() throws Exception {
        assertEquals(Map.of(), environment("vision.pictures", "5"));
    }

    @Test
    void aServicesKeysComeOutOfAFileOfOnesOwn() throws Exception {
        String aws = keys("AKID\nsecret\n", "rw-------").toString();
        assertEquals(
                Map.of(
                        "MEMOIR_VISION", "rekognition",
                        "MEMOIR_VISION_REGION", "eu-west-1",
                        "MEMOIR_VISION_PICTURES", "5",
                        "MEMOIR_VISION_ACCESS_KEY", "AKID",
                        "MEMOIR_VISION_SECRET_KEY", "secret"),
                environment(
                        "vision",
                        "rekognition",
                        "vision.region",
                        "eu-west-1",
                        "vision.keys",
                        aws,
                        "vision.pictures",
                        "5"));
        assertEquals(
                Map.of("MEMOIR_VISION", "google", "MEMOIR_VISION_KEY", "key"),
                environment(
                        "vision",
                        "google",
                        "vision.keys",
                        keys("key", "r--------").toString()));
    }

    @Test
    void whatIsMissingOrSeenByOthersIsNamedAndNoKeyIs() throws Exception {
        assertTrue(mistake("vision", "google").contains("vision.keys"));
        String open = keys("secret", "rw-r--r--").toString();
        assertTrue(mistake("vision", "google", "vision.keys", open).contains("chmod 600 " + open));
        String one = keys("secret", "rw-------").toString();
        assertTrue(mistake("vision", "rekognition", "vision.keys", one).contains("two: access key and secret key"));
        String two = keys("AKID\nsecret", "rw-------").toString();
        String regionless = mistake("vision", "rekognition", "vision.keys", two);
        assertTrue(regionless.contains("vision.region"), regionless);
        assertFalse(regionless.contains("secret"), regionless);
    }
}
