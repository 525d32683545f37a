package dev.memoir.api.login;

import dev.memoir.api.login.HouseLogin.Entry;
import dev.memoir.api.login.HouseLogin.Visit;
import dev.memoir.house.HouseRefusal;
import dev.memoir.house.User;
import dev.memoir.identity.HouseTokens;
import dev.memoir.store.MediaStore;
import dev.memoir.store.StoreException;
import io.vertx.core.Handler;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The POSTs under {@code /login/}, where this house has people of its own ({@code MEMOIR_HOUSE_KEYS}). They are no part of
 * {@code /graphql}, so only whoever has the delivery token may send them: the edge, which has counted them.
 */
@ApplicationScoped
public class LoginRoutes {
    private static final Logger LOG = Logger.getLogger(LoginRoutes.class);
    private static final int LARGEST_BODY = 4096;

    /** Whoever it was has to log in again. */
    static final String ENDED = "the session has ended: log in again";

    private final Optional<String> keys;
    private final MediaStore store;
    private final String defaultOwner;
    private volatile HouseLogin login;

    public LoginRoutes(
            @ConfigProperty(name = "memoir.house.keys") Optional<String> keys,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String defaultOwner,
            MediaStore store) {
        this.keys = keys;
        this.store = store;
        this.defaultOwner = defaultOwner;
    }

    void routes(@Observes Router router) {
        if (keys.isEmpty()) {
            return;
        }
        route(
                router,
                "/login/password",
                (asked, context) -> login().byPassword(text(asked, "name"), text(asked, "password"), device(context)));
        route(router, "/login/token", (asked, context) -> cookie(context).flatMap(login()::byCookie));
        route(router, "/login/first", this::accept);
        route(router, "/login/invitation", this::accept);
        route(
                router,
                "/login/change",
                (asked, context) -> cookie(context)
                        .flatMap(cookie -> login().changePassword(
                                        cookie, text(asked, "password"), text(asked, "newPassword"), device(context))));
        router.post("/login/logout").blockingHandler(guarded(this::leave), false);
    }

    private Optional<Entry> accept(JsonObject asked, RoutingContext context) {
        return login().byTicket(text(asked, "ticket"), text(asked, "name"), text(asked, "password"), device(context));
    }

    private void leave(RoutingContext context) {
        cookie(context).ifPresent(login()::leave);
        context.response()
                .addCookie(cookie("", context).setMaxAge(0))
                .setStatusCode(204)
                .end();
    }

    private void route(Router router, String path, BiFunction<JsonObject, RoutingContext, Optional<Entry>> answer) {
        serve(
                router,
                HttpMethod.POST,
                path,
                context -> answer.apply(body(context), context)
                        .ifPresentOrElse(entry -> admit(context, entry), () -> unknown(context, words(path))));
    }

    /** A small body is read, and what the answer throws is told as it should be. */
    public static void serve(Router router, HttpMethod method, String path, Handler<RoutingContext> answer) {
        router.route(method, path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY))
                .blockingHandler(guarded(answer), false);
    }

    /** A POST of somebody who is in, by their cookie. */
    void known(Router router, String path, BiConsumer<Visit, RoutingContext> answer) {
        serve(
                router,
                HttpMethod.POST,
                path,
                context -> cookie(context)
                        .flatMap(cookie -> login().visit(cookie))
                        .ifPresentOrElse(visit -> answer.accept(visit, context), () -> unknown(context, ENDED)));
    }

    static void unknown(RoutingContext context, String why) {
        refuse(context, 401, "UNAUTHENTICATED", why);
    }

    /** Name and password are wrong alike, so that nobody learns which names there are. */
    private static String words(String path) {
        return switch (path) {
            case "/login/password" -> "the name or the password is wrong";
            case "/login/token" -> ENDED;
            case "/login/change" -> "the session has ended, or the password is wrong";
            default -> "this link is not one of this house, or its time is over";
        };
    }

    static void admit(RoutingContext context, Entry entry) {
        entry.cookie()
                .ifPresent(value ->
                        context.response().addCookie(cookie(value, context).setMaxAge(User.SESSION.toSeconds())));
        json(
                context,
                200,
                new JsonObject()
                        .put("token", entry.token())
                        .put("expiresAt", entry.expiresAt().toString()));
    }

    private static Cookie cookie(String value, RoutingContext context) {
        return Cookie.cookie(HouseTokens.COOKIE, value)
                .setPath("/login")
                .setHttpOnly(true)
                .setSameSite(CookieSameSite.STRICT)
                .setSecure("https".equals(context.request().getHeader("X-Forwarded-Proto")));
    }

    private static Handler<RoutingContext> guarded(Handler<RoutingContext> work) {
        return context -> {
            try {
                work.handle(context);
            } catch (BadBody bad) {
                refuse(context, 400, "BAD_INPUT", bad.getMessage());
            } catch (HouseRefusal refusal) {
                refuse(context, status(refusal), refusal.reason().name(), refusal.getMessage());
            } catch (StoreException away) {
                LOG.warnf("a request of the house failed: %s", away.getMessage());
                refuse(context, 503, "UNAVAILABLE", "The media store does not answer. Try again in a moment.");
            } catch (RuntimeException fault) {
                LOG.error("a request of the house failed", fault);
                refuse(
                        context,
                        500,
                        "INTERNAL",
                        "Something went wrong on our side. It is in the log of the api function.");
            }
        };
    }

    private static int status(HouseRefusal refusal) {
        return switch (refusal.reason()) {
            case BAD_TICKET -> 401;
            case NAME_TAKEN, LAST_ADMINISTRATOR -> 409;
            case BAD_NAME, WEAK_PASSWORD, UNKNOWN_USER, BAD_RIGHTS, BAD_PASSKEY, NO_PASSKEYS, BAD_KEY, UNKNOWN_KEY ->
                400;
        };
    }

    static final class BadBody extends RuntimeException {
        BadBody(String message) {
            super(message);
        }
    }

    public static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().isEmpty() ? null : context.body().asJsonObject();
            return body == null ? new JsonObject() : body;
        } catch (DecodeException | ClassCastException e) {
            throw new BadBody("the body is not a JSON object");
        }
    }

    public static String text(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text) {
            return text;
        }
        throw new BadBody(name + ": a text is needed");
    }

    static boolean flag(JsonObject body, String name) {
        if (body.getValue(name) instanceof Boolean flag) {
            return flag;
        }
        throw new BadBody(name + ": true or false is needed");
    }

    static Optional<String> cookie(RoutingContext context) {
        return Optional.ofNullable(context.request().getCookie(HouseTokens.COOKIE))
                .map(Cookie::getValue);
    }

    static String device(RoutingContext context) {
        return Optional.ofNullable(context.request().getHeader(HttpHeaders.USER_AGENT))
                .orElse("");
    }

    /** Not before it is needed: most starts of this function have nothing to do with it. */
    HouseLogin login() {
        if (login == null) {
            synchronized (this) {
                if (login == null) {
                    login = new HouseLogin(Path.of(keys.orElseThrow()), store, defaultOwner);
                }
            }
        }
        return login;
    }

    public static void refuse(RoutingContext context, int status, String code, String message) {
        json(
                context,
                status,
                new JsonObject().put("error", new JsonObject().put("code", code).put("message", message)));
    }

    public static void json(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.encode());
    }
}
