package dev.memoir.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.memoir.events.StoreNotification.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SeaweedFS's filer notification (webhook form): paths in the filer, of which the buckets are the folders below
 * {@code /buckets/}. A rename is a removal and a creation.
 */
final class SeaweedEvents {
    private static final String BUCKETS = "/buckets/";

    private SeaweedEvents() {}

    static List<StoreNotification> read(JsonNode message) throws UnreadableEventException {
        JsonNode event = message.path("message_data");
        JsonNode before = event.path("old_entry");
        JsonNode after = event.path("new_entry");
        String path = Fields.text(message.path("key"))
                .orElseThrow(() -> new UnreadableEventException("a SeaweedFS event names no key"));
        String renamedTo = event.path("new_parent_path").asText() + "/"
                + after.path("name").asText();
        List<StoreNotification> read = new ArrayList<>();
        switch (message.path("event_type").asText()) {
            case "create", "update" -> add(read, Change.PUT, path, after);
            case "delete" -> add(read, Change.DELETE, path, before);
            case "rename" -> {
                add(read, Change.DELETE, path, before);
                add(read, Change.PUT, renamedTo, after);
            }
            default -> throw new UnreadableEventException("a SeaweedFS event of an unknown type");
        }
        return List.copyOf(read);
    }

    private static void add(List<StoreNotification> read, Change change, String path, JsonNode entry)
            throws UnreadableEventException {
        int end = path.indexOf('/', BUCKETS.length());
        if (!path.startsWith(BUCKETS) || end < 0 || entry.path("is_directory").asBoolean()) {
            return;
        }
        String key = path.substring(end + 1);
        if (key.isEmpty() || key.startsWith(".uploads/")) {
            return;
        }
        boolean put = change == Change.PUT;
        JsonNode size = entry.path("attributes").path("file_size");
        read.add(new StoreNotification(
                change,
                change.type().substring(EventTypes.STORE_PREFIX.length()),
                Fields.bucket(TextNode.valueOf(path.substring(BUCKETS.length(), end))),
                key,
                Optional.empty(),
                Optional.empty(),
                put ? Fields.size(size) : Optional.empty(),
                Fields.text(entry.path("attributes").path("mtime")),
                Optional.empty()));
    }
}
