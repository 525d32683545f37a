package dev.memoir.api.login;

import dev.memoir.house.User;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Comparator;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What people see and change of their own account, by their cookie: where they are logged in, and their recovery codes.
 * Reached as {@link LoginRoutes} is.
 */
@ApplicationScoped
public class AccountRoutes {
    private final boolean house;
    private final LoginRoutes logins;

    public AccountRoutes(@ConfigProperty(name = "memoir.house.keys") Optional<String> keys, LoginRoutes logins) {
        this.house = keys.isPresent();
        this.logins = logins;
    }

    void routes(@Observes Router router) {
        if (house) {
            logins.known(router, "/login/sessions", (visit, context) -> sessions(context, visit));
            logins.known(router, "/login/sessions/end", (visit, context) -> {
                logins.login().end(visit, LoginRoutes.text(LoginRoutes.body(context), "id"));
                context.response().setStatusCode(204).end();
            });
            logins.known(router, "/login/codes", (visit, context) -> codes(context, visit));
        }
    }

    private static void sessions(RoutingContext context, HouseLogin.Visit visit) {
        JsonArray sessions = new JsonArray();
        visit.user().sessions().stream()
                .filter(session -> session.expiresAt().isAfter(Clock.systemUTC().instant()))
                .sorted(Comparator.comparing(User.Session::createdAt).reversed())
                .forEach(session -> sessions.add(new JsonObject()
                        .put("id", session.id())
                        .put("device", session.device())
                        .put("createdAt", session.createdAt().toString())
                        .put("expiresAt", session.expiresAt().toString())
                        .put("current", session.id().equals(visit.session()))));
        LoginRoutes.json(
                context,
                200,
                new JsonObject()
                        .put("name", visit.user().name())
                        .put("recoveryCodes", visit.user().recoveryHashes().size())
                        .put("sessions", sessions));
    }

    private void codes(RoutingContext context, HouseLogin.Visit visit) {
        logins.login()
                .recoveryCodes(visit, LoginRoutes.text(LoginRoutes.body(context), "password"))
                .ifPresentOrElse(
                        codes -> LoginRoutes.json(context, 200, new JsonObject().put("codes", new JsonArray(codes))),
                        () -> LoginRoutes.unknown(context, "the password is wrong"));
    }
}
