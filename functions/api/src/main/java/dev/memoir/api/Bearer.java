package dev.memoir.api;

import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.ClaimNames;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import dev.memoir.media.Claims;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Believes nobody without a token, whoever let the request through before: every request to GraphQL carries a bearer
 * token of our issuer, or gets 401.
 */
@ApplicationScoped
public class Bearer {
    private static final String CLAIMS = Claims.class.getName();
    private static final String SCHEME = "Bearer ";

    private final BearerVerifier verifier;
    private final CurrentVertxRequest request;

    @Inject
    public Bearer(
            @ConfigProperty(name = "memoir.jwks") String jwks,
            @ConfigProperty(name = "memoir.issuer") String issuer,
            @ConfigProperty(name = "memoir.audience") String audience,
            @ConfigProperty(name = "memoir.claim.subject") Optional<String> subject,
            @ConfigProperty(name = "memoir.claim.groups") Optional<String> groups,
            @ConfigProperty(name = "memoir.claim.attributes") Optional<String> attributes,
            @ConfigProperty(name = "memoir.house.jwks") Optional<String> house,
            CurrentVertxRequest request) {
        BearerVerifier named = BearerVerifier.of(jwks, issuer, audience, ClaimNames.of(subject, groups, attributes));
        this.verifier = house.map(keys -> BearerVerifier.of(keys, HouseTokens.ISSUER, HouseTokens.BEARERS))
                .map(named::or)
                .orElse(named);
        this.request = request;
    }

    void guard(@Observes Filters filters) {
        filters.register(this::check, 900);
    }

    /** Who asks the question that is being answered. */
    Claims caller() {
        return request.getCurrent().get(CLAIMS);
    }

    private void check(RoutingContext context) {
        if (!context.normalizedPath().startsWith("/graphql")) {
            context.next();
            return;
        }
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            refuse(context, "a bearer token is needed");
            return;
        }
        try {
            context.put(
                    CLAIMS,
                    verifier.verify(authorization.substring(SCHEME.length()).strip()));
        } catch (InvalidToken e) {
            refuse(context, e.getMessage());
            return;
        }
        context.next();
    }

    /** In the form of a GraphQL error, for clients that read nothing else. */
    private static void refuse(RoutingContext context, String reason) {
        JsonObject error = new JsonObject()
                .put("message", reason)
                .put("extensions", new JsonObject().put("code", "UNAUTHENTICATED"));
        context.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject().put("errors", new JsonArray().add(error)).encode());
    }
}
