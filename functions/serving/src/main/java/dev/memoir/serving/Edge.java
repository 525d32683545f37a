package dev.memoir.serving;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers {@code GET /ready} as soon as the function serves, and lets everything else in only with the delivery token: a
 * function trusts nobody on the network, and Funqy takes events on any path, in several shapes. GraphQL requests carry a
 * person's token instead, which the API checks itself; nothing that could be taken for an event passes as one of them.
 */
@ApplicationScoped
public class Edge {
    static final String READY = "/ready";
    private static final String GRAPHQL = "/graphql";
    static final int BEFORE_EVERY_ROUTE = 1000;

    private final Optional<byte[]> delivery;

    public Edge(@ConfigProperty(name = "memoir.delivery.token") Optional<String> token) {
        this.delivery = token.map(t -> ("Bearer " + t).getBytes(StandardCharsets.UTF_8));
    }

    void ready(@Observes Router router) {
        router.get(READY)
                .handler(context -> context.response().setStatusCode(204).end());
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERY_ROUTE);
    }

    private void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isOpen(request) || mayDeliver(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
        } else {
            context.response().setStatusCode(401).end("the delivery token is missing or wrong");
        }
    }

    private static boolean isOpen(HttpServerRequest request) {
        String path = request.path();
        if (path.equals(READY) && request.method() == HttpMethod.GET) {
            return true;
        }
        return (path.equals(GRAPHQL) || path.startsWith(GRAPHQL + "/")) && !mayBeAnEvent(request);
    }

    /** The binary mode of the CloudEvents HTTP binding has headers, the structured and the batched mode a media type. */
    private static boolean mayBeAnEvent(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean typed = type != null && type.toLowerCase(Locale.ROOT).contains("cloudevents");
        return typed
                || request.headers().names().stream()
                        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("ce-"));
    }

    /** Without a configured token nobody may deliver. */
    private boolean mayDeliver(String authorization) {
        return authorization != null
                && delivery.map(d -> MessageDigest.isEqual(d, authorization.getBytes(StandardCharsets.UTF_8)))
                        .orElse(false);
    }
}
