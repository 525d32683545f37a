package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders that no library can lie in: said in one line, before anything is started. */
class LibraryFolderTest {
    private static final String ME = System.getProperty("user.name");

    @TempDir
    Path folder;

    @Test
    void aFileIsNoLibrary() throws IOException {
        Path file = Files.createFile(folder.resolve("photos"));
        for (String command : new String[] {"status", "up --detach", "down"}) {
            Ran ran = Ran.memoir(file, command.split(" "));
            assertEquals(2, ran.exitCode());
            assertEquals(
                    "memoir: " + file + " is a file, and a library is a folder.\nName a folder with --data DIR.\n",
                    ran.err());
        }
    }

    @Test
    void whereNoFolderCanBeMadeItIsSaidWithoutAnExceptionsName() {
        Ran ran = Ran.memoir(Path.of("/proc/photos"), "up", "--detach");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().startsWith("memoir: The library's folder /proc/photos cannot be made: "), ran.err());
        assertFalse(ran.err().contains("Exception"), ran.err());
    }

    @Test
    void somebodyElsesLibraryIsNotStarted() throws IOException {
        assumeTrue(ME.equals("root"), "only root can give a folder to somebody else");
        Path secrets = Files.createDirectories(folder.resolve("secrets"));
        Files.setOwner(
                secrets, folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));
        Ran ran = Ran.memoir(folder, "up", "--detach");
        assertEquals(2, ran.exitCode());
        assertEquals(
                "memoir: The library " + folder + " belongs to nobody, and this was started by root.\n"
                        + "Start it as nobody, or name another library with --data DIR.\n",
                ran.err());
        assertFalse(Files.exists(folder.resolve("logs")), "nothing is written into it");
    }

    @Test
    void aReadOnlyLibraryIsNamed() throws Exception {
        assumeTrue(ME.equals("root"), "only root can mount a folder read-only");
        Path library = Files.createDirectories(folder.resolve("library/logs")).getParent();
        run("mount", "--bind", library.toString(), library.toString());
        try {
            run("mount", "-o", "remount,ro,bind", library.toString());
            Ran ran = Ran.memoir(library, "up", "--detach");
            assertEquals(2, ran.exitCode());
            assertTrue(
                    ran.err().startsWith("memoir: Nothing can be written in " + library + ": it is read-only"),
                    ran.err());
        } finally {
            run("umount", library.toString());
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assumeTrue(process.waitFor() == 0, String.join(" ", command) + ": " + said);
    }
}
