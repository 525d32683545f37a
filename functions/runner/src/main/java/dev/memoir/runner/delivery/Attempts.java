package dev.memoir.runner.delivery;

import dev.memoir.events.Streams;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * How often an event's work has failed. JetStream's own count is of no use: it also counts what no function ever saw.
 * Written on failure only, so the usual way costs nothing.
 */
final class Attempts {
    private final KeyValue counts;

    private Attempts(KeyValue counts) {
        this.counts = counts;
    }

    static Attempts open(Connection connection) throws IOException {
        return new Attempts(connection.keyValue(Streams.ATTEMPTS));
    }

    /**
     * @param event its place in the stream, which stays the same when it is delivered again
     * @return the count, this failure included
     */
    int failed(String event) throws IOException, JetStreamApiException {
        KeyValueEntry known = counts.get(event);
        int count = known == null || known.getValue() == null
                ? 1
                : 1 + Integer.parseInt(new String(known.getValue(), StandardCharsets.US_ASCII));
        counts.put(event, Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
        return count;
    }

    void forget(String event) throws IOException, JetStreamApiException {
        counts.purge(event);
    }
}
