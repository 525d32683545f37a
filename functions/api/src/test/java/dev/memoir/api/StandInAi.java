package dev.memoir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.memoir.media.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** The AI function as the API meets it: pages through an order that a test says. */
final class StandInAi implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<JsonNode> ASKED = new CopyOnWriteArrayList<>();
    private static volatile List<String> order = List.of();
    private static volatile int status = 200;

    private final HttpServer server;

    StandInAi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/words", StandInAi::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/words";
    }

    /** From now on, and nobody has asked yet. */
    static void says(int answered, List<String> places) {
        ASKED.clear();
        status = answered;
        order = List.copyOf(places);
    }

    static List<JsonNode> asked() {
        return ASKED;
    }

    /** An asset's place in the order, the higher the number the farther. */
    static String place(Sha256 asset, int number) {
        return asset.hex() + "%08x".formatted(Float.floatToIntBits(1f / (number + 1)));
    }

    private static void answer(HttpExchange exchange) throws IOException {
        JsonNode asked = JSON.readTree(exchange.getRequestBody().readAllBytes());
        ASKED.add(asked);
        boolean known = ("Bearer " + ApiParts.DELIVERY_TOKEN)
                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        int from = asked.has("after") ? order.indexOf(asked.path("after").asText()) + 1 : 0;
        int to = Math.min(order.size(), from + asked.path("most").asInt());
        byte[] body = JSON.writeValueAsString(Map.of("places", order.subList(from, to)))
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? status : 401, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
