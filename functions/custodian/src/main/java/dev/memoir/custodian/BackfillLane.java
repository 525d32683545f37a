package dev.memoir.custodian;

import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.Streams;
import dev.memoir.events.Subjects;
import io.cloudevents.CloudEvent;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * The backfill lane of the queue, never filled far beyond what functions get done: a sweep of a million keys waits for
 * them instead of writing a million events to disk.
 */
final class BackfillLane implements Outbox {
    /** Some minutes of work for the functions. */
    static final long DEEPEST = 2_000;

    private static final int LOOK_EVERY = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final EventPublisher publisher;
    private final JetStreamManagement queue;
    private final Duration patience;
    private int sinceLook;

    /** @param patience how long to wait while the queue gets no shorter */
    BackfillLane(Connection connection, Duration patience) throws IOException {
        this.publisher = new EventPublisher(connection);
        this.queue = connection.jetStreamManagement();
        this.patience = patience;
    }

    /** The functions get nothing done. */
    static final class Stuck extends IOException {
        Stuck(long waiting, Duration patience) {
            super(waiting + " events wait and in " + patience.toMinutes() + " minutes their number did not go down");
        }
    }

    @Override
    public void put(String kind, CloudEvent event) throws IOException, InterruptedException {
        if (sinceLook++ % LOOK_EVERY == 0) {
            awaitRoom(Subjects.work(Lane.BACKFILL, kind));
        }
        publisher.publish(Lane.BACKFILL, kind, event);
    }

    private void awaitRoom(String subject) throws IOException, InterruptedException {
        long least = waiting(subject);
        Instant lastGain = Instant.now();
        for (long now = least; now >= DEEPEST; now = waiting(subject)) {
            if (now < least) {
                least = now;
                lastGain = Instant.now();
            } else if (Duration.between(lastGain, Instant.now()).compareTo(patience) > 0) {
                throw new Stuck(now, patience);
            }
            Thread.sleep(PAUSE);
        }
    }

    private long waiting(String subject) throws IOException {
        try {
            return queue
                    .getStreamInfo(Streams.WORK, StreamInfoOptions.filterSubjects(subject))
                    .getStreamState()
                    .getSubjects()
                    .stream()
                    .mapToLong(Subject::getCount)
                    .sum();
        } catch (JetStreamApiException e) {
            throw new IOException("the queue did not say how much waits: " + e.getMessage(), e);
        }
    }
}
