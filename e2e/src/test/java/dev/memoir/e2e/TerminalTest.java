package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code memoir up} in the foreground of a terminal, which util-linux's {@code script} plays. */
class TerminalTest {
    private static final int CTRL_C = 3;

    /** 128 and the number of the signal, as shells have it. */
    private static final int INTERRUPTED = 130;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Household household = new Household();
    private Process terminal;
    private Path screen;

    @BeforeEach
    void openTerminal() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "there is no script program to play a terminal");
        screen = household.outside("terminal").resolve("screen.txt");
        String command = Ran.CHECKOUT.resolve("memoir") + " " + String.join(" ", household.starting("up")) + " --data "
                + household.library();
        terminal = new ProcessBuilder("/usr/bin/script", "-qfec", "exec " + command, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(screen.toFile())
                .start();
    }

    @AfterEach
    void close() {
        terminal.destroyForcibly();
        household.close();
    }

    private void type(int key) throws IOException {
        terminal.getOutputStream().write(key);
        terminal.getOutputStream().flush();
    }

    private String shown() throws IOException {
        return Files.readString(screen);
    }

    private void awaitShown(String text) {
        Await.until("\"" + text + "\" is shown", PATIENCE, () -> shown().contains(text));
    }

    private void awaitFunctions() throws IOException {
        awaitShown("Next: ./memoir demo");
        try (MediaStore store = household.store()) {
            store.put("originals", "a.jpg", Photos.numbered(1), "image/jpeg");
        }
        Await.until("functions work", PATIENCE, () -> !household.asleep());
    }

    private void awaitNothingRuns() {
        Await.until(
                "nothing runs any more",
                PATIENCE,
                () -> household.processes().stream().noneMatch(process -> process.pid() != terminal.pid()));
    }

    @Test
    void ctrlCEndsEverythingAndUpWorksAgain() throws Exception {
        awaitFunctions();
        type(CTRL_C);
        assertTrue(terminal.waitFor(1, TimeUnit.MINUTES), "it ends");
        assertEquals(INTERRUPTED, terminal.exitValue());
        assertEquals(List.of(), household.processes());
        assertTrue(shown().contains("Stopping …") && shown().contains("Memoir is stopped."), shown());
        household.up().mustSucceed();
        household.awaitSettled();
        assertEquals(1, Asset.all(household, "home").size());
    }

    @Test
    void aClosedTerminalEndsEverything() throws Exception {
        awaitFunctions();
        terminal.destroyForcibly().waitFor();
        awaitNothingRuns();
        household.up().mustSucceed();
    }

    @Test
    void ctrlCWhileItStartsLeavesNothingRunning() throws Exception {
        Await.until(
                "parts are being started",
                PATIENCE,
                () -> household.processes().stream()
                        .anyMatch(process -> Household.commandLine(process).contains("versitygw")));
        type(CTRL_C);
        assertTrue(terminal.waitFor(1, TimeUnit.MINUTES), "it ends");
        awaitNothingRuns();
        household.up().mustSucceed();
    }
}
