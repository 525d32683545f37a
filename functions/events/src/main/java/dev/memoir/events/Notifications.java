package dev.memoir.events;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads what a store publishes: the S3 event message as MinIO, RustFS, versitygw, Ceph and AWS write it (each a little
 * differently), AWS's wrapped in SNS or EventBridge, and SeaweedFS's own. Everything that isn't a change of content
 * (tests, reads, tags, folders) gives nothing.
 */
public final class Notifications {
    /** One record is about 1 KiB; stores send one at a time, AWS up to a few. */
    private static final int LONGEST = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(50).build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Notifications() {}

    /**
     * @param message as it was published
     * @return the changes in it, in its order
     * @throws UnreadableEventException when it is none of the known formats
     */
    public static List<StoreNotification> read(byte[] message) throws UnreadableEventException {
        if (message.length > LONGEST) {
            throw new UnreadableEventException("a message of " + message.length + " bytes is no store's notification");
        }
        return read(parse(message), false);
    }

    private static List<StoreNotification> read(JsonNode message, boolean unwrapped) throws UnreadableEventException {
        if (message.path("Records").isArray()) {
            return S3Records.read(message.path("Records"));
        }
        if (message.path("Event").asText().equals("s3:TestEvent")) {
            return List.of();
        }
        if (message.path("source").asText().equals("aws.s3")
                && message.path("detail").isObject()) {
            return EventBridgeEvents.read(message);
        }
        if (message.has("event_type") && message.has("message_data")) {
            return SeaweedEvents.read(message);
        }
        if (!unwrapped
                && message.path("Type").asText().equals("Notification")
                && message.path("Message").isTextual()) {
            return read(parse(message.path("Message").textValue().getBytes(StandardCharsets.UTF_8)), true);
        }
        throw new UnreadableEventException("the message is of no known store's format");
    }

    private static JsonNode parse(byte[] message) throws UnreadableEventException {
        try (JsonParser parser = JSON.createParser(message)) {
            JsonNode read = JSON.readTree(parser);
            if (read == null || !read.isObject() || parser.nextToken() != null) {
                throw new UnreadableEventException("the message is no JSON object");
            }
            return read;
        } catch (JacksonException e) {
            throw new UnreadableEventException("the message is no JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new UnreadableEventException("the message is no JSON: " + e.getMessage(), e);
        }
    }
}
