package dev.memoir.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    Path folder;

    private Settings settings(String... more) throws Settings.Mistake {
        List<String> all =
                new ArrayList<>(List.of("--data", folder.toString(), "--parts-cache", "/parts", "--dist", "/dist"));
        all.addAll(List.of(more));
        return Settings.of(all.toArray(String[]::new));
    }

    @Test
    void whatIsNotSaidHasAUsualValue() throws Exception {
        Settings settings = settings();
        assertEquals("127.0.0.1", settings.host());
        assertEquals("versitygw", settings.store());
        assertTrue(settings.rehearsal());
        assertEquals(Duration.ofSeconds(60), settings.duration("idle", Duration.ofSeconds(60)));
    }

    @Test
    void theCommandLineWinsOverTheFile() throws Exception {
        Files.writeString(folder.resolve(Settings.FILE), "idle=5m\napi.heap=300\nretry.delays=1s, 250ms\n");
        Settings settings = settings("--idle", "7", "--set", "api.heap=400");
        assertEquals(Duration.ofSeconds(7), settings.duration("idle", Duration.ZERO));
        assertEquals(400, settings.number("api.heap", 1));
        assertEquals(
                List.of(Duration.ofSeconds(1), Duration.ofMillis(250)), settings.durations("retry.delays", List.of()));
    }

    @Test
    void mistakesAreNamed() {
        assertTrue(said("--prot", "1").contains("unknown option --prot"));
        assertTrue(said("--port", "x").contains("--port is a port"));
        assertTrue(said("--port").contains("--port needs a value"));
        assertTrue(said("--store", "ceph").contains("versitygw or minio"));
        assertTrue(said("--set", "api").contains("NAME=VALUE"));
        Settings.Mistake heap = assertThrows(
                Settings.Mistake.class, () -> settings("--set", "api.heap=much").number("api.heap", 1));
        assertEquals("api.heap must be a whole number, not much", heap.getMessage());
    }

    private String said(String... arguments) {
        return assertThrows(Settings.Mistake.class, () -> settings(arguments)).getMessage();
    }

    /** Names that are put together in the code, such as {@code name + ".heap"}, stand in the page as FUNCTION.heap. */
    @Test
    void everySettingIsInTheReferencePage() throws Exception {
        String page = Files.readString(Path.of("../../docs/configuration.md"));
        var asked = Pattern.compile(
                "settings\\s*\\.(?:text|number|duration|durations|mebibytes|timeOfDay|values\\(\\)\\.get)"
                        + "\\(\\s*(name \\+ )?\"([^\"]+)\"");
        var missing = new TreeSet<String>();
        int found = 0;
        try (var files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                for (var match : asked.matcher(Files.readString(file)).results().toList()) {
                    String name = (match.group(1) == null ? "" : "FUNCTION") + match.group(2);
                    found++;
                    boolean ofOneFunction = page.contains("`FUNCTION." + name.substring(name.indexOf('.') + 1) + "`");
                    if (!page.contains("`" + name + "`") && !ofOneFunction) {
                        missing.add(name);
                    }
                }
            }
        }
        assertTrue(found > 15, "the pattern finds settings: " + found);
        assertEquals(Set.of(), missing);
    }
}
