package dev.memoir.ai.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** An HTTP server that says what it was told to say, in turn, and remembers what it was asked. */
public final class StandIn implements AutoCloseable {
    /** @param headers by their names in small letters */
    public record Asked(String path, Map<String, String> headers, String body) {}

    private record Said(int status, String body) {}

    private final HttpServer server;
    private final Deque<Said> next = new ArrayDeque<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    public StandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    public synchronized StandIn says(int status, String body) {
        next.add(new Said(status, body));
        return this;
    }

    public List<Asked> asked() {
        return asked;
    }

    private synchronized Said said() {
        return next.poll();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().entrySet().stream()
                        .collect(Collectors.toMap(
                                h -> h.getKey().toLowerCase(java.util.Locale.ROOT),
                                h -> String.join(",", h.getValue()))),
                body));
        Said said = said();
        if (said == null) {
            // It never answers.
            return;
        }
        byte[] bytes = said.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(said.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
