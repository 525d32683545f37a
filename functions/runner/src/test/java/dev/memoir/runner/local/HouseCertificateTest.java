package dev.memoir.runner.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.runner.Settings;
import dev.memoir.runner.Values;
import dev.memoir.runner.fake.House;
import dev.memoir.tls.Authority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HouseCertificateTest {
    @TempDir
    private Path folder;

    @Test
    void peopleComeByTlsAndThisMachinesCommandsWithoutIt() throws Exception {
        try (House house = House.in(folder).start("--tls", "own", "--set", "tls.names=localhost")) {
            JsonNode runner = new ObjectMapper()
                    .readTree(house.data().resolve("run/runner.json").toFile());
            URI address = URI.create(runner.path("address").asText());
            URI store = URI.create(runner.path("storeAddress").asText());
            assertEquals("https://localhost", address.getScheme() + "://" + address.getHost());
            Path authority = house.data().resolve("authority.crt");
            HttpClient trusting = client(Optional.of(authority));

            assertEquals(200, get(trusting, address.resolve("/healthz")).statusCode());
            assertEquals(200, get(trusting, store.resolve("/health")).statusCode());
            HttpResponse<byte[]> offered = get(trusting, address.resolve("/authority.crt"));
            assertArrayEquals(Files.readAllBytes(authority), offered.body());
            assertEquals(
                    "application/x-x509-ca-cert",
                    offered.headers().firstValue("Content-Type").orElseThrow());

            HttpClient stranger = client(Optional.empty());
            for (URI there : new URI[] {address, store}) {
                assertThrows(SSLException.class, () -> get(stranger, there));
                assertThrows(IOException.class, () -> get(stranger, plain(there)));
            }
            for (String here : new String[] {"addressHere", "storeAddressHere"}) {
                URI plain = URI.create(runner.path(here).asText());
                assertEquals("http://127.0.0.1", plain.getScheme() + "://" + plain.getHost());
            }
            assertEquals(
                    200,
                    get(stranger, URI.create(runner.path("addressHere").asText() + "/healthz"))
                            .statusCode());
        }
    }

    /** Devices trust the authority, so it stays when a certificate is made anew. */
    @Test
    void anotherNameOrAnEndThatIsNearMakesAnotherCertificateByTheSameAuthority() throws Exception {
        DataFolder data = DataFolder.prepare(folder);
        HouseCertificate first = own(data, "photos.home", Clock.systemUTC());
        first.present();
        byte[] authority = Files.readAllBytes(first.authority().orElseThrow());
        X509Certificate before = shown(data);
        assertEquals("photos.home", first.host());
        assertEquals(
                first.version(), own(data, "photos.home", Clock.systemUTC()).version());

        own(data, "photos.home,10.0.0.7", Clock.systemUTC()).present();
        X509Certificate renamed = shown(data);
        assertTrue(renamed.getSubjectAlternativeNames().toString().contains("10.0.0.7"));
        assertFalse(before.getSubjectAlternativeNames().toString().contains("10.0.0.7"));

        own(data, "photos.home,10.0.0.7", Clock.offset(Clock.systemUTC(), Duration.ofDays(350)))
                .present();
        X509Certificate later = shown(data);
        assertFalse(later.getSerialNumber().equals(renamed.getSerialNumber()));
        assertArrayEquals(authority, Files.readAllBytes(first.authority().orElseThrow()));
        KeyStore keys = keys(data);
        later.verify(keys.getCertificate("authority").getPublicKey());
        assertTrue(Duration.between(
                                later.getNotBefore().toInstant(),
                                later.getNotAfter().toInstant())
                        .toDays()
                <= 397);
    }

    @Test
    void itsKeysAreTheirOwnersOnly() throws Exception {
        DataFolder data = DataFolder.prepare(folder);
        own(data, "photos.home", Clock.systemUTC()).present();
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secrets())));
    }

    @Test
    void aCertificateThatIsGivenIsShown() throws Exception {
        DataFolder data = DataFolder.prepare(folder.resolve("data"));
        own(data, "photos.example.org,localhost", Clock.systemUTC()).present();
        Path authority = data.root().resolve("authority.crt");
        Path certificate =
                pem(folder.resolve("given.pem"), "CERTIFICATE", shown(data).getEncoded());
        Path key = pem(folder.resolve("given.key"), "PRIVATE KEY", key(data));
        try (House house = House.in(folder.resolve("house"))
                .start("--tls-cert", certificate.toString(), "--tls-key", key.toString())) {
            URI address = URI.create(house.memoir().address());
            assertEquals("photos.example.org", address.getHost());
            URI local = URI.create("https://localhost:" + address.getPort());
            assertEquals(
                    200,
                    get(client(Optional.of(authority)), local.resolve("/healthz"))
                            .statusCode());
            assertEquals(
                    404,
                    get(client(Optional.of(authority)), local.resolve("/authority.crt"))
                            .statusCode());
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("none.pem"), "nothing");
        for (Map<String, String> wrong : List.of(
                Map.of("tls.certificate", file.toString()),
                Map.of("tls", "own", "tls.certificate", file.toString(), "tls.key", file.toString()),
                Map.of("tls.certificate", file.toString(), "tls.key", file.toString()))) {
            assertThrows(
                    Settings.Mistake.class, () -> certificate(wrong, DataFolder.prepare(folder), Clock.systemUTC()));
        }
        assertTrue(certificate(Map.of(), DataFolder.prepare(folder), Clock.systemUTC())
                .isEmpty());
    }

    private static HouseCertificate own(DataFolder data, String names, Clock clock) throws Exception {
        return certificate(Map.of("tls", "own", "tls.names", names), data, clock)
                .orElseThrow();
    }

    private static Optional<HouseCertificate> certificate(Map<String, String> settings, DataFolder data, Clock clock)
            throws Exception {
        return HouseCertificate.of(new Values(new TreeMap<>(settings)), data, "127.0.0.1", clock);
    }

    private static KeyStore keys(DataFolder data) throws Exception {
        try (InputStream file = Files.newInputStream(data.secrets().resolve("tls.p12"))) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(file, password(data));
            return keys;
        }
    }

    private static char[] password(DataFolder data) throws IOException {
        return new ObjectMapper()
                .readTree(data.secrets().resolve("tls.json").toFile())
                .path("password")
                .asText()
                .toCharArray();
    }

    private static X509Certificate shown(DataFolder data) throws Exception {
        return (X509Certificate) keys(data).getCertificate("server");
    }

    private static byte[] key(DataFolder data) throws Exception {
        return keys(data).getKey("server", password(data)).getEncoded();
    }

    private static Path pem(Path file, String kind, byte[] content) throws IOException {
        return Files.writeString(
                file,
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                        + kind + "-----\n");
    }

    private static HttpClient client(Optional<Path> authority) throws IOException {
        HttpClient.Builder client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        if (authority.isPresent()) {
            client.sslContext(Authority.of(Files.readString(authority.get())).context());
        }
        return client.build();
    }

    private static URI plain(URI address) {
        return URI.create("http://127.0.0.1:" + address.getPort() + "/");
    }

    private static HttpResponse<byte[]> get(HttpClient client, URI address) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }
}
