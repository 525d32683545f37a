package dev.memoir.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitsTest {
    @TempDir
    private Path built;

    @Test
    void theBuiltPagesAreServedUnlessOthersAreNamedOrNoneAreWanted() throws Exception {
        assertEquals(Optional.of(built), pages(Map.of()));
        assertEquals(Optional.of(Path.of("/elsewhere")), pages(Map.of("edge.pages", "/elsewhere")));
        assertEquals(Optional.empty(), pages(Map.of("edge.web", "off")));
        assertEquals(Optional.empty(), pages(Map.of("edge.web", "off", "edge.pages", "/elsewhere")));
    }

    private Optional<Path> pages(Map<String, String> settings) throws Settings.Mistake {
        return Limits.edge(new Values(settings), built, Optional.empty(), Optional.empty())
                .pages();
    }
}
