package dev.memoir.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers must not outlive a test run that was killed. */
class OrphanTest {
    /** A JVM that starts a server, tells its process id and waits to be killed. */
    static final class Starter {
        private Starter() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println(TestQueue.start().pid());
            Thread.sleep(60_000);
        }
    }

    @Test
    void aServerEndsWithItsKilledJvm(@TempDir Path scratch) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + scratch,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Starter.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8))) {
            long server = Long.parseLong(output.readLine());
            assertTrue(isAlive(server));
            jvm.destroyForcibly().waitFor();
            Await.until("the server has ended", () -> !isAlive(server));
        } finally {
            jvm.destroyForcibly();
        }
    }

    private static boolean isAlive(long process) {
        Optional<ProcessHandle> handle = ProcessHandle.of(process);
        return handle.map(ProcessHandle::isAlive).orElse(false);
    }
}
