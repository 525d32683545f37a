package dev.memoir.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
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
