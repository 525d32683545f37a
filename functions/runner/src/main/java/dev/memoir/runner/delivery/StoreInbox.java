package dev.memoir.runner.delivery;

import dev.memoir.events.EventPublisher;
import dev.memoir.events.Lane;
import dev.memoir.events.Notifications;
import dev.memoir.events.ObjectEvents;
import dev.memoir.events.StoreNotification;
import dev.memoir.events.Subjects;
import dev.memoir.events.UnreadableEventException;
import dev.memoir.runner.metrics.Metrics;
import dev.memoir.runner.traces.Traces;
import dev.memoir.store.Keys;
import dev.memoir.store.MediaStore;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Turns what the store published into work: one event per key that a person may have added, changed or removed. What
 * Memoir wrote itself ends here, before anything wakes for it.
 */
final class StoreInbox {
    private static final String SENDER = "store";

    private final EventPublisher publisher;
    private final DeadLetters dead;
    private final Metrics metrics;
    private final Traces traces;
    private final String originals;
    private final Troubles troubles;

    /** @param originals the only bucket whose events are work */
    StoreInbox(EventPublisher publisher, DeadLetters dead, String originals, Delivery.Observers observers) {
        this.publisher = publisher;
        this.dead = dead;
        this.metrics = observers.metrics();
        this.traces = observers.traces();
        this.originals = originals;
        this.troubles = observers.troubles();
    }

    void take(Message message) {
        try {
            for (StoreNotification said : Notifications.read(message.getData())) {
                if (isWork(said)) {
                    announce(said);
                    troubles.clear("queue");
                }
            }
            message.ack();
        } catch (UnreadableEventException e) {
            bury(message, e.getMessage());
        } catch (IOException | IllegalStateException e) {
            // the notification comes again by itself
            troubles.report("queue", "the queue does not take new work: " + e.getMessage());
        }
    }

    private void announce(StoreNotification said) throws IOException {
        try (Traces.Step step = traces.begin("notice", Traces.Kind.CONSUMER, Optional.empty())) {
            publisher.publish(Lane.NEW, Subjects.OBJECT, step.carriedBy(ObjectEvents.of(said)));
        }
    }

    private boolean isWork(StoreNotification said) {
        return said.bucket().equals(originals)
                && Keys.kind(said.key()).isGiven()
                // A store that keeps files has folded such a key into another, which the next sweep finds where it
                // lies.
                && MediaStore.refusal(said.key()).isEmpty();
    }

    private void bury(Message message, String reason) {
        try {
            dead.add(SENDER, message.getSubject(), message.getData(), reason, 0, Instant.now());
            message.ack();
            metrics.deadLetter(SENDER);
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            troubles.report("queue", "the queue does not take a dead letter: " + e.getMessage());
        }
    }
}
