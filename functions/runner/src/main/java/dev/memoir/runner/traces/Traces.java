package dev.memoir.runner.traces;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the way of each event, from the store's notification to the last function's answer. An event carries its place in it as
 * {@code traceparent} (W3C Trace Context), whether anybody collects or not.
 */
public interface Traces extends AutoCloseable {
    /** What a step is of: one from the queue, or a request to a function. */
    enum Kind {
        CONSUMER,
        CLIENT
    }

    /** A span that has begun; closed, it has ended. */
    interface Step extends AutoCloseable {
        /** What is carried on by whatever comes of this step. */
        String traceparent();

        /** @param name after OpenTelemetry's semantic conventions where these have one */
        void note(String name, String value);

        void note(String name, long value);

        void note(String name, boolean value);

        /** @param why without anything about a person or their pictures */
        void failed(String why);

        @Override
        void close();
    }

    /**
     * @param parent the {@code traceparent} of what led to it; without one a trace begins
     * @param notes that are known from the start
     */
    Step begin(String name, Kind kind, Optional<String> parent, Map<String, String> notes);

    /** Sends what is left. */
    @Override
    void close();

    /** Nobody collects: events only carry on what they came with. */
    static Traces none() {
        return new Untold();
    }

    /**
     * @param collector takes OTLP by HTTP, such as {@code http://collector:4318}
     */
    static Traces to(URI collector) {
        return new OpenTelemetryTraces(collector);
    }

    /** @param collector as for {@link #to}; empty when nobody collects */
    static Traces to(Optional<URI> collector) {
        return collector.map(Traces::to).orElseGet(Traces::none);
    }
}
