package dev.memoir.runner.traces;

import dev.memoir.events.EventCodec;
import io.cloudevents.CloudEvent;
import java.net.URI;
import java.util.Optional;

/**
 * Tells the way of each event, from the store's notification to the last function's answer. An event carries its place in it as
 * {@code traceparent} (W3C Trace Context), whether anybody collects or not.
 */
public interface Traces extends AutoCloseable {
    /** The event's extension and HTTP's header alike. */
    String TRACEPARENT = "traceparent";

    /** What a step is of: one from the queue, or a request to a function. */
    enum Kind {
        CONSUMER,
        CLIENT
    }

    /** A span that has begun; closed, it has ended. */
    interface Step extends AutoCloseable {
        /** What is carried on by whatever comes of this step. */
        String traceparent();

        /** The event, as one that comes of this step. */
        default CloudEvent carriedBy(CloudEvent event) {
            return EventCodec.with(event, TRACEPARENT, traceparent());
        }

        /** @param name after OpenTelemetry's semantic conventions where these have one */
        void note(String name, String value);

        void note(String name, long value);

        void note(String name, boolean value);

        /** @param why without anything about a person or their pictures */
        void failed(String why);

        @Override
        void close();
    }

    /** @param parent the {@code traceparent} of what led to it; without one a trace begins */
    Step begin(String name, Kind kind, Optional<String> parent);

    /** Sends what is left. */
    @Override
    void close();

    /** The {@code traceparent} of an event that has one. */
    static Optional<String> of(CloudEvent event) {
        return Optional.ofNullable(event.getExtension(TRACEPARENT)).map(Object::toString);
    }

    /**
     * @param collector takes OTLP by HTTP, such as {@code http://collector:4318}; without one, events only carry on what they
     *     came with
     */
    static Traces to(Optional<URI> collector) {
        return collector.<Traces>map(OpenTelemetryTraces::new).orElseGet(Untold::new);
    }
}
