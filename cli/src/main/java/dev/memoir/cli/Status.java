package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the runner says of itself; asking wakes nothing.
 *
 * @param json as it was sent
 */
record Status(JsonNode json) {
    static final String ASLEEP = "asleep";
    static final String UNDECIDED = "undecided";

    /** Function → {@code asleep}, {@code waking}, {@code awake} or {@code crashed}. */
    Map<String, String> functions() {
        Map<String, String> states = new LinkedHashMap<>();
        json.path("functions")
                .properties()
                .forEach(f -> states.put(f.getKey(), f.getValue().path("state").asText()));
        return states;
    }

    String database() {
        return json.path("database").path("state").asText(ASLEEP);
    }

    /** Nothing that people's photos need runs; a rehearsal may keep the database awake. */
    boolean allAsleep() {
        return functions().values().stream().allMatch(ASLEEP::equals)
                && (database().equals(ASLEEP) || rehearsal().startsWith("rehearsing"));
    }

    /** {@code off}, {@code waiting}, {@code rehearsing NAME} or {@code done}: fast cold starts are prepared in the background. */
    String rehearsal() {
        return json.path("rehearsal").asText("off");
    }

    /** Whether faces are looked for: {@code on}, {@code off} or {@code undecided}. */
    String faces() {
        return json.path("faces").asText(UNDECIDED);
    }

    /** What does not work at present → the reason. */
    Map<String, String> problems() {
        Map<String, String> problems = new LinkedHashMap<>();
        json.path("problems")
                .properties()
                .forEach(p -> problems.put(p.getKey(), p.getValue().asText()));
        return problems;
    }

    /** Whether the queue answers and has nothing to do. */
    boolean quiet() {
        return !json.path("queue").has("unknown") && queued() == 0;
    }

    /** Events that wait or are being worked on, in all lanes; 0 when the queue does not answer. */
    long queued() {
        return sum(json.path("queue"));
    }

    private static long sum(JsonNode node) {
        if (node.isNumber()) {
            return node.asLong();
        }
        long sum = 0;
        for (JsonNode child : node) {
            sum += sum(child);
        }
        return sum;
    }

    /** Dead letters. */
    long dead() {
        return json.path("dead").asLong();
    }
}
