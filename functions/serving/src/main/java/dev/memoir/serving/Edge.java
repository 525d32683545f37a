package dev.memoir.serving;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Answers {@code GET /ready} as soon as the function serves, and lets an event in only with the delivery token: a
 * function trusts nobody on the network. GraphQL requests carry a person's token instead, which the API checks itself.
 */
@ApplicationScoped
public class Edge {
    private final Optional<byte[]> delivery;

    public Edge(@ConfigProperty(name = "memoir.delivery.token") Optional<String> token) {
        this.delivery = token.map(t -> ("Bearer " + t).getBytes(StandardCharsets.UTF_8));
    }

    void ready(@Observes Router router) {
        router.get("/ready")
                .handler(context -> context.response().setStatusCode(204).end());
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, 1000);
    }

    private void check(RoutingContext context) {
        boolean event = context.request().getHeader("ce-type") != null
                || context.request().path().equals("/");
        if (!event || mayDeliver(context.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            context.next();
        } else {
            context.response().setStatusCode(401).end("the delivery token is missing or wrong");
        }
    }

    /** Without a configured token nobody may deliver. */
    private boolean mayDeliver(String authorization) {
        return authorization != null
                && delivery.map(d -> MessageDigest.isEqual(d, authorization.getBytes(StandardCharsets.UTF_8)))
                        .orElse(false);
    }
}
