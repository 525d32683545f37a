package dev.memoir.runner.edge;

import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The closed list of POSTs by which people who are not known yet may wake the API. Each carries something that is checked
 * here, without asking anybody: a signed cookie, a signed ticket or challenge, or a name and a password of which only so many are passed on.
 * Neither names nor what proves them is logged.
 */
final class LoginDoor {
    private static final int LARGEST_BODY = 4096;
    private static final int LONGEST_NAME = 40;

    /** By cookie, and by ticket. */
    private static final Set<String> KNOWN = Set.of(
            "/login/token",
            "/login/logout",
            "/login/change",
            "/login/sessions",
            "/login/sessions/end",
            "/login/codes",
            "/login/keys",
            "/login/keys/add",
            "/login/keys/revoke",
            "/login/passkeys",
            "/login/passkeys/prepare",
            "/login/passkeys/add",
            "/login/passkeys/remove");

    /** Of those, the ones that a password goes with. */
    private static final Set<String> PROVEN_AGAIN = Set.of("/login/change", "/login/codes");

    private static final Set<String> TICKETS = Set.of("/login/first", "/login/invitation");
    private static final String PASSWORD = "/login/password";
    private static final String PASSKEY = "/login/passkey";
    private static final String CHALLENGE = "/login/passkey/challenge";
    private static final Set<String> ALL = Stream.of(KNOWN, TICKETS, Set.of(PASSWORD, PASSKEY, CHALLENGE))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final Login login;
    private final LoginRelay relay;
    private final Limits limits;

    private final Guesses guesses = new Guesses();

    /**
     * @param perAddress of the list's requests
     * @param perPerson of those who show a cookie
     * @param budget of all who show none
     */
    record Limits(RateLimit perAddress, RateLimit perPerson, RateLimit budget) {}

    LoginDoor(Login login, LoginRelay relay, Limits limits) {
        this.login = login;
        this.relay = relay;
        this.limits = limits;
    }

    void answer(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/login/config.json")) {
            config(request);
        } else if (!(login instanceof Login.House house) || !ALL.contains(path)) {
            refuse(request, 404, "NOT_FOUND", "there is no such way to log in here");
        } else if (wellFormed(request)) {
            request.body().onSuccess(body -> check(house, request, body)).onFailure(lost -> {});
        }
    }

    private void config(HttpServerRequest request) {
        if (request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD) {
            request.response().putHeader("Allow", "GET, HEAD");
            refuse(request, 405, "NOT_ALLOWED", "only GET");
            return;
        }
        Buffer config = login.config().toBuffer();
        HttpServerResponse response = request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (request.method() == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(config.length()))
                    .end();
        } else {
            response.end(config);
        }
    }

    /** Answers itself when something is wrong. */
    private boolean wellFormed(HttpServerRequest request) {
        if (!isSmallPostOfOurs(request)) {
            return false;
        }
        if (!limits.perAddress().allows(request.remoteAddress().hostAddress())) {
            later(request, Duration.ofSeconds(2), "too many logins from this address");
            return false;
        }
        return true;
    }

    /**
     * A page of somebody else's can send neither this type of content nor this origin without being asked about, which is
     * never granted. Answers itself when something is wrong.
     */
    static boolean isSmallPostOfOurs(HttpServerRequest request) {
        String type =
                Optional.ofNullable(request.getHeader(HttpHeaders.CONTENT_TYPE)).orElse("");
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (request.method() != HttpMethod.POST) {
            request.response().putHeader("Allow", "POST");
            refuse(request, 405, "NOT_ALLOWED", "only POST");
        } else if (!type.split(";")[0].strip().equalsIgnoreCase("application/json")) {
            refuse(request, 415, "NOT_JSON", "send JSON with Content-Type: application/json");
        } else if (!ownOrigin(request)) {
            refuse(request, 403, "WRONG_ORIGIN", "a page from elsewhere may not do this");
        } else if (length == null) {
            refuse(request, 411, "BAD_INPUT", "send the body with a Content-Length");
        } else if (Long.parseLong(length) > LARGEST_BODY) {
            refuse(request, 413, "BAD_INPUT", "the body has at most " + LARGEST_BODY + " bytes");
        } else {
            return true;
        }
        return false;
    }

    /** Who is no browser sends none. */
    static boolean ownOrigin(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || authority(origin)
                        .filter(a -> a.equalsIgnoreCase(request.getHeader(HttpHeaders.HOST)))
                        .isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void check(Login.House house, HttpServerRequest request, Buffer body) {
        String path = request.path();
        if (KNOWN.contains(path)) {
            known(house, request, body);
            return;
        }
        if (path.equals(CHALLENGE)) {
            challenge(house, request);
            return;
        }
        Optional<JsonObject> asked = object(body);
        if (path.equals(PASSKEY)) {
            passkey(house, request, body, asked);
            return;
        }
        if (TICKETS.contains(path)) {
            if (asked.filter(a -> isTicket(house, a.getValue("ticket"))).isEmpty()) {
                refuse(request, 401, "BAD_TICKET", "this link is not one of this house, or its time is over");
            } else {
                withinBudget(request, body, Optional.empty());
            }
            return;
        }
        Optional<String> name = asked.filter(a -> a.getValue("password") instanceof String)
                .map(a -> a.getValue("name"))
                .filter(String.class::isInstance)
                .map(n -> ((String) n).strip().toLowerCase(Locale.ROOT));
        if (name.isEmpty()) {
            refuse(request, 400, "BAD_INPUT", "name and password are needed, as texts");
        } else if (name.get().length() > LONGEST_NAME) {
            refuse(request, 401, "UNAUTHENTICATED", "the name or the password is wrong");
        } else {
            withinBudget(request, body, name);
        }
    }

    private static void challenge(Login.House house, HttpServerRequest request) {
        HouseTokens.Challenge challenge = house.tokens().challenge(Optional.empty());
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("challenge", challenge.value())
                        .put("ticket", challenge.ticket())
                        .encode());
    }

    /** Nobody guesses a signature; what is counted is the work of refusing it. */
    private void passkey(Login.House house, HttpServerRequest request, Buffer body, Optional<JsonObject> asked) {
        if (asked.filter(a -> a.getValue("ticket") instanceof String ticket && isChallenge(house, ticket))
                .isEmpty()) {
            refuse(request, 401, "BAD_TICKET", "that took too long: try again");
        } else if (asked.get().getValue("id") instanceof String id && !id.isEmpty()) {
            String known = id.substring(0, Math.min(LONGEST_NAME, id.length()));
            withinBudget(request, body, Optional.of("passkey " + known));
        } else {
            refuse(request, 400, "BAD_INPUT", "id: a text is needed");
        }
    }

    private static boolean isChallenge(Login.House house, String ticket) {
        try {
            return !house.reader().challenge(ticket, Optional.empty()).isEmpty();
        } catch (InvalidToken e) {
            return false;
        }
    }

    private void known(Login.House house, HttpServerRequest request, Buffer body) {
        Optional<HouseTokens.Session> session = session(house, request);
        if (session.isEmpty()) {
            if (request.path().equals("/login/logout")) {
                request.response().setStatusCode(204).end();
            } else {
                refuse(request, 401, "UNAUTHENTICATED", "nobody is logged in here");
            }
        } else if (!limits.perPerson().allows(session.get().name())) {
            later(request, Duration.ofSeconds(1), "too many requests");
        } else if (PROVEN_AGAIN.contains(request.path())) {
            guessing(request, body, session.get().name());
        } else {
            relay.ask(request, body, status -> {});
        }
    }

    private void withinBudget(HttpServerRequest request, Buffer body, Optional<String> name) {
        if (!limits.budget().allows("")) {
            later(request, Duration.ofSeconds(5), "too many logins at once, from anywhere");
        } else if (name.isPresent()) {
            guessing(request, body, name.get());
        } else {
            relay.ask(request, body, status -> {});
        }
    }

    private void guessing(HttpServerRequest request, Buffer body, String name) {
        guesses.attempt(name, request.remoteAddress().hostAddress())
                .ifPresentOrElse(
                        wait -> later(request, wait, "too many wrong attempts: wait, then try again"),
                        () -> relay.ask(
                                request,
                                body,
                                status -> guesses.answered(
                                        name, request.remoteAddress().hostAddress(), status)));
    }

    static Optional<JsonObject> object(Buffer body) {
        try {
            return Optional.of(body.toJsonObject());
        } catch (DecodeException | ClassCastException e) {
            return Optional.empty();
        }
    }

    private static boolean isTicket(Login.House house, Object ticket) {
        try {
            return ticket instanceof String text && !house.reader().ticket(text).isEmpty();
        } catch (InvalidToken e) {
            return false;
        }
    }

    private static Optional<HouseTokens.Session> session(Login.House house, HttpServerRequest request) {
        Cookie cookie = request.getCookie(HouseTokens.COOKIE);
        try {
            return cookie == null
                    ? Optional.empty()
                    : Optional.of(house.reader().session(cookie.getValue()));
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }

    static void later(HttpServerRequest request, Duration wait, String message) {
        request.response()
                .putHeader("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
        refuse(request, 429, "TOO_MANY", message);
    }

    static void refuse(HttpServerRequest request, int status, String code, String message) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject()
                        .put("error", new JsonObject().put("code", code).put("message", message))
                        .encode());
    }
}
