package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.parts.Prerequisite.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What doctor says of the registry clients. */
class PrerequisiteTest {
    @Test
    void theVersionIsReadOutOfWhatAProgramSays() {
        assertEquals(
                new Version(1, 26),
                Prerequisite.versionIn("go version go1.26.8 linux/amd64").orElseThrow());
        assertEquals(new Version(3, 11), Prerequisite.versionIn("Python 3.11.7").orElseThrow());
        assertTrue(Prerequisite.versionIn("no number").isEmpty());
    }

    @Test
    void minorNumbersAreComparedAsNumbers() {
        assertTrue(new Version(3, 9).compareTo(new Version(3, 11)) < 0);
    }

    @Test
    void aTooOldProgramIsLimitedAndSaysWhatItCosts() {
        Finding finding = new Prerequisite(
                        "sh", List.of("sh", "-c", "echo 1.2.3"), new Version(1, 3), "no parts", "get it")
                .examine();
        assertTrue(finding.found().orElseThrow().startsWith("1.2 /"));
        assertEquals("older than 1.3: no parts", finding.cost().orElseThrow());
        assertEquals("get it", finding.command().orElseThrow());
    }

    @Test
    void aProgramThatIsNotThereIsMissingButDoesNotBlock() {
        Finding finding =
                new Prerequisite("no-such-program", List.of(), new Version(0, 0), "no parts", "get it").examine();
        assertTrue(finding.found().isEmpty());
        assertTrue(!finding.blocks());
    }
}
