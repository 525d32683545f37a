package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhenMemoirIsDownTest {
    @TempDir
    Path library;

    @ParameterizedTest
    @ValueSource(strings = {"query {x}", "token", "sweep", "rebuild --check", "analyze --all", "dead", "phone"})
    void whatNeedsItSaysHowToStartItAndNothingElse(String commandLine) {
        Ran ran = Ran.memoir(library, commandLine.split(" "));
        assertEquals(2, ran.exitCode());
        assertEquals("", ran.out());
        assertEquals("memoir: Memoir is not running.\nStart it with: ./memoir up\n", ran.err());
    }

    @Test
    void statusForAScriptIsJsonAndNoFailure() {
        Ran ran = Ran.memoir(library, "status", "--json");
        assertEquals(0, ran.exitCode());
        assertEquals("{\n  \"running\" : false\n}\n", ran.out());
    }

    @Test
    void downHasNothingToDo() {
        Ran ran = Ran.memoir(library, "down");
        assertEquals(0, ran.exitCode());
        assertEquals("Memoir is not running.\n", ran.out());
    }

    @Test
    void aKilledRunnersNoteIsNotTakenForARunningOne() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(library.resolve("run"));
        Files.writeString(library.resolve("run/runner.json"), """
                {"pid":%d,"address":"http://127.0.0.1:1","storeAddress":"http://127.0.0.1:1",
                 "admin":"http://127.0.0.1:1","adminToken":"t"}""".formatted(gone.pid()));
        assertEquals(
                "{\n  \"running\" : false\n}\n",
                Ran.memoir(library, "status", "--json").out());
    }

    @Test
    void anotherProgramWithTheKilledRunnersNumberIsNotTakenForIt() throws IOException {
        Files.createDirectories(library.resolve("run"));
        Files.writeString(library.resolve("run/runner.json"), """
                {"pid":%d,"address":"http://127.0.0.1:1","storeAddress":"http://127.0.0.1:1",
                 "admin":"http://127.0.0.1:1","adminToken":"t"}""".formatted(
                        ProcessHandle.current().pid()));
        assertEquals(
                "{\n  \"running\" : false\n}\n",
                Ran.memoir(library, "status", "--json").out());
    }

    @Test
    void addLooksAtTheFilesFirst() {
        Ran ran = Ran.memoir(library, "add", library.resolve("nowhere").toString());
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().startsWith("memoir: There is no file or folder "), ran.err());
    }

    @Test
    void aWrongCommandLineIsExplainedInShort() {
        Ran ran = Ran.memoir(library, "up", "--port", "many");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("--port"), ran.err());
        assertTrue(ran.err().endsWith("See: memoir up --help\n"), ran.err());
        assertFalse(ran.err().contains("\tat "), ran.err());
    }

    @Test
    void everyCommandHasHelpWithAnExampleAndTheExitCodes() {
        picocli.CommandLine all = Memoir.commandLine(
                new Terminal(new java.io.PrintWriter(System.out), new java.io.PrintWriter(System.err), false),
                java.util.Map.of());
        all.getSubcommands().forEach((name, command) -> {
            Ran ran = Ran.memoir(library, name, "--help");
            assertEquals(0, ran.exitCode(), name);
            assertTrue(ran.out().contains("Example"), name + " has no example");
            assertTrue(ran.out().contains("Exit codes:"), name + " does not say its exit codes");
        });
    }
}
