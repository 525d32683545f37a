package dev.memoir.runner.delivery;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullRequestOptions;
import io.nats.client.PullSubscribeOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * One durable consumer, from which messages are asked for one at a time. What comes later than it was waited for stays
 * in the box, so that none is left to be delivered again half a minute later.
 */
final class Mailbox implements AutoCloseable {
    private static final Duration ROUND_TRIP = Duration.ofSeconds(5);

    private final JetStreamSubscription subscription;

    private Mailbox(JetStreamSubscription subscription) {
        this.subscription = subscription;
    }

    /** The consumer must exist. */
    static Mailbox open(Connection connection, String stream, String consumer)
            throws IOException, JetStreamApiException {
        return new Mailbox(connection.jetStream().subscribe(null, PullSubscribeOptions.bind(stream, consumer)));
    }

    /** A message if one waits. */
    Optional<Message> look() throws InterruptedException {
        return ask(PullRequestOptions.noWait(1).build(), ROUND_TRIP);
    }

    /** The next message; empty when none came within {@code wait}. */
    Optional<Message> await(Duration wait) throws InterruptedException {
        return ask(PullRequestOptions.builder(1).expiresIn(wait).build(), wait.plus(ROUND_TRIP));
    }

    private Optional<Message> ask(PullRequestOptions request, Duration patience) throws InterruptedException {
        Message late = subscription.nextMessage(Duration.ofMillis(1));
        if (late != null) {
            return Optional.of(late);
        }
        subscription.pull(request);
        return Optional.ofNullable(subscription.nextMessage(patience));
    }

    @Override
    public void close() {
        if (subscription.isActive()) {
            subscription.unsubscribe();
        }
    }
}
