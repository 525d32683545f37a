package dev.memoir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One HTTP exchange with a JSON body each way. On {@link HttpURLConnection}, which is loaded in a few milliseconds: a
 * command that only asks for the status should not take longer to start than to answer.
 */
final class Http {
    private static final int CONNECT_MILLIS = 3_000;

    private Http() {}

    /** @param status of the answer, 100 to 599 */
    record Answer(int status, String body) {
        boolean ok() {
            return status / 100 == 2;
        }
    }

    /** @throws IOException when no answer came within the timeout */
    static Answer send(String method, URI address, String bearer, Optional<String> json, Duration timeout)
            throws IOException {
        return send(method, address, Optional.of(bearer), json, timeout);
    }

    /** Asks somebody whom we prove nothing to. */
    static Answer get(URI address, Duration timeout) throws IOException {
        return send("GET", address, Optional.empty(), Optional.empty(), timeout);
    }

    private static Answer send(
            String method, URI address, Optional<String> bearer, Optional<String> json, Duration timeout)
            throws IOException {
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(Math.toIntExact(timeout.toMillis()));
        // What proves who asks is for that address alone.
        connection.setInstanceFollowRedirects(bearer.isEmpty());
        bearer.ifPresent(token -> connection.setRequestProperty("Authorization", "Bearer " + token));
        connection.setRequestProperty("Accept", "application/json");
        if (json.isPresent()) {
            byte[] body = json.get().getBytes(StandardCharsets.UTF_8);
            connection.setDoOutput(true);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setFixedLengthStreamingMode(body.length);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
        }
        int status = connection.getResponseCode();
        try (InputStream in = status >= 400 ? connection.getErrorStream() : connection.getInputStream()) {
            return new Answer(status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
