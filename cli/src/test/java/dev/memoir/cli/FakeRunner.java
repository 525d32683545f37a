package dev.memoir.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Speaks the runner's admin contract and answers GraphQL with what a test says, so that a command's output and exit code can
 * be seen without starting a Memoir. What the real runner does is tested end to end.
 */
final class FakeRunner implements AutoCloseable {
    static final String ADMIN_TOKEN = "admin-token";
    private final HttpServer server;
    private final Process process;
    private final Map<String, Function<Request, Answer>> answers = new ConcurrentHashMap<>();
    final List<Request> requests = new CopyOnWriteArrayList<>();

    record Request(String line, String bearer, String body) {}

    record Answer(int status, String body) {}

    private FakeRunner(Path library, URI storeAddress) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        process = new ProcessBuilder("sleep", "600").start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Files.createDirectories(library.resolve("run"));
        Files.writeString(library.resolve("run/runner.json"), """
                {"pid":%d,"address":"%s","storeAddress":"%s","admin":"%s","adminToken":"%s",
                 "startedAt":"2026-11-22T18:00:00Z"}
                """.formatted(
                        process.pid(), address, storeAddress, address, ADMIN_TOKEN));
        status("{}");
        on("POST /stop", request -> {
            process.destroy();
            return new Answer(202, "");
        });
    }

    static FakeRunner in(Path library) throws IOException {
        return new FakeRunner(library, URI.create("http://127.0.0.1:1"));
    }

    static FakeRunner in(Path library, URI storeAddress) throws IOException {
        return new FakeRunner(library, storeAddress);
    }

    void status(String json) {
        on("GET /status", request -> new Answer(200, json));
    }

    /** @param line method and path with its query */
    void on(String line, Function<Request, Answer> answer) {
        answers.put(line, answer);
    }

    boolean lives() {
        return process.isAlive();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        Request request = new Request(
                exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                authorization == null ? "" : authorization.replace("Bearer ", ""),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        boolean admin = !request.line().endsWith("/graphql");
        Answer answer = admin && !request.bearer().equals(ADMIN_TOKEN)
                ? new Answer(401, "")
                : answers.getOrDefault(request.line(), r -> new Answer(404, "{\"error\":\"no such path\"}"))
                        .apply(request);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        server.stop(0);
    }
}
