package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is read out of a built program. */
class GoBuildTest {
    private static final String BUILT = """
            /tmp/program: go1.26.8
            \tpath\texample.org/program
            \tmod\texample.org/program\tv1.0.0\th1:main=
            \tdep\texample.org/queue\tv0.6.0\th1:queue=
            \tdep\texample.org/store\tv1.2.0\th1:store=
            \tbuild\tCGO_ENABLED=0
            """;
    private static final String QUEUE = "example.org/queue v0.6.0 h1:queue=";
    private static final String STORE = "example.org/store v1.2.0 h1:store=";

    @Test
    void modulesOfTheGoSumAreAccepted() {
        assertEquals(List.of(), GoBuild.foreignModules(BUILT, List.of(QUEUE, STORE)));
    }

    @Test
    void aModuleOfAnotherVersionOrHashIsForeign() {
        assertEquals(
                List.of(STORE), GoBuild.foreignModules(BUILT, List.of(QUEUE, "example.org/store v1.1.0 h1:store=")));
        assertEquals(
                List.of(STORE), GoBuild.foreignModules(BUILT, List.of(QUEUE, "example.org/store v1.2.0 h1:other=")));
    }

    @Test
    void aReplacedModuleIsJudgedByWhatReplacedIt() {
        String replaced = BUILT + "\t=>\texample.org/fork\tv1.2.1\th1:fork=\n";
        assertEquals(
                List.of("example.org/fork v1.2.1 h1:fork="), GoBuild.foreignModules(replaced, List.of(QUEUE, STORE)));
    }
}
