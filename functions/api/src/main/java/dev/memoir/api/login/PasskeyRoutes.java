package dev.memoir.api.login;

import dev.memoir.api.login.HouseLogin.Visit;
import dev.memoir.house.HouseRefusal;
import dev.memoir.house.Passkey;
import dev.memoir.house.Passkeys;
import dev.memoir.house.Site;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Coming in by a passkey, and what people see and change of their own ones, by their cookie. Reached as {@link LoginRoutes} is.
 * The challenges for coming in are the edge's: asking for one wakes nobody.
 */
@ApplicationScoped
public class PasskeyRoutes {
    private final boolean house;
    private final LoginRoutes logins;
    private volatile PasskeyLogin passkeys;

    public PasskeyRoutes(@ConfigProperty(name = "memoir.house.keys") Optional<String> keys, LoginRoutes logins) {
        this.house = keys.isPresent();
        this.logins = logins;
    }

    void routes(@Observes Router router) {
        if (house) {
            LoginRoutes.serve(router, HttpMethod.POST, "/login/passkey", this::enter);
            logins.known(
                    router,
                    "/login/passkeys",
                    (visit, context) -> list(context, visit.user().passkeys()));
            logins.known(router, "/login/passkeys/prepare", (visit, context) -> prepare(context, visit));
            logins.known(router, "/login/passkeys/add", (visit, context) -> add(context, visit));
            logins.known(
                    router,
                    "/login/passkeys/remove",
                    (visit, context) -> passkeys()
                            .remove(visit, LoginRoutes.text(LoginRoutes.body(context), "id"))
                            .ifPresentOrElse(
                                    user -> list(context, user.passkeys()),
                                    () -> LoginRoutes.unknown(context, LoginRoutes.ENDED)));
        }
    }

    private void enter(RoutingContext context) {
        JsonObject asked = LoginRoutes.body(context);
        Passkey.Signed signed = new Passkey.Signed(
                LoginRoutes.text(asked, "id"),
                LoginRoutes.text(asked, "handle"),
                LoginRoutes.text(asked, "authenticatorData"),
                LoginRoutes.text(asked, "clientData"),
                LoginRoutes.text(asked, "signature"));
        passkeys()
                .enter(site(context), LoginRoutes.text(asked, "ticket"), signed, LoginRoutes.device(context))
                .ifPresentOrElse(
                        entry -> LoginRoutes.admit(context, entry),
                        () -> LoginRoutes.unknown(
                                context, "this passkey is not known here any more, or that took too long"));
    }

    private void prepare(RoutingContext context, Visit visit) {
        Site site = site(context);
        passkeys()
                .prepare(visit)
                .ifPresentOrElse(
                        prepared -> LoginRoutes.json(
                                context,
                                200,
                                new JsonObject()
                                        .put("challenge", prepared.challenge().value())
                                        .put("ticket", prepared.challenge().ticket())
                                        .put("site", site.name())
                                        .put("name", prepared.user().name())
                                        .put(
                                                "handle",
                                                prepared.user()
                                                        .passkeys()
                                                        .handle()
                                                        .orElseThrow())
                                        .put("known", ids(prepared.user().passkeys()))),
                        () -> LoginRoutes.unknown(context, LoginRoutes.ENDED));
    }

    private void add(RoutingContext context, Visit visit) {
        JsonObject asked = LoginRoutes.body(context);
        Passkey.Made made = new Passkey.Made(
                LoginRoutes.text(asked, "attestationObject"),
                LoginRoutes.text(asked, "clientData"),
                transports(asked),
                LoginRoutes.text(asked, "label"));
        passkeys()
                .add(visit, site(context), LoginRoutes.text(asked, "ticket"), made)
                .ifPresentOrElse(
                        user -> list(context, user.passkeys()),
                        () -> LoginRoutes.unknown(context, "the session has ended, or that took too long: try again"));
    }

    /** Short words that browsers made up; anything else is left out. */
    private static Set<String> transports(JsonObject asked) {
        return asked.getValue("transports") instanceof JsonArray given
                ? given.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .filter(word -> word.matches("[a-z-]{1,20}"))
                        .limit(10)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** The edge has seen that the page is this house's own, by the same header. */
    private static Site site(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader("Origin"))
                .flatMap(Site::of)
                .orElseThrow(HouseRefusal::noPasskeys);
    }

    private static void list(RoutingContext context, Passkeys passkeys) {
        List<JsonObject> all = passkeys.all().stream()
                .map(passkey -> new JsonObject()
                        .put("id", passkey.id())
                        .put("label", passkey.label())
                        .put("site", passkey.site())
                        .put("createdAt", passkey.createdAt().toString())
                        .put("usedAt", passkey.usedAt().map(Object::toString).orElse(null)))
                .toList();
        LoginRoutes.json(context, 200, new JsonObject().put("passkeys", new JsonArray(all)));
    }

    private static JsonArray ids(Passkeys passkeys) {
        return new JsonArray(passkeys.all().stream().map(Passkey::id).toList());
    }

    private PasskeyLogin passkeys() {
        if (passkeys == null) {
            synchronized (this) {
                if (passkeys == null) {
                    passkeys = logins.login().passkeys();
                }
            }
        }
        return passkeys;
    }
}
