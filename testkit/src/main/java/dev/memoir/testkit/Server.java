package dev.memoir.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that serves a port until its standard input closes: by {@link #stop}, or because this JVM ended, even by
 * {@code kill -9}.
 */
final class Server {
    /** Becomes the program itself; a child of it waits for the end of standard input and then signals it. */
    private static final String SCRIPT =
            "exec 3<&0; (cat <&3 >/dev/null; kill -$0 $$ 2>/dev/null) & exec \"$@\" 3<&- </dev/null";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path log;

    private Server(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * @param signal what ends it in good order: TERM, INT
     * @param port answers once it serves
     */
    static Server start(
            String name, String signal, int port, Path folder, Map<String, String> environment, List<String> program) {
        return start(name, signal, port, folder, environment, program, START_LIMIT);
    }

    /** @param limit for one that takes long to serve */
    static Server start(
            String name,
            String signal,
            int port,
            Path folder,
            Map<String, String> environment,
            List<String> program,
            Duration limit) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, signal));
        command.addAll(program);
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            Server server = new Server(name, builder.start(), log);
            server.awaitPort(port, limit);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be started: " + command, e);
        }
    }

    private void awaitPort(int port, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (!listens(port)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                kill();
                throw new IllegalStateException(name + " did not serve port " + port + ". It said:\n" + said());
            }
            pause();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "(its log " + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    long pid() {
        return process.pid();
    }

    void stop() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /** As {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            process.getOutputStream().close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // its watcher has gone with it
        }
    }
}
