package dev.memoir.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.catalog.IngestCatalog;
import dev.memoir.catalog.Schema;
import dev.memoir.identity.TokenIssuer;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.ConfigProvider;
import org.postgresql.ds.PGSimpleDataSource;

/** Asks the function over HTTP, as a person with a token. */
final class Client {
    static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final String token;

    private Client(String token) {
        this.token = token;
    }

    static Client as(String subject) {
        return as(new Claims(subject, Set.of(), Map.of()));
    }

    static Client as(Claims claims) {
        try {
            TokenKeys keys = TokenKeys.in(Path.of(config("test.keys")));
            return new Client(
                    new TokenIssuer(keys, ApiParts.ISSUER, ApiParts.AUDIENCE).issue(claims, Duration.ofMinutes(5)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Client withToken(String token) {
        return new Client(token);
    }

    /** The whole answer: data and errors. */
    JsonNode answer(String query, Object... variables) {
        HttpResponse<String> response = response(query, variables);
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException(response.body(), e);
        }
    }

    /** The data of an answer without errors. */
    JsonNode data(String query, Object... variables) {
        JsonNode answer = answer(query, variables);
        if (answer.has("errors")) {
            throw new AssertionError(answer.toPrettyString());
        }
        return answer.path("data");
    }

    /** The code of an answer's only error. */
    String code(String query, Object... variables) {
        JsonNode answer = answer(query, variables);
        if (answer.path("errors").size() != 1) {
            throw new AssertionError("not one error: " + answer.toPrettyString());
        }
        return answer.at("/errors/0/extensions/code").asText();
    }

    HttpResponse<String> response(String query, Object... variables) {
        Map<String, Object> named = new HashMap<>();
        for (int i = 0; i < variables.length; i += 2) {
            named.put((String) variables[i], variables[i + 1]);
        }
        try {
            return post(JSON.writeValueAsString(Map.of("query", query, "variables", named)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever the body is. */
    HttpResponse<String> post(String body) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + config("quarkus.http.test-port") + "/graphql"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (!token.isEmpty()) {
                request.header("Authorization", "Bearer " + token);
            }
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The ingest side of the same catalog. */
    static IngestCatalog ingest() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(config("quarkus.datasource.jdbc.url"));
        source.setUser(Schema.INGEST);
        source.setPassword(ApiParts.INGEST_PASSWORD);
        return IngestCatalog.over(source);
    }

    static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }
}
