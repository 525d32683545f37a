package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.runner.fake.House;
import dev.memoir.testkit.Await;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EdgeTest {
    private House house;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path pages = Files.createDirectories(folder.resolve("pages/assets"));
        Files.writeString(pages.resolve("app-1234.js"), "let a");
        Files.writeString(pages.resolve("app-1234.js.gz"), "squeezed");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createSymbolicLink(pages.resolve("out.txt"), folder.resolve("secret.txt"));
        house = House.in(folder)
                .start("--idle", "1", "--set", "edge.pages=" + folder.resolve("pages"), "--set", "edge.patience=20s");
    }

    @AfterAll
    void stop() {
        house.close();
    }

    @Test
    void aStrangerIsRefusedAndWakesNothing() throws Exception {
        long before = house.starts("api");

        HttpResponse<String> nobody = house.graphql(Optional.empty(), "{}");
        HttpResponse<String> liar = house.graphql(Optional.of("a.b.c"), "{}");

        assertEquals(401, nobody.statusCode());
        assertTrue(nobody.body().contains("a bearer token is needed"), nobody.body());
        assertEquals("Bearer", nobody.headers().firstValue("WWW-Authenticate").orElse(""));
        assertEquals(401, liar.statusCode());
        assertEquals(before, house.starts("api"));
    }

    @Test
    void aKnownPersonWaitsForTheFunctionAndGetsItsAnswer() throws Exception {
        Await.until("it sleeps", () -> house.state("api").equals("asleep"));

        HttpResponse<String> answer = house.graphql(Optional.of(house.token()), "{\"query\":\"{a}\"}");

        assertEquals(200, answer.statusCode());
        assertTrue(answer.body().startsWith("{\"data\":"), answer.body());
        assertTrue(answer.headers().firstValue("X-Request-Id").isPresent());
        assertEquals(
                "nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
        Await.until("it sleeps again", () -> house.state("api").equals("asleep"));
    }

    @Test
    void whoGoesAwayBeforeTheAnswerKeepsNothingAwake() throws Exception {
        house.graphql(Optional.of(house.token()), "{}");
        Random random = new Random(7);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 300; i++) {
                long patience = random.nextLong(20);
                boolean rudely = random.nextBoolean();
                people.submit(() -> askAndGo(patience, rudely));
            }
        }

        Await.until("it sleeps", () -> house.state("api").equals("asleep"));
    }

    /** @param rudely whether the connection is reset instead of closed */
    private Void askAndGo(long patienceMillis, boolean rudely) throws Exception {
        byte[] body = "{\"query\":\"{a}\"}".getBytes(StandardCharsets.UTF_8);
        String head = "POST /graphql HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer " + house.token()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        URI edge = URI.create(house.memoir().address());
        try (Socket socket = new Socket(edge.getHost(), edge.getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            Thread.sleep(patienceMillis);
            if (rudely) {
                socket.setSoLinger(true, 0);
            }
        }
        return null;
    }

    @Test
    void aFunctionThatCannotStartIsSaidWithATimeToTryAgain() throws Exception {
        Await.until("it sleeps", () -> house.state("api").equals("asleep"));
        house.flag("broken-api", true);
        try {
            HttpResponse<String> answer = house.graphql(Optional.of(house.token()), "{}");
            assertEquals(503, answer.statusCode());
            assertTrue(
                    Integer.parseInt(answer.headers().firstValue("Retry-After").orElseThrow()) >= 1);
        } finally {
            house.flag("broken-api", false);
        }
        Await.until(
                "it serves",
                () -> house.graphql(Optional.of(house.token()), "{}").statusCode() == 200);
        Await.until("it sleeps", () -> house.state("api").equals("asleep"));
    }

    @Test
    void aBodyThatIsTooLongOrOfUnknownLengthIsRefused() throws Exception {
        String token = house.token();
        assertEquals(
                413,
                house.graphql(Optional.of(token), "x".repeat((1 << 20) + 1)).statusCode());
        URI address = URI.create(house.memoir().address());
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream()
                    .write(("POST /graphql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer "
                                    + token + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertEquals("HTTP/1.1 411", new String(in.readNBytes(12), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void pagesAreServedWithWhatCachesNeed() throws Exception {
        HttpResponse<String> welcome = house.get("/");
        assertEquals(200, welcome.statusCode());
        assertTrue(welcome.body().contains("<h1>Memoir</h1>"));
        assertEquals("DENY", welcome.headers().firstValue("X-Frame-Options").orElse(""));
        HttpResponse<String> asset = house.get("/assets/app-1234.js");
        assertEquals("let a", asset.body());
        assertTrue(asset.headers().firstValue("Cache-Control").orElse("").contains("immutable"));
        String tag = asset.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, house.get("/assets/app-1234.js", "If-None-Match", tag).statusCode());
        assertEquals(404, house.get("/nothing").statusCode());
        assertEquals("ok\n", house.get("/healthz").body());
    }

    @Test
    void whoCanUnpackGetsTheCompressedFile() throws Exception {
        HttpResponse<String> packed = house.get("/assets/app-1234.js", "Accept-Encoding", "gzip, deflate");
        assertEquals("squeezed", packed.body());
        assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElse(""));
        assertEquals(
                "text/javascript; charset=utf-8",
                packed.headers().firstValue("Content-Type").orElse(""));
        HttpResponse<String> plain = house.get("/assets/app-1234.js");
        assertEquals("let a", plain.body());
        assertEquals("Accept-Encoding", plain.headers().firstValue("Vary").orElse(""));
    }

    @Test
    void aPageMayLoadFromHereAndTheStoreOnly() throws Exception {
        String policy =
                house.get("/").headers().firstValue("Content-Security-Policy").orElse("");
        String store = house.memoir().machine().storeForBrowsers();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'; style-src 'self'; "), policy);
        for (String kind :
                new String[] {"img-src 'self' data: blob:", "media-src 'self' blob:", "connect-src 'self'"}) {
            assertTrue(policy.contains(kind + " " + store + ";"), policy);
        }
        assertFalse(policy.contains("unsafe"), policy);
    }

    @Test
    void onlyTheScriptThatRunsModelsComesWithLeaveToCompileWebAssembly() throws Exception {
        String policy = house.get("/assets/engine.worker-1234.js")
                .headers()
                .firstValue("Content-Security-Policy")
                .orElse("");
        assertTrue(policy.contains("script-src 'self' 'wasm-unsafe-eval'; "), policy);
        for (String other : new String[] {"/", "/assets/app-1234.js", "/engine.worker-1234.js", "/graphql"}) {
            HttpResponse<String> answer = house.get(other);
            assertFalse(
                    answer.headers()
                            .firstValue("Content-Security-Policy")
                            .orElse("")
                            .contains("wasm"),
                    other);
        }
    }

    @Test
    void nothingOutsideThePagesIsServed() throws Exception {
        for (String path : new String[] {"/../secret.txt", "/assets/out.txt", "/%2e%2e/secret.txt", "/assets/"}) {
            HttpResponse<String> answer = house.get(path);
            assertEquals(404, answer.statusCode(), path);
            assertFalse(answer.body().contains("secret"), path);
        }
    }

    @Test
    void adminNeedsItsOwnToken() throws Exception {
        var runner = new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(house.data().resolve("run/runner.json").toFile());
        var http = java.net.http.HttpClient.newHttpClient();
        var request = java.net.http.HttpRequest.newBuilder(
                        URI.create(runner.path("admin").asText() + "/status"))
                .header("Authorization", "Bearer " + house.token())
                .build();
        assertEquals(
                401, http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    }
}
