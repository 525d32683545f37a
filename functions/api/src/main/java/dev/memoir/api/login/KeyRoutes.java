package dev.memoir.api.login;

import dev.memoir.api.login.HouseLogin.Visit;
import dev.memoir.house.ApiKey;
import dev.memoir.identity.KeyTokens;
import dev.memoir.media.Scope;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The keys with which scripts ask: people make and revoke their own, by their cookie, and the edge has what somebody shows exchanged for
 * a token. Reached as {@link LoginRoutes} is.
 */
@ApplicationScoped
public class KeyRoutes {
    /** That edge and API share; empty where this house has no people of its own. */
    private final Optional<String> secret;

    private final LoginRoutes logins;

    public KeyRoutes(
            @ConfigProperty(name = "memoir.house.keys") Optional<String> keys,
            @ConfigProperty(name = "memoir.delivery.token") Optional<String> secret,
            LoginRoutes logins) {
        this.secret = keys.flatMap(house -> secret);
        this.logins = logins;
    }

    void routes(@Observes Router router) {
        if (secret.isPresent()) {
            LoginRoutes.serve(router, HttpMethod.POST, "/login/key", this::exchange);
            logins.known(router, "/login/keys", (visit, context) -> all(context, visit, new JsonObject()));
            logins.known(router, "/login/keys/add", (visit, context) -> add(context, visit));
            logins.known(router, "/login/keys/revoke", (visit, context) -> {
                String name = visit.user().name();
                logins.login().keys().revoke(LoginRoutes.text(LoginRoutes.body(context), "id"), name, name);
                all(context, visit, new JsonObject());
            });
        }
    }

    private void exchange(RoutingContext context) {
        tokens().id(LoginRoutes.text(LoginRoutes.body(context), "key"))
                .flatMap(logins.login()::byKey)
                .ifPresentOrElse(
                        entry -> LoginRoutes.admit(context, entry),
                        () -> LoginRoutes.unknown(context, "this key is none, has ended or was revoked"));
    }

    private void add(RoutingContext context, Visit visit) {
        JsonObject asked = LoginRoutes.body(context);
        Scope scope = Scope.of(LoginRoutes.text(asked, "scope"))
                .orElseThrow(() -> new LoginRoutes.BadBody("scope: read, write or admin is needed"));
        if (!(asked.getValue("days") instanceof Integer days)) {
            throw new LoginRoutes.BadBody("days: a whole number is needed");
        }
        KeyTokens.Fresh fresh = tokens().fresh();
        String name = visit.user().name();
        logins.login()
                .keys()
                .create(fresh.id(), name, LoginRoutes.text(asked, "name"), scope, Duration.ofDays(days), name);
        all(context, visit, new JsonObject().put("key", fresh.key()));
    }

    /** Not before it is needed: most starts of this function have nothing to do with it. */
    private KeyTokens tokens() {
        return new KeyTokens(secret.orElseThrow());
    }

    private void all(RoutingContext context, Visit visit, JsonObject answer) {
        JsonArray keys = new JsonArray();
        logins.login().keys().of(visit.user().name()).forEach(key -> keys.add(json(key)));
        LoginRoutes.json(context, 200, answer.put("keys", keys));
    }

    private static JsonObject json(ApiKey key) {
        return new JsonObject()
                .put("id", key.id())
                .put("name", key.name())
                .put("scope", key.scope().token())
                .put("createdAt", key.createdAt().toString())
                .put("expiresAt", key.expiresAt().toString())
                .put("usedAt", key.usedAt().map(Object::toString).orElse(null));
    }
}
