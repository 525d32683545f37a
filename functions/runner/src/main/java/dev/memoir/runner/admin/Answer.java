package dev.memoir.runner.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoir.runner.metrics.Exposition;

/** What a call of the admin API is told, with an HTTP status: JSON, but for metrics. */
record Answer(int status, String contentType, String body) {
    static final ObjectMapper JSON = new ObjectMapper();

    static Answer of(int status, JsonNode body) {
        return new Answer(status, "application/json", body.toString());
    }

    static Answer ok(JsonNode body) {
        return of(200, body);
    }

    static Answer ok(Exposition metrics) {
        return new Answer(200, Exposition.CONTENT_TYPE, metrics.toString());
    }

    static Answer error(int status, String message) {
        return of(status, JSON.createObjectNode().put("error", message));
    }
}
