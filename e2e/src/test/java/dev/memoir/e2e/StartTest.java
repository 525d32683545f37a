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
import org.junit.jupiter.api.Test;

/** Starting, and what may start something. */
class StartTest {

    @Test
    void twoUpsAtOnceGiveOneMemoir() {
        try (Household household = new Household()) {
            Ran.Running one = household.launchUp();
            Ran.Running other = household.launchUp();
            one.finish().mustSucceed();
            other.finish().mustSucceed();
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
    }

    @Test
    void aTakenPortIsNamedAndNothingIsLeftRunning() throws IOException {
        Household household = new Household();
        try (household;
                ServerSocket taken = new ServerSocket(household.port(), 1, InetAddress.getLoopbackAddress())) {
            Ran ran = household.up();
            assertTrue(ran.exitCode() > 0, ran.out());
            assertTrue(ran.err().contains(String.valueOf(taken.getLocalPort())), ran.err());
            assertFalse(ran.err().contains("\tat "), ran.err());
            assertEquals(List.of(), household.processes());
        }
    }

    @Test
    void anonymousRequestsWakeNothing() throws IOException {
        try (Household household = Household.started()) {
            household.awaitAsleep();
            URI graphQl = URI.create(household.address() + "/graphql");
            for (String authorization : new String[] {"", "Bearer nonsense", "Bearer a.b.c"}) {
                HttpURLConnection connection =
                        (HttpURLConnection) graphQl.toURL().openConnection();
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
    }

    @Test
    void secretsAreTheirOwnersOnly() throws IOException {
        try (Household household = Household.started()) {
            Path secrets = household.library().resolve("secrets");
            assertEquals("rwx------", permissions(secrets));
            for (String file : List.of("store.json", "phone.json")) {
                assertEquals("rw-------", permissions(secrets.resolve(file)), file);
            }
            assertEquals("rw-------", permissions(household.library().resolve("run/runner.json")));
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void whatCameWhileMemoirWasDownIsFoundWhenItStarts() throws IOException {
        try (Household household = Household.started()) {
            byte[] before = Photos.numbered(1);
            try (MediaStore store = household.store()) {
                store.put("originals", "trip/before.jpg", before, "image/jpeg");
            }
            household.awaitSettled();
            household.memoir("down").mustSucceed();
            byte[] meanwhile = Photos.numbered(2);
            Files.write(household.original("trip/meanwhile.jpg"), meanwhile);
            Files.delete(household.original("trip/before.jpg"));
            household.up().mustSucceed();
            JsonNode sweep = household.memoir("sweep", "--json").mustSucceed().json();
            household.awaitSettled();
            Map<String, Asset> assets = Asset.all(household, "home");
            assertTrue(assets.containsKey(Photos.sha256(meanwhile)), () -> "not found; the sweep said " + sweep);
            assertFalse(assets.containsKey(Photos.sha256(before)), () -> "still listed; the sweep said " + sweep);
        }
    }
}
