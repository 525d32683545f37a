package dev.memoir.events;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Events about keys, by the CNCF's S3 adapter (cloudevents/spec, adapters/aws-s3) but for two attributes: the source is the
 * bucket alone, and the id is a hash, since a request's id is shared by all keys of a bulk removal.
 */
public final class ObjectEvents {
    private ObjectEvents() {}

    /** What a store said. */
    public static CloudEvent of(StoreNotification said) {
        CloudEventBuilder event = event(
                said.change().type(),
                said.eventName(),
                new ObjectHint(said.bucket(), said.key(), said.versionId(), said.etag(), said.size()),
                said.sequencer());
        said.time().ifPresent(time -> event.withTime(time.atOffset(ZoneOffset.UTC)));
        return event.build();
    }

    /** What a sweep found. */
    public static CloudEvent swept(ObjectHint hint) {
        return event(EventTypes.SWEPT, EventTypes.SWEPT, hint, Optional.empty()).build();
    }

    private static CloudEventBuilder event(String type, String eventName, ObjectHint hint, Optional<String> sequencer) {
        return CloudEventBuilder.v1()
                .withId(id(eventName, hint, sequencer))
                .withSource(URI.create(hint.bucket()))
                .withType(type)
                .withSubject(hint.key())
                .withData("application/json", EventJson.write(hint));
    }

    private static String id(String eventName, ObjectHint hint, Optional<String> sequencer) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {
                hint.bucket(),
                hint.key(),
                hint.versionId().orElse(""),
                hint.etag().orElse(""),
                sequencer.orElse(""),
                eventName
            }) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) ':');
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
