package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} tells of pictures that were sent elsewhere. */
class VisionCountsTest {
    private static final Clock NOVEMBER = Clock.fixed(Instant.parse("2026-11-28T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    private Path library;

    @Test
    void thisMonthsPicturesAreToldAndThatTheyAreUsedUp() throws Exception {
        var installation = new Installation(library, library, library);
        assertEquals(Map.of(), VisionCounts.of(installation, NOVEMBER));
        Path folder = Files.createDirectories(installation.originals().resolve(".memoir/vision"));
        Files.writeString(folder.resolve("google-vision-2026-10.json"), "{\"pictures\":7,\"most\":9}");
        Files.writeString(folder.resolve("google-vision-2026-11.json"), "{\"pictures\":3,\"most\":9}");
        Files.writeString(folder.resolve("aws-rekognition-2026-11.json"), "{\"pictures\":9,\"most\":9}");

        Map<String, JsonNode> counts = VisionCounts.of(installation, NOVEMBER);

        assertEquals(
                "google-vision: 3 of this month's 9 pictures",
                VisionCounts.line("google-vision", counts.get("google-vision")));
        assertEquals(
                "aws-rekognition: 9 of this month's 9 pictures; used up",
                VisionCounts.line("aws-rekognition", counts.get("aws-rekognition")));
        assertEquals(2, counts.size());
    }
}
