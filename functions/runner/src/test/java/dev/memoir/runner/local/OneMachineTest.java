package dev.memoir.runner.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.runner.Settings;
import dev.memoir.runner.fake.House;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneMachineTest {
    @TempDir
    Path folder;

    private House house;
    private Process program;

    @BeforeEach
    void prepare() throws Exception {
        house = House.in(folder);
    }

    @AfterEach
    void stop() throws Exception {
        house.close();
        if (program != null) {
            program.destroy();
            program.waitFor();
        }
    }

    @Test
    void aSecondRunnerIsRefusedWithTheAddressOfTheFirst() throws Exception {
        house.start();
        Process second = program(folder.resolve("second.log"));

        assertEquals(2, second.waitFor());

        String said = Files.readString(folder.resolve("second.log"));
        assertTrue(said.contains("already running"), said);
        assertTrue(said.contains(house.memoir().address()), said);
        assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
        assertFalse(house.status().isEmpty(), "the first is not disturbed");
    }

    @Test
    void whatAKilledRunnerLeftRunningIsStoppedByTheNext() throws Exception {
        program = program(folder.resolve("first.log"));
        JsonNode first = runnerFile(program.pid());
        List<ProcessHandle> left = program.descendants().toList();
        assertTrue(left.size() >= 2, "store and queue run: " + left);

        program.destroyForcibly().waitFor();
        assertTrue(left.stream().filter(ProcessHandle::isAlive).count() >= 2, "a kill -9 leaves them");
        house.start();

        assertTrue(left.stream().noneMatch(ProcessHandle::isAlive), "they are gone: " + left);
        assertFalse(house.memoir().address().isEmpty());
        assertEquals("asleep", house.state("api"));
        assertFalse(first.path("adminToken").asText().isEmpty());
    }

    @Test
    void itEndsTidilyOnATermSignal() throws Exception {
        program = program(folder.resolve("log"));
        runnerFile(program.pid());
        List<ProcessHandle> children = program.descendants().toList();

        program.destroy();

        program.waitFor();
        assertTrue(children.stream().noneMatch(ProcessHandle::isAlive));
        assertFalse(Files.exists(house.data().resolve("run/runner.json")));
        try (Stream<Path> records = Files.list(house.data().resolve("run/processes"))) {
            assertEquals(0, records.count(), "nothing is left to stop");
        }
    }

    @Test
    void aTakenPortIsNamedWithTheOptionThatChangesIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Settings.Mistake edge = assertThrows(
                    Settings.Mistake.class, () -> house.start("--port", Integer.toString(taken.getLocalPort())));
            Settings.Mistake store = assertThrows(
                    Settings.Mistake.class, () -> house.start("--store-port", Integer.toString(taken.getLocalPort())));
            assertTrue(edge.getMessage().contains(taken.getLocalPort() + "")
                    && edge.getMessage().contains("--port"));
            assertTrue(store.getMessage().contains("--store-port"), store.getMessage());
        }
        house.start();
    }

    @Test
    void aMissingProgramIsNamed() throws Exception {
        Files.delete(house.dist().resolve("ai/quarkus-run.jar"));
        Settings.Mistake mistake = assertThrows(Settings.Mistake.class, house::start);
        assertTrue(mistake.getMessage().contains("ai/quarkus-run.jar"), mistake.getMessage());
    }

    @Test
    void secretsAreTheOwnersOnlyAndOnNoCommandLineOrLog() throws Exception {
        house.start();
        Secrets secrets = Secrets.in(house.data().resolve("secrets"));
        List<String> hidden = List.of(
                secrets.store().secret(),
                secrets.phone().secret(),
                secrets.queue().secret(),
                secrets.database().owner(),
                secrets.deliveryToken());

        try (Stream<Path> files = Files.walk(house.data().resolve("secrets"))) {
            for (Path file : files.filter(f -> !f.endsWith("jwks.json")).toList()) {
                String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
                assertTrue(
                        mode.equals("rw-------") || mode.equals("rwx------") || file.endsWith("accounts"), file + mode);
            }
        }
        assertEquals(
                "rwx------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(house.data().resolve("secrets"))));
        for (String secret : hidden) {
            assertTrue(ProcessHandle.current()
                    .descendants()
                    .noneMatch(p -> commandLine(p.pid()).contains(secret)));
            try (Stream<Path> logs = Files.walk(house.data().resolve("logs"))) {
                for (Path log : logs.filter(Files::isRegularFile).toList()) {
                    assertFalse(Files.readString(log).contains(secret), log.toString());
                }
            }
        }
    }

    @Test
    void aKilledStoreIsStartedAgainAndASweepLooksForWhatWasMissed() throws Exception {
        house.start();
        Await.until("the first sweep is over", () -> sweeps() == 1);
        long pid = house.memoir().machine().store().pid();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        Await.until("another store runs", () -> {
            long now = house.memoir().machine().store().pid();
            return now != 0 && now != pid;
        });
        Await.until("a sweep is made", () -> sweeps() == 2);
        Await.until(
                "nothing is wrong any more",
                () -> house.status().path("problems").isEmpty());
    }

    @Test
    void statusSaysWhatEachPartTakes() throws Exception {
        house.start();
        Await.until("the first sweep is over", () -> house.status().has("lastSweep"));

        JsonNode status = house.status();

        for (String part : List.of("runner", "store", "queue")) {
            assertTrue(status.path("parts").path(part).path("pssBytes").asLong() > 1 << 20, status.toString());
        }
        assertEquals(house.memoir().address(), status.path("address").asText());
        assertEquals("asleep", status.path("functions").path("ai").path("state").asText());
        assertFalse(status.path("functions").path("ai").path("rehearsed").asBoolean(true));
        assertEquals(0, status.path("queue").path("new").path("object").asLong(-1));
        assertEquals(3, status.path("lastSweep").path("result").path("objects").asInt());
        assertEquals("off", status.path("rehearsal").asText());
        assertTrue(status.path("problems").isEmpty(), status.toString());
    }

    @Test
    void aSweepCanBeAskedForAndFollowed() throws Exception {
        house.start();
        String id = house.admin("POST", "/sweep").path("id").asText();
        Await.until(
                "it is done",
                () -> house.admin("GET", "/jobs/" + id).path("state").asText().equals("done"));
        assertEquals(
                "no such job", house.admin("GET", "/jobs/none").path("error").asText());
    }

    @Test
    void theCustodianIsToldOfTheDecisionOnFacesAndWhatItSaidIsInTheStatus() throws Exception {
        house.start();
        assertEquals("undecided", house.status().path("faces").asText());
        String id = house.admin("POST", "/faces?wanted=on").path("id").asText();
        Await.until(
                "the job is done",
                () -> house.admin("GET", "/jobs/" + id).path("state").asText().equals("done"));
        assertTrue(house.journal("custodian").contains("faces --on"));
        assertEquals("on", house.status().path("faces").asText());
    }

    private long sweeps() throws IOException {
        return house.journal("custodian").stream().filter("sweep"::equals).count();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    private Process program(Path log) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                dev.memoir.runner.hosts.Java.program(),
                "-Xmx48m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                house.dist().resolve("runner/memoir-runner.jar").toString()));
        command.addAll(List.of(house.arguments()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private JsonNode runnerFile(long pid) {
        Path file = house.data().resolve("run/runner.json");
        return Await.value(
                "it serves",
                () -> Files.exists(file)
                        ? java.util.Optional.of(new ObjectMapper().readTree(file.toFile()))
                                .filter(json -> json.path("pid").asLong() == pid)
                        : java.util.Optional.empty());
    }
}
