package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What a call of the admin API is told: JSON with an HTTP status. */
record Answer(int status, JsonNode body) {
    static final ObjectMapper JSON = new ObjectMapper();

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer error(int status, String message) {
        return new Answer(status, JSON.createObjectNode().put("error", message));
    }
}
