package dev.memoir.runner.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * A function program for tests: a real process that does what the key of an event says, and writes down what it was asked.
 * It is called as the folder of its jar is, and works in the folder where it was started.
 */
public final class FakeFunction {
    private static final String NAME = Path.of(
                    System.getProperty("java.class.path").split(":")[0])
            .toAbsolutePath()
            .getParent()
            .getFileName()
            .toString();
    private static final Path JOURNAL = Path.of("journal-" + NAME);

    private FakeFunction() {}

    public static void main(String[] arguments) throws Exception {
        journal("start");
        if (Files.exists(Path.of("broken-" + NAME))) {
            System.out.println("I am broken");
            System.exit(1);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT"))), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/ready", exchange -> answer(exchange, 204, ""));
        server.createContext("/graphql", FakeFunction::graphql);
        server.createContext("/login/", FakeFunction::login);
        server.createContext("/share/", FakeFunction::share);
        server.createContext("/administration/", FakeFunction::administration);
        server.createContext("/", FakeFunction::event);
        server.start();
    }

    private static void graphql(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        journal("graphql " + body.length() + " " + exchange.getRequestHeaders().get("Authorization"));
        if (body.contains("crash")) {
            Runtime.getRuntime().halt(9);
        }
        if (body.contains("memory")) {
            byte[][] hoard = new byte[80][];
            for (int i = 0; i < hoard.length; i++) {
                hoard[i] = new byte[1 << 20];
                java.util.Arrays.fill(hoard[i], (byte) i);
            }
            pause(Duration.ofSeconds(20));
            journal("hoarded " + hoard.length);
        }
        if (body.contains("slow")) {
            pause(Duration.ofMillis(700));
        }
        answer(exchange, 200, "{\"data\":{\"pid\":" + ProcessHandle.current().pid() + "}}");
    }

    /** A key is good as long as there is a file with what it is exchanged for. */
    private static void key(HttpExchange exchange, boolean trusted) throws IOException {
        Path good = Path.of("token-of-keys");
        journal("key " + trusted + " " + exchange.getRequestHeaders().get("X-Memoir-Administrator"));
        if (Files.exists(good)) {
            answer(exchange, 200, "{\"token\":\"" + Files.readString(good) + "\"}");
        } else {
            answer(exchange, 401, "{\"error\":{\"code\":\"UNAUTHENTICATED\",\"message\":\"it was revoked\"}}");
        }
    }

    /** The password {@code right} is. */
    private static void login(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean trusted = ("Bearer " + System.getenv("MEMOIR_DELIVERY_TOKEN"))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (exchange.getRequestURI().getPath().equals("/login/key")) {
            key(exchange, trusted);
            return;
        }
        journal("login " + exchange.getRequestURI().getPath() + " " + trusted + " "
                + exchange.getRequestHeaders().getFirst("X-Forwarded-Proto") + " "
                + exchange.getRequestHeaders().getFirst("Cookie"));
        exchange.getResponseHeaders().set("Set-Cookie", "memoir_session=x; HttpOnly");
        exchange.getResponseHeaders().set("X-Secret", "not for browsers");
        answer(exchange, body.contains("wrong") ? 401 : 200, "{\"token\":\"t\"}");
    }

    /** A film is slow. */
    private static void share(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var headers = exchange.getRequestHeaders();
        boolean trusted =
                ("Bearer " + System.getenv("MEMOIR_DELIVERY_TOKEN")).equals(headers.getFirst("Authorization"));
        journal("share " + exchange.getRequestURI() + " " + trusted + " " + headers.getFirst("Range") + " "
                + headers.getFirst("X-Memoir-Administrator"));
        if (exchange.getRequestURI().getPath().endsWith("/original")) {
            pause(Duration.ofSeconds(2));
        }
        answer(exchange, body.contains("wrong") ? 401 : 200, "{}");
    }

    private static void administration(HttpExchange exchange) throws IOException {
        boolean trusted = ("Bearer " + System.getenv("MEMOIR_DELIVERY_TOKEN"))
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        journal(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + " " + trusted + " "
                + exchange.getRequestHeaders().get("X-Memoir-Administrator"));
        answer(exchange, 200, "{\"people\":[]}");
    }

    private static void event(HttpExchange exchange) throws IOException {
        String type = exchange.getRequestHeaders().getFirst("ce-type");
        String subject = exchange.getRequestHeaders().getFirst("ce-subject");
        String trace = exchange.getRequestHeaders().getFirst("traceparent");
        String token = exchange.getRequestHeaders().getFirst("Authorization");
        boolean trusted = ("Bearer " + System.getenv("MEMOIR_DELIVERY_TOKEN")).equals(token);
        journal(type + " " + subject + " " + trace);
        exchange.getRequestBody().readAllBytes();
        if (!trusted) {
            answer(exchange, 401, "who are you?");
        } else if (subject.contains("fail") && !Files.exists(Path.of("mended"))) {
            answer(exchange, 500, "the disk of " + NAME + " is full");
        } else if (subject.contains("unknown") && !Files.exists(Path.of("mended"))) {
            answer(exchange, 404, "");
        } else if (subject.contains("crash") && !Files.exists(Path.of("mended"))) {
            Runtime.getRuntime().halt(9);
        } else {
            if (subject.contains("slow")) {
                pause(Duration.ofMillis(500));
            }
            done(exchange, subject);
        }
        journal("done " + subject);
    }

    private static void done(HttpExchange exchange, String subject) throws IOException {
        if (!NAME.equals("postprocessor")) {
            answer(exchange, 204, "");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.set("ce-specversion", "1.0");
        headers.set("ce-type", "dev.memoir.asset.previewed");
        headers.set("ce-id", "answer-" + System.nanoTime());
        headers.set("ce-source", "postprocessor");
        headers.set("ce-subject", "asset-of-" + subject);
        headers.set("Content-Type", "application/json");
        answer(exchange, 200, "{\"sha256\":\"" + "a".repeat(64) + "\",\"analysisKey\":\"k\",\"again\":false}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void journal(String line) throws IOException {
        Files.writeString(JOURNAL, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
