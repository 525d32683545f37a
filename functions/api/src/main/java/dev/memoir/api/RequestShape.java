package dev.memoir.api;

import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.exceptions.ParseCancelledException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Refuses a POST whose body is no GraphQL request (graphql-over-http, "JSON Encoding") before anything takes it for one. */
@ApplicationScoped
class RequestShape {
    /** As the server's own limit. */
    private static final int LARGEST_BODY = 1 << 20;

    /** Before the route that answers. */
    private static final int EARLY = -1;

    void routes(@Observes Router router) {
        router.route(HttpMethod.POST, "/graphql")
                .order(EARLY)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .handler(RequestShape::check);
    }

    private static void check(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("application/graphql") && !type.contains("json")) {
            context.next();
            return;
        }
        Optional<String> fault = fault(context);
        if (fault.isEmpty()) {
            context.next();
            return;
        }
        JsonObject error = new JsonObject()
                .put("message", fault.get())
                .put("extensions", new JsonObject().put("code", "BAD_INPUT"));
        context.response()
                .setStatusCode(400)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("errors", new JsonArray().add(error)).encode());
    }

    private static Optional<String> fault(RoutingContext context) {
        Object body;
        try {
            body = context.body().isEmpty()
                    ? null
                    : Json.decodeValue(context.body().buffer());
        } catch (DecodeException e) {
            return Optional.of("the body is not JSON");
        }
        return switch (body) {
            case JsonObject request -> fault(request);
            case JsonArray batch -> Optional.of("several requests in one are not taken: send them one by one");
            case null, default -> Optional.of("the body must be a JSON object with a query");
        };
    }

    private static Optional<String> fault(JsonObject request) {
        if (!(request.getValue("query") instanceof String query) || query.isBlank()) {
            return Optional.of("query: a text is needed");
        }
        for (String name : new String[] {"variables", "extensions"}) {
            Object value = request.getValue(name);
            if (value != null && !(value instanceof JsonObject)) {
                return Optional.of(name + ": must be an object");
            }
        }
        Object operation = request.getValue("operationName");
        if (operation != null && !(operation instanceof String)) {
            return Optional.of("operationName: must be a text");
        }
        return syntaxError(query);
    }

    /** What is too long to be parsed is left to the one who has the limits. */
    private static Optional<String> syntaxError(String query) {
        try {
            Parser.parse(query);
            return Optional.empty();
        } catch (ParseCancelledException tooLong) {
            return Optional.empty();
        } catch (InvalidSyntaxException e) {
            return Optional.of("query: " + e.getMessage());
        }
    }
}
