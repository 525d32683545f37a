package dev.memoir.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** A program in the runner's place, to see how it is started: it serves, or refuses with {@code --set mode=refuse}. */
public final class StandInRunner {
    private StandInRunner() {}

    public static void main(String[] arguments) throws IOException {
        List<String> given = List.of(arguments);
        if (given.contains("mode=refuse")) {
            System.out.println("2026-11-22 19:00:00.123 SEVERE port 7700 is taken by another program");
            System.exit(2);
        }
        System.out.println("started with " + given);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/status", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes());
            exchange.close();
        });
        server.createContext("/stop", exchange -> {
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
            Runtime.getRuntime().halt(0);
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        Path run = Files.createDirectories(Path.of(given.get(given.indexOf("--data") + 1), "run"));
        Path file = Files.writeString(
                run.resolve("new.json"), """
                {"pid":%d,"address":"%s","storeAddress":"%s","admin":"%s","adminToken":"t"}""".formatted(ProcessHandle.current().pid(), address, address, address));
        Files.move(file, run.resolve("runner.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
