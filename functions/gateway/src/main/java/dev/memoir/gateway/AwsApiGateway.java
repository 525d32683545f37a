package dev.memoir.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/**
 * An HTTP API of Amazon API Gateway as an OpenAPI 3.0 document with its extensions, for {@code aws apigatewayv2 import-api}. How
 * often somebody may ask is a setting of its stages, and there only for all together; behind it stands the runner, which
 * counts for each person.
 */
public final class AwsApiGateway {
    /** The most that an HTTP API waits for what is behind it. */
    private static final long TIMEOUT_MILLIS = 30_000;

    private static final String ISSUER = "issuer";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AwsApiGateway() {}

    /** @throws IllegalArgumentException when it is told groups, which its JWT authorizer can't look at */
    public static ObjectNode definition(Gate gate) {
        if (!gate.groups().isEmpty()) {
            throw new IllegalArgumentException(
                    "API Gateway's JWT authorizer knows scopes and no groups: have the issuer refuse the others");
        }
        ObjectNode root = JSON.objectNode().put("openapi", "3.0.1");
        root.putObject("info").put("title", "Memoir").put("version", "1");
        ObjectNode paths = root.putObject("paths");
        paths.putObject("/graphql").set("post", operation(gate, "/graphql", "POST", true));
        paths.putObject("/login/config.json").set("get", operation(gate, "/login/config.json", "GET", false));
        for (SharePaths path : SharePaths.ALL) {
            ObjectNode operation = operation(gate, path.path(), path.method(), false);
            for (String name : path.parameters()) {
                operation
                        .withArray("parameters")
                        .addObject()
                        .put("name", name)
                        .put("in", "path")
                        .put("required", true)
                        .putObject("schema")
                        .put("type", "string");
            }
            // The page's own host is this gateway's, and another than the edge's.
            operation
                    .withObject("/x-amazon-apigateway-integration")
                    .putObject("requestParameters")
                    .put("remove:header.origin", "''");
            paths.putObject(path.path()).set(path.method().toLowerCase(Locale.ROOT), operation);
        }
        root.putObject("components").putObject("securitySchemes").set(ISSUER, authorizer(gate.issuer()));
        if (!gate.origins().isEmpty()) {
            ObjectNode cors = root.putObject("x-amazon-apigateway-cors");
            cors.set("allowOrigins", Texts.array(gate.origins()));
            cors.set("allowMethods", Texts.array(List.of("GET", "POST")));
            cors.set("allowHeaders", Texts.array(List.of("authorization", "content-type")));
            cors.set("exposeHeaders", Texts.array(List.of("retry-after", "x-request-id")));
            cors.put("allowCredentials", false).put("maxAge", 3600);
        }
        return root;
    }

    private static ObjectNode operation(Gate gate, String path, String method, boolean known) {
        ObjectNode operation = JSON.objectNode();
        if (known) {
            operation.putArray("security").addObject().putArray(ISSUER);
        }
        operation.putObject("responses").putObject("default").put("description", "What the edge answers.");
        operation
                .putObject("x-amazon-apigateway-integration")
                .put("type", "http_proxy")
                .put("httpMethod", method)
                .put("uri", gate.edge() + path)
                .put("connectionType", "INTERNET")
                .put("payloadFormatVersion", "1.0")
                .put("timeoutInMillis", TIMEOUT_MILLIS);
        return operation;
    }

    /** It finds the issuer's keys by discovery itself. */
    private static ObjectNode authorizer(Gate.Issuer issuer) {
        ObjectNode scheme = JSON.objectNode().put("type", "oauth2");
        scheme.putObject("flows");
        ObjectNode authorizer = scheme.putObject("x-amazon-apigateway-authorizer")
                .put("type", "jwt")
                .put("identitySource", "$request.header.Authorization");
        authorizer
                .putObject("jwtConfiguration")
                .put("issuer", issuer.name())
                .set("audience", Texts.array(List.of(issuer.audience())));
        return scheme;
    }
}
