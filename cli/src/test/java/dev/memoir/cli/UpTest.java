package dev.memoir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpTest {
    @TempDir
    Path library;

    /** In the distribution that {@link Ran} names. */
    @BeforeEach
    void buildTheStandIn() throws IOException {
        Path jar = library.resolve("nothing-built/runner/memoir-runner.jar");
        Files.createDirectories(jar.getParent());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInRunner.class.getName());
        String entry = StandInRunner.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream code = StandInRunner.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
    }

    @AfterEach
    void stop() {
        assertEquals(0, Ran.memoir(library, "down").exitCode());
    }

    @Test
    void aDetachedUpReturnsWhenMemoirServesAndSaysWhereEverythingIs() throws IOException {
        Ran ran = Ran.memoir(library, "up", "--detach", "--idle", "7", "--set", "owner=anna");
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("Memoir      http://127.0.0.1:"), ran.out());
        assertTrue(ran.out().contains(library.resolve("store/originals").toString()), ran.out());
        assertFalse(ran.out().contains("HTTPS"), "nothing crosses a network: " + ran.out());
        String log = Files.readString(library.resolve("logs/runner.log"));
        assertTrue(log.contains("--idle, 7, --set, owner=anna"), log);
    }

    @Test
    void aRunnerThatRefusesIsQuotedInsteadOfWaitedFor() {
        Ran ran = Ran.memoir(library, "up", "--detach", "--set", "mode=refuse");
        assertEquals(2, ran.exitCode(), ran.err());
        assertTrue(ran.err().endsWith("""
                        memoir: Memoir did not start:
                          port 7700 is taken by another program
                        Change that, then start it again.
                        """), ran.err());
    }

    @Test
    void theRunnerOutlivesTheCommandInASessionOfItsOwn() throws IOException {
        Ran.memoir(library, "up", "--detach");
        long runner = RunnerFile.read(library.resolve("run/runner.json"))
                .orElseThrow()
                .pid();
        if (Files.exists(Path.of("/proc"))) {
            assertEquals(runner, session(runner));
        }
    }

    /** The sixth field of the kernel's note; the second is in parentheses and may hold blanks. */
    private static long session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3]);
    }
}
