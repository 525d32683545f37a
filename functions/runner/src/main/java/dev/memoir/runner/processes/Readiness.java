package dev.memoir.runner.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks a program that has just been started, every few milliseconds, whether it serves yet. */
public final class Readiness {
    private static final int PAUSE_MS = 4;
    private static final int ANSWER_MS = 5_000;

    private Readiness() {}

    /**
     * Waits for a 2xx answer to {@code GET path} on a loopback port.
     *
     * @throws IOException when the program ends first or the time is over, with what it last printed
     */
    public static void http(Child child, int port, String path, Duration limit)
            throws IOException, InterruptedException {
        await(child, limit, () -> answersWell(port, path));
    }

    /** Waits until something listens on a loopback port. */
    public static void port(Child child, int port, Duration limit) throws IOException, InterruptedException {
        await(child, limit, () -> {
            try (Socket socket = connect(port)) {
                return socket.isConnected();
            }
        });
    }

    /** What tells that a program serves; an {@link IOException} means "not yet". */
    public interface Probe {
        boolean serves() throws IOException;
    }

    /** Waits for any sign of life. */
    public static void await(Child child, Duration limit, Probe probe) throws IOException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!serves(probe)) {
            if (!child.alive()) {
                throw new IOException(child.name() + " ended while starting: " + child.lastWords() + " (more in "
                        + child.log() + ")");
            }
            if (System.nanoTime() > end) {
                throw new IOException(child.name() + " did not serve within " + limit.toSeconds() + " s: "
                        + child.lastWords() + " (more in " + child.log() + ")");
            }
            Thread.sleep(PAUSE_MS);
        }
    }

    private static boolean serves(Probe probe) {
        try {
            return probe.serves();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), ANSWER_MS);
            socket.setSoTimeout(ANSWER_MS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static boolean answersWell(int port, String path) throws IOException {
        try (Socket socket = connect(port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 2".length());
            return new String(status, StandardCharsets.US_ASCII).startsWith("HTTP/1.1 2");
        }
    }
}
