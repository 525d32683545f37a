package dev.memoir.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code memoir} script on machines that lack something, and with a Maven of the test's making. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("../memoir").toAbsolutePath().normalize();
    private static final List<String> ORDINARY_PROGRAMS = List.of(
            "bash",
            "sh",
            "env",
            "dirname",
            "basename",
            "readlink",
            "find",
            "sort",
            "tr",
            "xargs",
            "sha256sum",
            "shasum",
            "mkdir",
            "mv",
            "rm",
            "cp",
            "cmp",
            "cat",
            "grep",
            "tail",
            "head",
            "tee",
            "ls",
            "sleep",
            "touch",
            "awk");

    @TempDir
    private Path scratch;

    private Path programs;
    private Path checkout;

    private record Ended(int status, String said) {}

    @BeforeEach
    void aMachineWithNothingButOrdinaryPrograms() throws IOException {
        programs = Files.createDirectory(scratch.resolve("bin"));
        Files.createDirectory(scratch.resolve("home"));
        for (String program : ORDINARY_PROGRAMS) {
            for (Path folder : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.isExecutable(folder.resolve(program)) && Files.notExists(programs.resolve(program))) {
                    program(program, "exec " + folder.resolve(program) + " \"$@\"");
                }
            }
        }
        checkout = Files.createDirectory(scratch.resolve("checkout"));
        Files.copy(SCRIPT, checkout.resolve("memoir"));
        Folders.makeExecutable(checkout.resolve("memoir"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String folder : List.of("parts", "functions", "models", "cli", "bench", "web")) {
            Files.createDirectory(checkout.resolve(folder));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "doctor", ""})
    void withoutAnythingItSaysWhatTheMachineNeeds(String command) throws Exception {
        Ended ended = command.isEmpty() ? memoir() : memoir(command);
        assertEquals(command.equals("doctor") ? 1 : 2, ended.status());
        assertTrue(ended.said().contains("jdk: missing"), ended.said());
        assertTrue(ended.said().contains("apt-get install temurin-25-jdk"), ended.said());
        assertTrue(ended.said().contains("mvn: missing"), ended.said());
        assertTrue(ended.said().contains("go: missing"), ended.said());
        assertTrue(ended.said().contains("npm: missing"), ended.said());
        assertTrue(ended.said().contains("python3: missing"), ended.said());
    }

    @Test
    void aTooOldJdkIsNamed() throws Exception {
        jdk("17.0.15");
        Ended ended = memoir("up");
        assertEquals(2, ended.status());
        assertTrue(ended.said().contains("Memoir needs a JDK 25 or newer"), ended.said());
        assertTrue(ended.said().contains("Found only 17 in "), ended.said());
    }

    @Test
    void withoutMavenItSaysHowToGetIt() throws Exception {
        jdk("25.0.3");
        Ended ended = memoir("up");
        assertEquals(2, ended.status());
        assertTrue(ended.said().contains("apt-get install maven"), ended.said());
    }

    @Test
    void aFailedBuildShowsItsErrorsAndCanBeTriedAgain() throws Exception {
        jdk("25.0.3");
        program("mvn", "echo '[ERROR] Could not transfer artifact a:b:1'; exit 1");
        for (int attempt = 0; attempt < 2; attempt++) {
            Ended ended = memoir("doctor");
            assertNotEquals(0, ended.status());
            assertTrue(ended.said().contains("Could not transfer artifact a:b:1"), ended.said());
            assertTrue(ended.said().contains("needs the network"), ended.said());
        }
    }

    @Test
    void aBuildIsMadeOnceForTheSameSourcesAndStartedFromAnywhereThroughALink() throws Exception {
        jdk("25.0.3");
        program("mvn", """
                echo built >> %s
                mkdir -p cli/target/lib
                echo jar > cli/target/memoir-cli.jar""".formatted(scratch.resolve("builds")));
        Files.createSymbolicLink(scratch.resolve("linked"), checkout.resolve("memoir"));
        for (Path start : List.of(checkout.resolve("memoir"), scratch.resolve("linked"))) {
            Ended ended = run(start, Path.of("/"), "doctor");
            assertEquals(0, ended.status(), ended.said());
            assertTrue(ended.said().contains("/cli/memoir-cli.jar doctor"), ended.said());
        }
        assertEquals(1, Files.readAllLines(scratch.resolve("builds")).size());
        Files.writeString(checkout.resolve("cli/New.java"), "class New {}");
        assertEquals(0, memoir("doctor").status());
        assertEquals(2, Files.readAllLines(scratch.resolve("builds")).size());
    }

    @Test
    void onlyTheFiveNewestBuildsAreKept() throws Exception {
        jdk("25.0.3");
        program("mvn", "mkdir -p cli/target/lib; echo jar > cli/target/memoir-cli.jar");
        for (int change = 0; change < 7; change++) {
            Files.writeString(checkout.resolve("cli/Changed.java"), "class Changed" + change + " {}");
            assertEquals(0, memoir("doctor").status());
        }
        try (var builds = Files.list(scratch.resolve("home/.cache/memoir/builds"))) {
            assertEquals(5, builds.count());
        }
    }

    @Test
    void anOldBuildThatIsInUseStays() throws Exception {
        jdk("25.0.3");
        program("mvn", "mkdir -p cli/target/lib; echo jar > cli/target/memoir-cli.jar");
        assertEquals(0, memoir("doctor").status());
        Path builds = scratch.resolve("home/.cache/memoir/builds");
        Path first;
        try (var made = Files.list(builds)) {
            first = made.findFirst().orElseThrow();
        }
        program("ps", "echo java -jar " + first + "/runner/memoir-runner.jar");
        for (int change = 0; change < 6; change++) {
            Files.writeString(checkout.resolve("cli/Changed.java"), "class Changed" + change + " {}");
            assertEquals(0, memoir("doctor").status());
        }
        assertTrue(Files.exists(first.resolve("cli/memoir-cli.jar")));
    }

    @Test
    void theTestsOfAllModulesAreAddedUp() throws Exception {
        jdk("25.0.3");
        maven(report("cli", 3, 0, 0), report("functions/api", 2, 0, 1));
        Ended ended = memoir("test");
        assertEquals(0, ended.status(), ended.said());
        assertEquals(
                "4 passed, 0 failed, 1 skipped", ended.said().lines().toList().getLast());
    }

    @Test
    void oneFailedTestFailsTheCommand() throws Exception {
        jdk("25.0.3");
        maven(report("cli", 3, 0, 0), report("functions/api", 2, 1, 0));
        Ended ended = memoir("test");
        assertEquals(1, ended.status());
        assertEquals("4 passed, 1 failed", ended.said().lines().toList().getLast());
    }

    @Test
    void noTestAtAllFailsTheCommand() throws Exception {
        jdk("25.0.3");
        maven();
        Ended ended = memoir("test");
        assertEquals(1, ended.status());
        assertEquals("0 passed, 0 failed", ended.said().lines().toList().getLast());
    }

    @Test
    void aFailedTestOfTheWebClientFailsTheCommand() throws Exception {
        jdk("25.0.3");
        maven(report("cli", 3, 0, 0));
        assertEquals(0, memoir("test").status());
        npm("""
                [ $3 != test:browser ] && exit 0
                mkdir -p target/surefire-reports
                printf '%s\n' '<testcase name="shown &quot;twice&quot;" classname="viewer.test.ts" time="1">' '</testcase>' \
                  '<testcase name="turned" classname="viewer.test.ts" time="1">' '<failure message="x" type="FAILURE">' \
                  '</failure>' '</testcase>' > target/surefire-reports/TEST-web-browser.xml
                exit 1""");
        Ended ended = memoir("test");
        assertEquals(1, ended.status());
        assertEquals(
                List.of("failed: viewer.test.ts turned"),
                ended.said().lines().filter(line -> line.startsWith("failed: ")).toList());
    }

    @Test
    void aFailedMavenFailsTheCommandThoughAllTestsPassed() throws Exception {
        jdk("25.0.3");
        maven(report("cli", 3, 0, 0), "exit 1");
        Ended ended = memoir("test");
        assertEquals(1, ended.status());
        assertEquals("3 passed, 0 failed", ended.said().lines().toList().getLast());
    }

    @Test
    void withoutAHomeItSaysSo() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(checkout.resolve("memoir").toString(), "status");
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        Ended ended = end(builder);
        assertEquals(2, ended.status());
        assertTrue(ended.said().contains("HOME is not set"), ended.said());
    }

    private Ended memoir(String... arguments) throws Exception {
        return run(checkout.resolve("memoir"), scratch, arguments);
    }

    private Ended run(Path start, Path folder, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(start.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(Map.of(
                        "PATH", programs.toString(),
                        "HOME", scratch.resolve("home").toString(),
                        "MEMOIR_JDKS", scratch.resolve("jdk").toString()));
        return end(builder);
    }

    private static Ended end(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), said);
    }

    /** As far as the script looks: a release file, a compiler, and a java that shows how it was called. */
    private void jdk(String version) throws IOException {
        Path bin = Files.createDirectories(scratch.resolve("jdk/bin"));
        Files.writeString(scratch.resolve("jdk/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(bin.resolve("javac"), "exit 1");
        script(bin.resolve("java"), "echo \"$@\"");
    }

    /** Builds every program; for {@code verify} it does as told. */
    private void maven(String... verify) throws IOException {
        program("mvn", """
                case "$*" in *verify*)
                  %s
                  exit ;;
                esac
                for app in api postprocessor ai; do
                  mkdir -p functions/$app/target/quarkus-app
                  echo jar > functions/$app/target/quarkus-app/quarkus-run.jar
                done
                for plain in functions/runner functions/custodian cli bench; do
                  mkdir -p $plain/target/lib
                  echo jar > $plain/target/memoir-${plain##*/}.jar
                done""".formatted(String.join("\n", verify)));
        npm("true");
        Files.writeString(checkout.resolve("web/package-lock.json"), "{}");
        Files.createDirectories(checkout.resolve("models/src/main/resources"));
        Files.writeString(checkout.resolve("models/convert.py"), "");
        Files.writeString(checkout.resolve("models/requirements.txt"), "");
    }

    /** Fetches and builds; each run, whose name is {@code $3}, ends as told. */
    private void npm(String run) throws IOException {
        program("npm", "case $1 in ci) mkdir -p node_modules ;; run) mkdir -p target/site; " + run + " ;; esac");
    }

    /** Writes a report as Surefire does. */
    private static String report(String module, int tests, int failures, int skipped) {
        String folder = module + "/target/surefire-reports";
        return """
                mkdir -p %1$s
                cat > %1$s/TEST-dev.memoir.SomeTest.xml <<'XML'
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0.2" name="dev.memoir.SomeTest" time="0.1" tests="%2$d" errors="0" skipped="%3$d" failures="%4$d">
                  <system-out><![CDATA[ tests="99" failures="99"]]></system-out>
                </testsuite>
                XML""".formatted(folder, tests, skipped, failures);
    }

    private void program(String name, String body) throws IOException {
        script(programs.resolve(name), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Folders.makeExecutable(file);
    }
}
