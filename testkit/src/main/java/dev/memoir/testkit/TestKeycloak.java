package dev.memoir.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.parts.Part;
import dev.memoir.parts.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Keycloak on a free port of 127.0.0.1 with the realm of {@code keycloak-realm.json}, in which Anna is of the family. */
public final class TestKeycloak implements AutoCloseable {
    public static final String CLIENT = "memoir-web";
    public static final String AUDIENCE = "photos";
    private static final String PASSWORD = "the quiet lake in May";

    /** It builds itself at its first start and makes a database. */
    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final Path folder = Scratch.folder("keycloak");
    private final int port = FreePort.next();
    private final Server server;

    private TestKeycloak() {
        unpack();
        server = Server.start(
                "keycloak",
                "TERM",
                port,
                folder,
                Map.of("JAVA_HOME", System.getProperty("java.home"), "JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m"),
                List.of(
                        folder.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port),
                START_LIMIT);
    }

    public static TestKeycloak start() {
        return new TestKeycloak();
    }

    private void unpack() {
        Path archive = Parts.open().path(Part.KEYCLOAK);
        try (InputStream realm = TestKeycloak.class.getResourceAsStream("keycloak-realm.json")) {
            Process tar = new ProcessBuilder(
                            "tar", "-xzf", archive.toString(), "-C", folder.toString(), "--strip-components=1")
                    .inheritIO()
                    .start();
            if (!tar.waitFor(5, TimeUnit.MINUTES) || tar.exitValue() != 0) {
                throw new IOException(archive + " can't be unpacked");
            }
            Files.copy(
                    realm,
                    Files.createDirectories(folder.resolve("data/import")).resolve("memoir-realm.json"));
        } catch (IOException e) {
            throw new UncheckedIOException("Keycloak can't be laid out in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String issuer() {
        return "http://127.0.0.1:" + port + "/realms/memoir";
    }

    /** Anna's access token. */
    public String token() throws IOException, InterruptedException {
        Map<String, String> form = Map.of(
                "client_id", CLIENT,
                "grant_type", "password",
                "scope", "openid",
                "username", "anna",
                "password", PASSWORD);
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper()
                .readTree(answer.body())
                .required("access_token")
                .asText();
    }

    @Override
    public void close() {
        server.stop();
        Scratch.delete(folder);
    }
}
