package dev.memoir.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A TCP port that was free on 127.0.0.1 a moment ago. Below those that a system gives to whoever connects (from 32768 on Linux):
 * one of these may be taken by any connection until it is listened on.
 */
public final class FreePort {
    private static final int FIRST = 10_000;
    private static final int END = 20_000;
    private static final int ATTEMPTS = 1000;

    private FreePort() {}

    public static int next() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // another one
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + END + " on 127.0.0.1");
    }
}
