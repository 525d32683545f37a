package dev.memoir.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memoir.events.StoreNotification.Change;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The S3 event message structure, in the dialects of those who write it. */
final class S3Records {
    private static final String VERSITYGW = "arn:aws:s3:::/";

    private S3Records() {}

    static List<StoreNotification> read(JsonNode records) throws UnreadableEventException {
        List<StoreNotification> read = new ArrayList<>();
        for (JsonNode record : records) {
            record(record).ifPresent(read::add);
        }
        return List.copyOf(read);
    }

    private static Optional<StoreNotification> record(JsonNode record) throws UnreadableEventException {
        String name = record.path("eventName").asText();
        String eventName = name.startsWith("s3:") ? name.substring(3) : name;
        Optional<Change> change = Change.named(eventName);
        if (change.isEmpty()) {
            return Optional.empty();
        }
        JsonNode object = record.path("s3").path("object");
        Optional<String> path = versitygwPath(record);
        String bucket = path.isPresent()
                ? Fields.bucket(TextNode.valueOf(path.get().split("/", 2)[0]))
                : Fields.bucket(record.path("s3").path("bucket").path("name"));
        Optional<String> key = path.isPresent() && !ofManyKeys(eventName)
                ? Optional.of(path.get()
                                .substring(
                                        Math.min(bucket.length() + 1, path.get().length())))
                        .filter(rest -> !rest.isEmpty())
                : key(record, bucket);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        boolean unknownSize = path.isPresent() && change.get() != Change.PUT;
        return Optional.of(new StoreNotification(
                change.get(),
                eventName,
                bucket,
                key.get(),
                Fields.text(object.path("versionId")),
                Fields.etag(object.has("eTag") ? object.path("eTag") : object.path("etag")),
                unknownSize ? Optional.empty() : Fields.size(object.path("size")),
                Fields.text(object.path("sequencer")),
                Fields.time(record.path("eventTime"))));
    }

    /**
     * AWS, MinIO and RustFS write keys as a form does ({@code +} is a space); Ceph and versitygw as they are. An empty
     * key is what versitygw sends for an upload by POST policy: that upload is left to the sweep.
     */
    private static Optional<String> key(JsonNode record, String bucket) throws UnreadableEventException {
        JsonNode field = record.path("s3").path("object").path("key");
        if (!field.isTextual()) {
            throw new UnreadableEventException("a notification of the bucket " + bucket + " names no key");
        }
        String written = field.textValue();
        if (written.isEmpty()) {
            return Optional.empty();
        }
        boolean raw = record.path("eventSource").asText().startsWith("ceph")
                || versitygwPath(record).isPresent();
        try {
            return Optional.of(raw ? written : URLDecoder.decode(written, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new UnreadableEventException(
                    "a key in a notification of the bucket " + bucket + " is not URL-encoded", e);
        }
    }

    /**
     * {@code bucket/key}, when versitygw wrote this. It calls itself aws:s3, as AWS does, but its bucket's ARN starts with a
     * slash. Only the ARN is to be trusted: up to 1.8.0 the bucket's name and a key without slashes still point into the
     * request's buffer when the event is written, and under load the next request has overwritten them. It knows the size of
     * what was put, and writes 0 for everything else.
     */
    private static Optional<String> versitygwPath(JsonNode record) {
        String arn = record.path("s3").path("bucket").path("arn").asText();
        return arn.startsWith(VERSITYGW) ? Optional.of(arn.substring(VERSITYGW.length())) : Optional.empty();
    }

    /** A bulk removal's request names only the bucket; each record has its key from the request's body. */
    private static boolean ofManyKeys(String eventName) {
        return eventName.equals("ObjectRemoved:DeleteObjects");
    }
}
