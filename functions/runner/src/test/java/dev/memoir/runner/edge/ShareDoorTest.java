package dev.memoir.runner.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.identity.LinkTokens;
import dev.memoir.identity.LinkTokens.Fresh;
import dev.memoir.identity.LinkTokens.Ticket;
import dev.memoir.runner.fake.House;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real edge in front of a function that only says what it was asked. */
class ShareDoorTest {
    private static final String ASSET = "a".repeat(64);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private House house;
    private LinkTokens tokens;

    @BeforeEach
    void start() throws Exception {
        house = House.in(folder)
                .start(
                        "--idle",
                        "60",
                        "--set",
                        "share.addressBurst=1000000",
                        "--set",
                        "share.rate=1",
                        "--set",
                        "share.burst=40",
                        "--set",
                        "edge.addressRate=1000000",
                        "--set",
                        "edge.addressBurst=1000000");
        try (var secrets = Files.walk(folder)) {
            Path file = secrets.filter(path -> path.endsWith("delivery.json"))
                    .findFirst()
                    .orElseThrow();
            tokens = new LinkTokens(
                    new ObjectMapper().readTree(file.toFile()).path("token").asText());
        }
    }

    @AfterEach
    void stop() {
        house.close();
    }

    @Test
    void tenThousandGuessesWakeNothing() throws Exception {
        LinkTokens others = new LinkTokens("another secret");
        Fresh link = tokens.fresh();
        String ticket = ticket(link.id(), Duration.ofMinutes(5));
        String old = ticket(link.id(), Duration.ofMinutes(-1));
        String tampered = ticket.replaceFirst(link.id(), tokens.fresh().id());
        String bytes = "/share/" + link.id() + "/bytes/" + ASSET + "/preview";
        for (int i = 0; i < 1250; i++) {
            assertEquals(410, open(others.fresh().token()).statusCode());
            assertEquals(410, open("A".repeat(43)).statusCode());
            assertEquals(410, post("{\"token\":7}").statusCode());
            assertEquals(410, post("nonsense").statusCode());
            assertEquals(410, get(bytes, "").statusCode());
            assertEquals(410, get(bytes, old).statusCode());
            assertEquals(410, get(bytes, tampered).statusCode());
            assertEquals(
                    410, get("/share/" + tokens.fresh().id() + "/items", ticket).statusCode(), "another link's");
        }
        assertEquals(0, house.starts("api"));
    }

    @Test
    void openingHasABudgetForEverybodyTogether() throws Exception {
        String token = tokens.fresh().token();
        long began = System.nanoTime();
        for (int i = 0; i < 500; i++) {
            int status = open(token).statusCode();
            assertTrue(status == 200 || status == 429, "status " + status);
        }
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        long passedOn = asked("/share/open");
        assertTrue(passedOn >= 40 && passedOn <= 41 + seconds, passedOn + " passed on in " + seconds + " s");
    }

    @Test
    void whoGuessesAPasswordMustWaitAndOnlyForThatLink() throws Exception {
        String token = tokens.fresh().token();
        for (int i = 0; i < 5; i++) {
            assertEquals(401, open(token, "wrong").statusCode());
        }
        HttpResponse<String> refused = open(token, "right");
        assertEquals(429, refused.statusCode());
        assertTrue(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("")) > 20);
        assertEquals(200, open(token).statusCode(), "without a password nothing is guessed");
        assertEquals(200, open(tokens.fresh().token(), "right").statusCode());
    }

    @Test
    void aGuestReachesThreeWaysAndNothingBesides() throws Exception {
        Fresh link = tokens.fresh();
        String ticket = ticket(link.id(), Duration.ofMinutes(5));
        String own = "/share/" + link.id();
        for (String path : List.of(
                own,
                own + "/",
                own + "/items/x",
                own + "/bytes/" + ASSET + "/analysis",
                own + "/bytes/../../graphql",
                own + "/items/..%2f..%2fgraphql",
                "/share/graphql",
                "/share/open/x")) {
            assertEquals(404, get(path, ticket).statusCode(), path);
        }
        assertEquals(0, house.starts("api"));

        HttpResponse<String> items = get(own + "/items?after=x", ticket);
        assertEquals(200, items.statusCode());
        assertFalse(
                items.headers().firstValue("Content-Security-Policy").orElse("").contains("blob:"));
        http.send(
                HttpRequest.newBuilder(URI.create(address() + own + "/bytes/" + ASSET + "/preview"))
                        .header("Cookie", LinkTokens.COOKIE + "=" + ticket)
                        .header("Range", "bytes=0-")
                        .header("X-Memoir-Administrator", "forged")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertEquals(
                List.of(
                        "share " + own + "/items?after=x true null null",
                        "share " + own + "/bytes/" + ASSET + "/preview true bytes=0- null"),
                house.journal("api").stream()
                        .filter(line -> line.startsWith("share"))
                        .toList());
        assertEquals(401, get("/graphql", ticket).statusCode());
    }

    @Test
    void originalsAtOnceAreFew() throws Exception {
        Fresh link = tokens.fresh();
        String path = "/share/" + link.id() + "/bytes/" + ASSET + "/original";
        String ticket = ticket(link.id(), Duration.ofMinutes(5));
        for (int round = 0; round < 2; round++) {
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                asked.add(http.sendAsync(request(path, ticket), HttpResponse.BodyHandlers.ofString()));
            }
            List<Integer> statuses = asked.stream()
                    .map(answer -> answer.join().statusCode())
                    .sorted()
                    .toList();
            assertEquals(8, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
            assertEquals(4, statuses.stream().filter(status -> status == 429).count(), statuses.toString());
        }
    }

    private String ticket(String link, Duration left) {
        return tokens.ticket(new Ticket(link, 1, Instant.now().plus(left)));
    }

    private String address() {
        return house.memoir().address();
    }

    private long asked(String path) throws Exception {
        return house.journal("api").stream()
                .filter(line -> line.startsWith("share " + path))
                .count();
    }

    private HttpResponse<String> open(String token) throws Exception {
        return post("{\"token\":\"" + token + "\"}");
    }

    private HttpResponse<String> open(String token, String password) throws Exception {
        return post("{\"token\":\"" + token + "\",\"password\":\"" + password + "\"}");
    }

    private HttpResponse<String> post(String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(address() + "/share/open"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path, String ticket) throws Exception {
        return http.send(request(path, ticket), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String ticket) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .header("Cookie", LinkTokens.COOKIE + "=" + ticket)
                .build();
    }
}
