package dev.memoir.api;

import com.fasterxml.jackson.databind.JsonNode;

/** For tests in other packages: asks who the bearer is. */
public final class Asking {
    private Asking() {}

    public static JsonNode as(String token) {
        return Client.withToken(token).answer("{ instance { subject } }");
    }
}
