package dev.memoir.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Scope;
import java.time.Instant;

/** How keys are written down: JSON, version 1. */
final class ApiKeyFormat {
    private static final String KEY = "memoir.dev/key/v1";

    private ApiKeyFormat() {}

    static byte[] write(ApiKey key) {
        ObjectNode json = HouseFormat.document(KEY)
                .put("id", key.id())
                .put("owner", key.owner())
                .put("name", key.name())
                .put("scope", key.scope().token())
                .put("createdAt", key.createdAt().toString())
                .put("expiresAt", key.expiresAt().toString());
        key.usedAt().ifPresent(at -> json.put("usedAt", at.toString()));
        key.revokedAt().ifPresent(at -> json.put("revokedAt", at.toString()));
        return HouseFormat.bytes(json);
    }

    /** @throws IllegalStateException when it isn't one; the message names the document's key */
    static ApiKey read(String document, byte[] content) {
        JsonNode json = HouseFormat.read(document, content, KEY);
        return new ApiKey(
                json.required("id").asText(),
                json.required("owner").asText(),
                json.required("name").asText(),
                Scope.of(json.required("scope").asText())
                        .orElseThrow(() -> new IllegalStateException(document + " has no scope")),
                HouseFormat.time(json, "createdAt"),
                HouseFormat.time(json, "expiresAt"),
                HouseFormat.text(json, "usedAt").map(Instant::parse),
                HouseFormat.text(json, "revokedAt").map(Instant::parse));
    }
}
