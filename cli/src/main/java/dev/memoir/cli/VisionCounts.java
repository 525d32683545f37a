package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.YearMonth;
import java.util.Map;
import java.util.TreeMap;

/** How many pictures a vision service was sent this month, as the AI function counts them in the bucket. Read as files: wakes nothing. */
final class VisionCounts {
    private VisionCounts() {}

    /** Service → what its document says; none where no service was asked, or the store keeps no ordinary files. */
    static Map<String, JsonNode> of(Installation installation, Clock clock) {
        Map<String, JsonNode> counts = new TreeMap<>();
        Path folder = installation.originals().resolve(".memoir").resolve("vision");
        if (!installation.keepsOrdinaryFiles() || !Files.isDirectory(folder)) {
            return counts;
        }
        String end = "-" + YearMonth.now(clock) + ".json";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + end)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                counts.put(name.substring(0, name.length() - end.length()), Json.parse(Files.readString(file)));
            }
        } catch (IOException e) {
            // It is being replaced at this moment, or nobody can read it: the function says so when it is asked.
            return counts;
        }
        return counts;
    }

    static ObjectNode json(Map<String, JsonNode> counts) {
        ObjectNode json = Json.object();
        counts.forEach(json::set);
        return json;
    }

    /** For people. */
    static String line(String service, JsonNode count) {
        long sent = count.path("pictures").asLong();
        long most = count.path("most").asLong();
        return "%s: %d of this month's %d pictures%s".formatted(service, sent, most, sent >= most ? "; used up" : "");
    }
}
