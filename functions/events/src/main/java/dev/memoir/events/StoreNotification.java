package dev.memoir.events;

import java.time.Instant;
import java.util.Optional;

/**
 * What a store said of one key, in no store's dialect.
 *
 * @param change what happened, as far as Memoir cares
 * @param eventName the store's own name for it, without {@code s3:}
 * @param bucket name
 * @param key decoded
 * @param etag without quotes
 * @param size bytes
 * @param sequencer the store's order within a key; never relied on
 */
public record StoreNotification(
        Change change,
        String eventName,
        String bucket,
        String key,
        Optional<String> versionId,
        Optional<String> etag,
        Optional<Long> size,
        Optional<String> sequencer,
        Optional<Instant> time) {

    /** What can happen to a key. */
    public enum Change {
        PUT(EventTypes.PUT),
        POST(EventTypes.POST),
        COPY(EventTypes.COPY),
        MULTIPART(EventTypes.MULTIPART),
        DELETE(EventTypes.DELETE),
        DELETE_MARKER(EventTypes.DELETE_MARKER);

        private final String type;

        Change(String type) {
            this.type = type;
        }

        /** The CloudEvents type. */
        public String type() {
            return type;
        }

        /** Which change a store's event name means; empty for what changes no content (reads, tags, tests). */
        static Optional<Change> named(String eventName) {
            for (Change change : values()) {
                if (change.type.equals(EventTypes.STORE_PREFIX + eventName)) {
                    return Optional.of(change);
                }
            }
            if (eventName.startsWith("ObjectCreated:")) {
                return Optional.of(PUT);
            }
            boolean removed = eventName.startsWith("ObjectRemoved:")
                    || eventName.startsWith("LifecycleExpiration:")
                    || eventName.startsWith("ObjectLifecycle:Expiration:");
            return removed ? Optional.of(DELETE) : Optional.empty();
        }
    }
}
