package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every entry of {@code parts.json} must say. */
class PinsTest {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern SHA512 = Pattern.compile("sha512-[A-Za-z0-9+/]{86}==");
    private static final Pattern GO_SUM = Pattern.compile("h1:[A-Za-z0-9+/]{43}=");

    private final Pins pins = Pins.load();

    @ParameterizedTest
    @EnumSource(Part.class)
    void eachPartIsDescribed(Part part) {
        Pin pin = pins.of(part);
        assertEquals(part.id(), pin.name());
        assertFalse(pin.version().isBlank());
        assertFalse(pin.what().isBlank());
        assertFalse(pin.licence().isBlank());
        assertFalse(pin.without().isBlank(), "says what its lack costs");
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void eachPartSaysForEachPlatformWhetherItWasTriedThere(Part part) {
        Set<String> platforms =
                Arrays.stream(Platform.values()).map(Platform::id).collect(Collectors.toSet());
        assertEquals(platforms, pins.of(part).platforms().keySet());
        assertTrue(Set.of("run", "built", "listed")
                .containsAll(pins.of(part).platforms().values()));
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void eachPartHasItsPackagesForEachPlatform(Part part) {
        long everywhere = pins.of(part).sources(Platform.LINUX_AMD64).size();
        assertTrue(everywhere > 0);
        for (Platform platform : Platform.values()) {
            assertEquals(everywhere, pins.of(part).sources(platform).size(), platform.id());
        }
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void eachPackageHasItsExactVersionAndChecksum(Part part) {
        for (Source source : pins.of(part).sources()) {
            switch (source) {
                case Source.Go go -> {
                    assertTrue(GO_SUM.matcher(go.sum()).matches(), go.label());
                    assertTrue(go.version().startsWith("v"), go.label());
                }
                case Source.Maven maven -> {
                    assertTrue(SHA256.matcher(maven.sha256()).matches(), maven.label());
                    assertTrue(maven.artifact().split(":").length >= 3, maven.label());
                }
                case Source.Npm npm -> {
                    assertTrue(SHA512.matcher(npm.integrity()).matches(), npm.label());
                    assertFalse(npm.version().isBlank(), npm.label());
                }
                case Source.Pip pip -> {
                    assertTrue(SHA256.matcher(pip.sha256()).matches(), pip.label());
                    assertFalse(pip.version().isBlank(), pip.label());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"MODELS", "MODELS_FACES", "MODELS_OBJECTS"})
    void theModelsPackagesAreThoseOfTheirCatalogue(Part part) throws Exception {
        Pin models = pins.of(part);
        Path catalogue = Path.of("..").resolve(models.convert().orElseThrow().catalogue());
        JsonNode packages =
                JsonMapper.builder().build().readTree(catalogue.toFile()).path("packages");
        Map<String, String> catalogued = new TreeMap<>();
        for (JsonNode one : packages) {
            String name = one.path("name").asText();
            String version = one.path("version").asText();
            switch (one.path("registry").asText("pip")) {
                case "npm" -> catalogued.put(name + "@" + version, "");
                default ->
                    catalogued.put(name + "==" + version, one.path("sha256").asText());
            }
        }
        Map<String, String> pinned = new TreeMap<>();
        for (Source source : models.sources()) {
            // npm's own checksum is another: which the conversion compares to the catalogue's.
            pinned.put(source.label(), source instanceof Source.Pip pip ? pip.sha256() : "");
        }
        assertEquals(catalogued, pinned);
    }

    @Test
    void theProcessorsOfAPlatformHaveSeveralNames() {
        assertEquals(Platform.LINUX_ARM64, Platform.of("Linux", "aarch64").orElseThrow());
        assertEquals(Platform.LINUX_AMD64, Platform.of("Linux", "amd64").orElseThrow());
        assertEquals(Platform.MACOS_ARM64, Platform.of("Mac OS X", "aarch64").orElseThrow());
        assertTrue(Platform.of("Linux", "riscv64").isEmpty());
    }
}
