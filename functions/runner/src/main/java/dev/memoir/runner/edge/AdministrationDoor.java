package dev.memoir.runner.edge;

import dev.memoir.identity.BearerVerifier;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import dev.memoir.media.Claims;
import dev.memoir.media.access.Case;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * What is under {@code /administration/}, for whoever's verified token is in the group of administrators. For everybody
 * else there is nothing. The runner answers of itself; only the people of the house are the API's, which is woken for them.
 */
final class AdministrationDoor {
    static final String PATH = "/administration/";
    private static final String PEOPLE = PATH + "people";

    private final Optional<Office> office;
    private final BearerVerifier verifier;
    private final Login login;
    private final KeyDoor keys;
    private final LoginRelay relay;
    private final RateLimit perPerson;
    private final Pages pages;

    /**
     * @param office empty where nobody administers by this edge
     * @param pages that answer whom nothing is here for
     */
    AdministrationDoor(
            Optional<Office> office,
            BearerVerifier verifier,
            Login login,
            KeyDoor keys,
            LoginRelay relay,
            RateLimit perPerson,
            Pages pages) {
        this.office = office;
        this.verifier = verifier;
        this.login = login;
        this.keys = keys;
        this.relay = relay;
        this.perPerson = perPerson;
        this.pages = pages;
    }

    /** Who administers, and by what they proved it. */
    private record Administrator(String name, String token) {
        @Override
        public String toString() {
            return "Administrator";
        }
    }

    void answer(HttpServerRequest request) {
        Optional<String> key = KeyDoor.shown(request);
        if (key.isEmpty()) {
            answer(request, Edge.bearer(request));
        } else if (office.isEmpty()) {
            pages.answer(request);
        } else {
            keys.exchange(request, key.get()).onSuccess(exchanged -> {
                if (exchanged.status() / 100 == 5) {
                    LoginDoor.refuse(request, exchanged.status(), "UNAVAILABLE", exchanged.message());
                } else if (exchanged.status() == 429) {
                    LoginDoor.later(request, exchanged.retryAfter(), exchanged.message());
                } else {
                    answer(request, exchanged.token());
                }
                request.resume();
            });
        }
    }

    private void answer(HttpServerRequest request, Optional<String> token) {
        Optional<Administrator> who = administrator(token);
        if (office.isEmpty() || who.isEmpty()) {
            pages.answer(request);
        } else if (!perPerson.allows(who.get().name())) {
            LoginDoor.later(request, Duration.ofSeconds(1), "too many requests");
        } else if (!LoginDoor.ownOrigin(request)) {
            LoginDoor.refuse(request, 403, "WRONG_ORIGIN", "a page from elsewhere may not do this");
        } else if (request.method() == HttpMethod.GET) {
            let(request, who.get(), Buffer.buffer());
        } else if (LoginDoor.isSmallPostOfOurs(request)) {
            request.body().onSuccess(body -> let(request, who.get(), body)).onFailure(lost -> {});
        }
    }

    private Optional<Administrator> administrator(Optional<String> token) {
        if (token.isEmpty()) {
            return Optional.empty();
        }
        try {
            Claims claims = verifier.verify(token.get());
            return claims.groups().contains(Case.ADMIN)
                    ? Optional.of(new Administrator(claims.subject(), token.get()))
                    : Optional.empty();
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }

    private void let(HttpServerRequest request, Administrator who, Buffer body) {
        String path = request.path();
        if (!path.equals(PEOPLE) && !path.startsWith(PEOPLE + "/")) {
            ask(request, path.substring(PATH.length()), body);
        } else if (login instanceof Login.House house) {
            request.headers().set(HouseTokens.ADMINISTRATOR, who.token());
            relay.ask(request, body, status -> {});
        } else {
            LoginDoor.refuse(request, 404, "ELSEWHERE", "people log in at an issuer of their own; manage them there");
        }
    }

    private void ask(HttpServerRequest request, String path, Buffer body) {
        Optional<JsonObject> asked = body.length() == 0 ? Optional.of(new JsonObject()) : LoginDoor.object(body);
        if (asked.isEmpty()) {
            LoginDoor.refuse(request, 400, "BAD_INPUT", "the body is not a JSON object");
            return;
        }
        Context context = Vertx.currentContext();
        String method = request.method().name();
        Thread.ofVirtual().name("administration").start(() -> {
            Optional<Office.Reply> reply = reply(method, path, asked.get());
            context.runOnContext(nothing -> send(request, reply));
        });
    }

    private Optional<Office.Reply> reply(String method, String path, JsonObject asked) {
        try {
            return office.orElseThrow().answer(method, path, asked);
        } catch (IllegalArgumentException e) {
            return Optional.of(new Office.Reply(400, error("BAD_INPUT", e.getMessage())));
        } catch (RuntimeException fault) {
            System.getLogger(AdministrationDoor.class.getName())
                    .log(System.Logger.Level.ERROR, method + " " + PATH + path + " failed", fault);
            return Optional.of(
                    new Office.Reply(500, error("INTERNAL", "something went wrong; it is in the runner's log")));
        }
    }

    private static String error(String code, String message) {
        return new JsonObject()
                .put("error", new JsonObject().put("code", code).put("message", message))
                .encode();
    }

    private void send(HttpServerRequest request, Optional<Office.Reply> reply) {
        if (request.response().closed()) {
            return;
        }
        if (reply.isEmpty()) {
            pages.answer(request);
            return;
        }
        request.response()
                .setStatusCode(reply.get().status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(reply.get().json());
    }
}
