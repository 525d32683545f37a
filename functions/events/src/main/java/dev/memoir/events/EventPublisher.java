package dev.memoir.events;

import io.cloudevents.CloudEvent;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;

/** Puts events in the queue. When a method returns, the queue has stored the event. */
public final class EventPublisher {
    private final JetStream queue;

    public EventPublisher(Connection connection) throws IOException {
        this.queue = connection.jetStream();
    }

    /**
     * No message id is set: the queue must not drop an event because it has seen one like it.
     *
     * @param kind {@link Subjects#OBJECT} or {@link Subjects#PREVIEWED}
     * @throws IOException when the queue is away or didn't say that it has the event
     */
    public void publish(Lane lane, String kind, CloudEvent event) throws IOException {
        String subject = Subjects.work(lane, kind);
        NatsMessage message = NatsMessage.builder()
                .subject(subject)
                .headers(new Headers().put("Content-Type", EventCodec.JSON))
                .data(EventCodec.toJson(event))
                .build();
        try {
            queue.publish(message);
        } catch (JetStreamApiException e) {
            throw new IOException("the queue refused an event on " + subject + ": " + e.getMessage(), e);
        }
    }
}
