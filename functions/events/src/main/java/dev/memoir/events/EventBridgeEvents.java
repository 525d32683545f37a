package dev.memoir.events;

import com.fasterxml.jackson.databind.JsonNode;
import dev.memoir.events.StoreNotification.Change;
import java.util.List;
import java.util.Optional;

/** S3 by way of Amazon EventBridge ("EventBridge event message structure" of the S3 user guide). Keys are as they are. */
final class EventBridgeEvents {
    private EventBridgeEvents() {}

    static List<StoreNotification> read(JsonNode message) throws UnreadableEventException {
        JsonNode detail = message.path("detail");
        String reason = detail.path("reason").asText();
        Optional<Change> change = switch (message.path("detail-type").asText()) {
            case "Object Created" ->
                Optional.of(
                        switch (reason) {
                            case "POST Object" -> Change.POST;
                            case "CopyObject" -> Change.COPY;
                            case "CompleteMultipartUpload" -> Change.MULTIPART;
                            default -> Change.PUT;
                        });
            case "Object Deleted" ->
                Optional.of(
                        detail.path("deletion-type").asText().equals("Delete Marker Created")
                                ? Change.DELETE_MARKER
                                : Change.DELETE);
            default -> Optional.empty();
        };
        if (change.isEmpty()) {
            return List.of();
        }
        JsonNode object = detail.path("object");
        String bucket = Fields.bucket(detail.path("bucket").path("name"));
        String key = Fields.text(object.path("key"))
                .orElseThrow(() ->
                        new UnreadableEventException("an EventBridge event of the bucket " + bucket + " names no key"));
        return List.of(new StoreNotification(
                change.get(),
                change.get().type().substring(EventTypes.STORE_PREFIX.length()),
                bucket,
                key,
                Fields.text(object.path("version-id")),
                Fields.etag(object.path("etag")),
                Fields.size(object.path("size")),
                Fields.text(object.path("sequencer")),
                Fields.time(message.path("time"))));
    }
}
