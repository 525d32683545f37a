package dev.memoir.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertEquals(Duration.ofSeconds(60), settings.values().duration("idle", Duration.ofSeconds(60)));
    }

    @Test
    void theCommandLineWinsOverTheFile() throws Exception {
        Files.writeString(folder.resolve(Settings.FILE), "idle=5m\napi.heap=300\nretry.delays=1s, 250ms\n");
        Settings settings = settings("--idle", "7", "--set", "api.heap=400");
        assertEquals(Duration.ofSeconds(7), settings.values().duration("idle", Duration.ZERO));
        assertEquals(400, settings.values().number("api.heap", 1));
        assertEquals(
                List.of(Duration.ofSeconds(1), Duration.ofMillis(250)),
                settings.values().durations("retry.delays", List.of()));
    }

    @Test
    void mistakesAreNamed() {
        assertTrue(said("--prot", "1").contains("unknown option --prot"));
        assertTrue(said("--port").contains("--port needs a value"));
        assertTrue(said("--set", "api").contains("NAME=VALUE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port  | 99999              | --port must be a port from 1 to 65535 (0: any free one), not 99999
            --port  | x                  | --port must be a port from 1 to 65535 (0: any free one), not x
            --idle  | -5                 | --idle must be a time above 0 such as 30s or 5m, not -5
            --store | ceph               | --store must be versitygw or minio, not ceph
            --set   | store=ceph         | --set store must be versitygw or minio, not ceph
            --set   | api.heap=much      | --set api.heap must be a number of MiB from 1, not much
            --set   | retry.attempts=0   | --set retry.attempts must be a whole number from 1, not 0
            --set   | retry.delays=1s,-1 | --set retry.delays must be times such as 1s,5s,30s, not 1s,-1
            --set   | rehearsal=no       | --set rehearsal must be on or off, not no
            --set   | sweep.at=25:00     | --set sweep.at must be a time of day such as 03:30, not 25:00
            --set   | idle=              | --set idle must be a time above 0 such as 30s or 5m, not empty
            --set   | edge.web=no        | --set edge.web must be on or off, not no
            --set   | edge.pages=/nope   | --set edge.pages must be a folder that is there, not /nope""")
    void aValueThatCantBeIsRefused(String option, String value, String message) {
        assertEquals(message, said(option, value));
    }

    @ParameterizedTest
    @CsvSource({
        "postprocessor.memoy, Did you mean postprocessor.memory?",
        "retry.delay, Did you mean retry.delays?",
        "edge.pagse, Did you mean edge.pages?"
    })
    void anUnknownNameIsRefusedAndTheClosestOneNamed(String name, String message) {
        assertEquals(
                "--set " + name + ": there is no such setting. " + message + " All of them: docs/configuration.md.",
                said("--set", name + "=1"));
    }

    @Test
    void aNameLikeNoOtherIsRefusedWithoutAGuess() {
        assertEquals(
                "--set colour.of.the.sky: there is no such setting. All of them: docs/configuration.md.",
                said("--set", "colour.of.the.sky=blue"));
    }

    @Test
    void theFileIsHeldToTheSameRules() throws Exception {
        Path file = folder.resolve(Settings.FILE);
        Files.writeString(file, "postprocessor.haep=300\n");
        assertTrue(said().startsWith("postprocessor.haep in " + file + ": there is no such setting."), said());
        Files.writeString(file, "port=99999\n");
        assertTrue(said().startsWith("port in " + file + " must be a port"), said());
        Files.writeString(file, "port=7800\nstore.port= 7801 \n");
        assertEquals(Optional.of(7800), settings().port());
        assertEquals(Optional.of(7801), settings().storePort());
        assertEquals(Optional.of(7900), settings("--port", "7900").port());
    }

    private String said(String... arguments) {
        return assertThrows(Settings.Mistake.class, () -> settings(arguments)).getMessage();
    }

    /** Names that are put together in the code, such as {@code name + ".heap"}, stand in the page as FUNCTION.heap. */
    @Test
    void everySettingIsKnownAndInTheReferencePage() throws Exception {
        String page = Files.readString(Path.of("../../docs/configuration.md"));
        var asked = Pattern.compile(
                "values(?:\\(\\))?\\s*\\.(?:text|number|duration|durations|mebibytes|timeOfDay|named\\(\\)\\.get)"
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
                    String whole = name.replace("FUNCTION", "ai");
                    if (said("--set", whole + "=").contains("no such setting")) {
                        missing.add(name);
                    }
                }
            }
        }
        assertTrue(found > 15, "the pattern finds settings: " + found);
        assertEquals(Set.of(), missing);
    }
}
