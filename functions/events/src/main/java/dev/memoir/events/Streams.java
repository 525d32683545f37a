package dev.memoir.events;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The streams and consumers of the queue. */
public final class Streams {
    /** What stores publish. */
    public static final String STORE = "MEMOIR_STORE";

    /** What functions have to do. */
    public static final String WORK = "MEMOIR_WORK";

    /** What they gave up on; kept until a person decides. */
    public static final String DEAD = "MEMOIR_DEAD";

    /** The consumer of {@link #STORE}. */
    public static final String STORE_CONSUMER = "store";

    /** How often an event's work has failed: a key-value bucket. */
    public static final String ATTEMPTS = "memoir-attempts";

    private static final Duration ACK_WAIT = Duration.ofSeconds(30);
    private static final Duration ATTEMPTS_KEPT = Duration.ofDays(30);
    private static final int NOT_FOUND = 404;

    private Streams() {}

    /** The consumer of {@link #WORK} that feeds a function from a lane, such as {@code postprocessor-new}. */
    public static String consumer(String function, Lane lane) {
        return function + "-" + lane.token();
    }

    /** Makes what is missing and brings the rest to this version's configuration. Messages in them stay. */
    public static void ensure(Connection connection) throws IOException, JetStreamApiException {
        JetStreamManagement queue = connection.jetStreamManagement();
        ensure(queue, stream(STORE, RetentionPolicy.WorkQueue, Subjects.STORE));
        ensure(queue, stream(WORK, RetentionPolicy.WorkQueue, Subjects.WORK + ">"));
        ensure(queue, stream(DEAD, RetentionPolicy.Limits, Subjects.DEAD + ">"));
        queue.addOrUpdateConsumer(STORE, consumer(STORE_CONSUMER, Subjects.STORE));
        for (Lane lane : Lane.values()) {
            queue.addOrUpdateConsumer(
                    WORK, consumer(consumer("postprocessor", lane), Subjects.work(lane, Subjects.OBJECT)));
            queue.addOrUpdateConsumer(WORK, consumer(consumer("ai", lane), Subjects.work(lane, Subjects.PREVIEWED)));
        }
        attempts(connection);
    }

    private static void attempts(Connection connection) throws IOException, JetStreamApiException {
        List<String> known = connection.keyValueManagement().getBucketNames();
        KeyValueConfiguration attempts = KeyValueConfiguration.builder(ATTEMPTS)
                .storageType(StorageType.File)
                .maxHistoryPerKey(1)
                .ttl(ATTEMPTS_KEPT)
                .build();
        if (known.contains(ATTEMPTS)) {
            connection.keyValueManagement().update(attempts);
        } else {
            connection.keyValueManagement().create(attempts);
        }
    }

    private static void ensure(JetStreamManagement queue, StreamConfiguration wanted)
            throws IOException, JetStreamApiException {
        try {
            queue.getStreamInfo(wanted.getName());
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() != NOT_FOUND) {
                throw e;
            }
            queue.addStream(wanted);
            return;
        }
        queue.updateStream(wanted);
    }

    private static StreamConfiguration stream(String name, RetentionPolicy retention, String subject) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subject)
                .retentionPolicy(retention)
                .storageType(StorageType.File)
                .build();
    }

    /** Delivered until it is acknowledged: attempts are counted by the runner, since only it knows which were real. */
    private static ConsumerConfiguration consumer(String name, String subject) {
        return ConsumerConfiguration.builder()
                .durable(name)
                .filterSubject(subject)
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(ACK_WAIT)
                .maxDeliver(-1)
                .build();
    }
}
