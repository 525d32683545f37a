package dev.memoir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.catalog.EditsJson;
import dev.memoir.media.Edits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/**
 * What an edit of one item changed and what it said before, as a text for the client. It is no secret and gives no right: whoever
 * hands it in edits with it as with any other edit.
 */
record UndoToken(UUID item, Set<Edits.Field> fields, Edits before) {
    private static final JsonMapper JSON = new JsonMapper();

    static UndoToken of(UUID item, Edits before, Edits after) {
        Set<Edits.Field> fields = before.differing(after);
        return new UndoToken(item, fields, Edits.NONE.with(before, fields));
    }

    String text() {
        ObjectNode json = JSON.createObjectNode().put("item", item.toString());
        fields.forEach(field -> json.withArray("fields").add(field.name()));
        json.put("before", EditsJson.write(before));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static UndoToken parse(String text) {
        try {
            JsonNode json = JSON.readTree(Base64.getUrlDecoder().decode(text));
            Set<Edits.Field> fields = EnumSet.noneOf(Edits.Field.class);
            json.path("fields").forEach(field -> fields.add(Edits.Field.valueOf(field.asText())));
            return new UndoToken(
                    UUID.fromString(json.path("item").asText()),
                    fields,
                    EditsJson.read(json.path("before").asText()));
        } catch (IOException | IllegalArgumentException e) {
            throw new Problem.BadInput("undo: not what editAssets or undoEdits gave");
        }
    }
}
