package dev.memoir.runner.local;

import dev.memoir.runner.Settings;
import dev.memoir.runner.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who looks at pictures, as the AI function is told it. */
final class VisionSettings {
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private VisionSettings() {}

    /**
     * @return variables of the AI function; none while the models here look
     * @throws Settings.Mistake when what the service needs is missing, or others may read its keys
     */
    static Map<String, String> environment(Values values) throws Settings.Mistake {
        String provider = values.text("vision", "local");
        Map<String, String> environment = new TreeMap<>();
        if (provider.equals("local")) {
            return environment;
        }
        environment.put("MEMOIR_VISION", provider);
        put(environment, "REGION", values.text("vision.region", ""));
        put(environment, "ENDPOINT", values.text("vision.endpoint", ""));
        put(environment, "PICTURES", values.text("vision.pictures", ""));
        put(environment, "RATE", values.text("vision.rate", ""));
        put(environment, "SPENT", values.text("vision.spent", ""));
        keys(provider, values.text("vision.keys", ""), environment);
        return environment;
    }

    private static void put(Map<String, String> environment, String name, String value) {
        if (!value.isEmpty()) {
            environment.put("MEMOIR_VISION_" + name, value);
        }
    }

    private static void keys(String provider, String file, Map<String, String> environment) throws Settings.Mistake {
        if (file.isEmpty()) {
            throw new Settings.Mistake("vision = " + provider + " needs vision.keys: a file with "
                    + (provider.equals("google")
                            ? "an API key"
                            : "the access key in its first line and the secret key in its second"));
        }
        try {
            if (Files.getPosixFilePermissions(Path.of(file)).stream().anyMatch(OTHERS::contains)) {
                throw new Settings.Mistake(
                        "vision.keys: others may read or write " + file + ". Say: chmod 600 " + file);
            }
            List<String> lines = Files.readAllLines(Path.of(file)).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (provider.equals("google") && lines.size() == 1) {
                environment.put("MEMOIR_VISION_KEY", lines.getFirst());
            } else if (provider.equals("rekognition") && lines.size() == 2) {
                environment.put("MEMOIR_VISION_ACCESS_KEY", lines.getFirst());
                environment.put("MEMOIR_VISION_SECRET_KEY", lines.getLast());
                if (!environment.containsKey("MEMOIR_VISION_REGION")) {
                    throw new Settings.Mistake("vision = rekognition needs vision.region, such as eu-west-1");
                }
            } else {
                throw new Settings.Mistake(
                        "vision.keys: " + file + " has " + lines.size() + " lines; for " + provider + " it has "
                                + (provider.equals("google") ? "one: the API key" : "two: access key and secret key"));
            }
        } catch (IOException e) {
            throw new Settings.Mistake("vision.keys: " + file + " can't be read: " + e.getMessage());
        }
    }
}
