package dev.memoir.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** CloudEvents as they travel: structured JSON in the queue, binary mode over HTTP. */
public final class EventCodec {
    /** The content type of an event in the queue. */
    public static final String JSON = "application/cloudevents+json";

    private static final JsonFormat FORMAT = new JsonFormat();
    private static final String PREFIX = "ce-";

    private EventCodec() {}

    /** An HTTP message: header names in lower case. */
    public record HttpMessage(Map<String, String> headers, byte[] body) {}

    public static byte[] toJson(CloudEvent event) {
        return FORMAT.serialize(event);
    }

    public static CloudEvent ofJson(byte[] json) throws UnreadableEventException {
        try {
            return FORMAT.deserialize(json);
        } catch (RuntimeException e) {
            throw new UnreadableEventException("the message is no CloudEvent in JSON: " + e.getMessage(), e);
        }
    }

    /** Binary mode. Attributes are percent-encoded as the HTTP binding (3.1.3.2) asks: a key may hold an emoji or a line feed. */
    public static HttpMessage toHttp(CloudEvent event) {
        Map<String, String> headers = new LinkedHashMap<>();
        byte[][] body = {new byte[0]};
        HttpMessageFactory.createWriter(
                        (name, value) -> {
                            String lower = name.toLowerCase(Locale.ROOT);
                            headers.put(lower, lower.startsWith(PREFIX) ? PercentEncoding.encode(value) : value);
                        },
                        bytes -> body[0] = bytes == null ? new byte[0] : bytes)
                .writeBinary(event);
        return new HttpMessage(Map.copyOf(headers), body[0]);
    }

    /** @return empty when the message carries no event */
    public static Optional<CloudEvent> ofHttp(Map<String, String> headers, byte[] body)
            throws UnreadableEventException {
        Map<String, String> decoded = new LinkedHashMap<>();
        headers.forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            decoded.put(lower, lower.startsWith(PREFIX) ? PercentEncoding.decode(value) : value);
        });
        boolean structured = decoded.getOrDefault("content-type", "").startsWith(JSON);
        if (!structured && !decoded.containsKey(PREFIX + "type")) {
            return Optional.empty();
        }
        try {
            return Optional.of(HttpMessageFactory.createReader(decoded, body).toEvent());
        } catch (RuntimeException e) {
            throw new UnreadableEventException("the HTTP message is no CloudEvent: " + e.getMessage(), e);
        }
    }

    /** The data of a store's or sweep's event. */
    public static ObjectHint objectHint(CloudEvent event) throws UnreadableEventException {
        return EventJson.read(data(event), ObjectHint.class);
    }

    /** The data of {@link EventTypes#PREVIEWED}. */
    public static AssetPreviewed assetPreviewed(CloudEvent event) throws UnreadableEventException {
        return EventJson.read(data(event), AssetPreviewed.class);
    }

    private static byte[] data(CloudEvent event) throws UnreadableEventException {
        if (event.getData() == null) {
            throw new UnreadableEventException("the event " + event.getType() + " has no data");
        }
        return event.getData().toBytes();
    }

    /** The same event with one more extension, such as {@code traceparent}. */
    public static CloudEvent with(CloudEvent event, String extension, String value) {
        return CloudEventBuilder.from(event).withExtension(extension, value).build();
    }
}
