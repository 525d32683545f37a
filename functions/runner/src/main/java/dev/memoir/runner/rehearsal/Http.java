package dev.memoir.runner.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoir.runner.Loop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Small requests, answered by JSON. */
public final class Http {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_S = 60;

    private final HttpClient client;

    public Http(HttpClient client) {
        this.client = client;
    }

    /**
     * @param token empty: nobody in particular asks
     * @return the answer; a missing node when it is no JSON
     */
    JsonNode send(HttpMethod method, URI address, Optional<String> token, Optional<JsonNode> body)
            throws IOException, InterruptedException {
        RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(address.toString());
        token.ifPresent(t -> options.putHeader("Authorization", "Bearer " + t));
        body.ifPresent(b -> options.putHeader("Content-Type", "application/json"));
        Buffer sent = Buffer.buffer(body.map(JsonNode::toString).orElse(""));
        try {
            Buffer answer = client.request(options)
                    .compose(request -> Loop.ask(request, sent, HttpClientResponse::body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_S, TimeUnit.SECONDS);
            return JSON.readTree(answer.getBytes());
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return JSON.missingNode();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(method + " " + address + " was not answered: " + e.getMessage(), e);
        }
    }

    /** Asks a question of an API, with the variables that rehearsed operations may use. */
    JsonNode ask(URI address, String token, String document, Optional<String> operation)
            throws IOException, InterruptedException {
        ObjectNode question = JSON.createObjectNode().put("query", document);
        operation.ifPresent(name -> question.put("operationName", name));
        question.putObject("variables").put("first", 50).putNull("after").put("sha256", "0".repeat(64));
        return send(HttpMethod.POST, address.resolve("/graphql"), Optional.of(token), Optional.of(question));
    }
}
