package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.store.MediaStore;
import dev.memoir.testkit.Await;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Starting, and what may start something. */
@TestInstance(Lifecycle.PER_CLASS)
class StartTest {
    private final Household household = new Household();
    private Ran one;
    private Ran other;

    @BeforeAll
    void startTwiceAtOnce() {
        Ran.Running first = household.launchUp();
        Ran.Running second = household.launchUp();
        one = first.finish();
        other = second.finish();
    }

    @AfterAll
    void stop() {
        household.close();
    }

    @Test
    void twoUpsAtOnceGiveOneMemoir() {
        one.mustSucceed();
        other.mustSucceed();
        long runners = household.processes().stream()
                .map(Household::commandLine)
                .filter(line -> line.contains("memoir-runner.jar"))
                .count();
        assertEquals(1, runners);
        assertTrue(household
                .memoir("status", "--json")
                .mustSucceed()
                .json()
                .path("running")
                .asBoolean());
    }

    @Test
    void aTakenPortIsNamedAndNothingIsLeftRunning() throws IOException {
        Household another = new Household();
        try (another;
                ServerSocket taken = new ServerSocket(another.port(), 1, InetAddress.getLoopbackAddress())) {
            Ran ran = another.up();
            assertTrue(ran.exitCode() > 0, ran.out());
            assertTrue(ran.err().contains(String.valueOf(taken.getLocalPort())), ran.err());
            assertFalse(ran.err().contains("\tat "), ran.err());
            assertEquals(List.of(), another.processes());
        }
    }

    @Test
    void anonymousRequestsWakeNothing() throws IOException {
        household.awaitAsleep();
        URI graphQl = URI.create(household.address() + "/graphql");
        for (String authorization : new String[] {"", "Bearer nonsense", "Bearer a.b.c"}) {
            HttpURLConnection connection = (HttpURLConnection) graphQl.toURL().openConnection();
            connection.setRequestMethod("POST");
            connection.setDoOutput(true);
            if (!authorization.isEmpty()) {
                connection.setRequestProperty("Authorization", authorization);
            }
            connection.getOutputStream().write("{\"query\":\"{__typename}\"}".getBytes(StandardCharsets.UTF_8));
            assertEquals(401, connection.getResponseCode(), authorization);
        }
        assertTrue(household.asleep(), household.status()::toString);
        assertEquals(0, household.status().at("/functions/api/coldStarts").asLong());
    }

    @Test
    void secretsAreTheirOwnersOnly() throws IOException {
        Path secrets = household.library().resolve("secrets");
        assertEquals("rwx------", permissions(secrets));
        for (String file : List.of("store.json", "phone.json")) {
            assertEquals("rw-------", permissions(secrets.resolve(file)), file);
        }
        assertEquals("rw-------", permissions(household.library().resolve("run/runner.json")));
    }

    @Test
    void aSettingThatDoesNotExistIsRefusedBeforeAnythingStarts() {
        try (Household another = new Household()) {
            Ran ran = another.memoir(another.starting("up", "--detach", "--set", "postprocessor.memoy=1"))
                    .mustEndWith(2);
            assertTrue(ran.err().contains("Did you mean postprocessor.memory?"), ran.err());
            Ran idle = another.memoir("up", "--detach", "--idle", "-5").mustEndWith(2);
            assertTrue(idle.err().contains("--idle must be a time above 0"), idle.err());
            assertEquals(List.of(), another.processes());
        }
    }

    @Test
    void noSecretIsInAnyLogOrOnAnyCommandLine() throws IOException {
        household.memoir("query", "{ nonsense }").mustEndWith(1);
        household.ownProcesses("versitygw").forEach(ProcessHandle::destroyForcibly);
        Await.until(
                "the store is back",
                Duration.ofMinutes(1),
                () -> !household.ownProcesses("versitygw").isEmpty());
        household.memoir("sweep").mustSucceed();
        Set<String> secrets = secrets();
        assertTrue(secrets.size() >= 8, "all are found: " + secrets.size());
        try (Stream<Path> files = Files.walk(household.library().resolve("logs"))) {
            for (Path log : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(log, StandardCharsets.ISO_8859_1);
                assertTrue(secrets.stream().noneMatch(text::contains), () -> log + " holds a secret");
            }
        }
        assertTrue(ProcessHandle.allProcesses()
                .map(Household::commandLine)
                .noneMatch(line -> secrets.stream().anyMatch(line::contains)));
    }

    /** Every long text in the secret files and the admin's token; names and what is public are shorter or known. */
    private Set<String> secrets() throws IOException {
        Set<String> found = new HashSet<>();
        List<Path> files = new ArrayList<>(List.of(household.library().resolve("run/runner.json")));
        for (String name : List.of("store", "phone", "queue", "database", "delivery")) {
            files.add(household.library().resolve("secrets/" + name + ".json"));
        }
        for (Path file : files) {
            new ObjectMapper().readTree(file.toFile()).forEach(value -> {
                if (value.asText().matches("[0-9a-f]{40,}")) {
                    found.add(value.asText());
                }
            });
        }
        return found;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void whatCameWhileMemoirWasDownIsFoundWhenItStarts() throws IOException {
        try (Household another = Household.started()) {
            byte[] before = Photos.numbered(1);
            try (MediaStore store = another.store()) {
                store.put("originals", "trip/before.jpg", before, "image/jpeg");
            }
            another.awaitSettled();
            another.memoir("down").mustSucceed();
            byte[] meanwhile = Photos.numbered(2);
            Files.write(another.original("trip/meanwhile.jpg"), meanwhile);
            Files.delete(another.original("trip/before.jpg"));
            another.up().mustSucceed();
            JsonNode sweep = another.memoir("sweep", "--json").mustSucceed().json();
            another.awaitSettled();
            Map<String, Asset> assets = Asset.all(another, "home");
            assertTrue(
                    assets.containsKey(Photos.sha256(meanwhile)),
                    () -> "not found in " + assets + "; the sweep said " + sweep);
            assertFalse(
                    assets.containsKey(Photos.sha256(before)),
                    () -> "still listed in " + assets + "; the sweep said " + sweep);
        }
    }
}
