package dev.memoir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.media.Scope;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks GraphQL as a person. The first question wakes the API and the database. */
final class GraphQlClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TOKEN_VALIDITY = Duration.ofHours(1);
    private final URI address;
    private final String token;

    private GraphQlClient(URI address, String token) {
        this.address = address;
        this.token = token;
    }

    static GraphQlClient as(String user, RunnerClient runner) {
        return new GraphQlClient(
                URI.create(runner.runner().addressHere() + "/graphql"),
                runner.token(user, TOKEN_VALIDITY, Optional.empty(), Scope.ADMIN));
    }

    /** As {@code user}, with the rights that they have in this house. */
    static GraphQlClient as(Memoir memoir, String user) {
        return new GraphQlClient(
                URI.create(memoir.runner().runner().addressHere() + "/graphql"),
                HousePeople.token(memoir, user, TOKEN_VALIDITY, Scope.ADMIN));
    }

    /**
     * With an API key.
     *
     * @param address of a Memoir, here or elsewhere
     */
    static GraphQlClient with(String key, URI address) {
        return new GraphQlClient(address.resolve("/graphql"), key);
    }

    /**
     * @param data null where there is none
     * @param errors their messages, with the path they belong to
     */
    record Answer(JsonNode data, List<String> errors) {}

    Answer ask(String query, JsonNode variables) {
        ObjectNode request = Json.object();
        request.put("query", query);
        request.set("variables", variables);
        try {
            Http.Answer answer = Http.send("POST", address, token, Optional.of(Json.write(request)), TIMEOUT);
            if (!answer.ok()) {
                throw Failure.failed(
                        "GraphQL answered " + answer.status() + ": "
                                + answer.body().strip(),
                        answer.status() == 401
                                ? "A key may be wrong, over or revoked: ./memoir apikey list, where that Memoir runs."
                                : "See ./memoir logs api");
            }
            JsonNode body = Json.parse(answer.body());
            List<String> errors = new ArrayList<>();
            for (JsonNode error : body.path("errors")) {
                String path = error.path("path").isArray() ? " (at " + path(error.path("path")) + ")" : "";
                errors.add(error.path("message").asText() + path);
            }
            return new Answer(body.path("data"), errors);
        } catch (IOException e) {
            throw Failure.failed("GraphQL at " + address + " did not answer: " + e, "See ./memoir logs api", e);
        }
    }

    /**
     * The data of an answer without errors.
     *
     * @param advice what to do about errors
     */
    JsonNode data(String query, JsonNode variables, String advice) {
        Answer answer = ask(query, variables);
        if (!answer.errors().isEmpty()) {
            throw Failure.failed(String.join(" ", answer.errors()), advice);
        }
        return answer.data();
    }

    private static String path(JsonNode path) {
        List<String> steps = new ArrayList<>();
        path.forEach(step -> steps.add(step.asText()));
        return String.join(".", steps);
    }
}
