package dev.memoir.runner.edge;

import dev.memoir.identity.LinkTokens;
import dev.memoir.identity.LinkTokens.Ticket;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where those come in who have a link and no name: three ways, and nothing else of the API is reached by them. A link's token and a
 * guest's ticket are checked here, without asking anybody, so that guessing wakes nothing; the API looks at each request whether
 * the link still holds. Neither tokens nor tickets nor passwords are logged.
 */
public final class ShareDoor {
    /** The page for guests, which carries the token behind its {@code #}. */
    static final String PAGE = "/share";

    static final String PATH = "/share/";
    private static final String OPEN = "/share/open";

    /** The link's id, then what is wanted. */
    private static final Pattern GUEST =
            Pattern.compile("/share/([0-9a-f]{32})/(items|bytes/[0-9a-f]{64}/(?:thumbnail|preview|original))");

    private static final String ORIGINAL = "/original";

    /** Of originals at once, which may take long: the API has other things to do. */
    private static final int STREAMS = 8;

    private static final String ENDED = "this link has ended";

    /**
     * @param perAddress of openings
     * @param budget of all openings
     * @param perGuest of those who have opened one
     */
    public record Limits(RateLimit perAddress, RateLimit budget, RateLimit perGuest) {}

    private final LinkTokens tokens;
    private final LoginRelay relay;
    private final Passage passage;
    private final String deliveryToken;
    private final Limits limits;
    private final Guesses guesses = new Guesses();
    private final AtomicInteger streams = new AtomicInteger();

    ShareDoor(LinkTokens tokens, LoginRelay relay, Passage passage, String deliveryToken, Limits limits) {
        this.tokens = tokens;
        this.relay = relay;
        this.passage = passage;
        this.deliveryToken = deliveryToken;
        this.limits = limits;
    }

    void answer(HttpServerRequest request) {
        if (request.path().equals(OPEN)) {
            if (wellFormed(request)) {
                request.body().onSuccess(body -> open(request, body)).onFailure(lost -> {});
            }
            return;
        }
        Matcher wanted = GUEST.matcher(request.path());
        if (!wanted.matches()) {
            LoginDoor.refuse(request, 404, "NOT_FOUND", "not found");
        } else if (request.method() != HttpMethod.GET) {
            request.response().putHeader("Allow", "GET");
            LoginDoor.refuse(request, 405, "NOT_ALLOWED", "only GET");
        } else {
            guest(request, wanted.group(1));
        }
    }

    /** Answers itself when something is wrong. */
    private boolean wellFormed(HttpServerRequest request) {
        if (!LoginDoor.isSmallPostOfOurs(request)) {
            return false;
        }
        if (!limits.perAddress().allows(request.remoteAddress().hostAddress())) {
            LoginDoor.later(request, Duration.ofSeconds(2), "too many links from this address");
            return false;
        }
        return true;
    }

    /** A token that is none of ours is answered as the one of a link that has ended. */
    private void open(HttpServerRequest request, Buffer body) {
        Optional<JsonObject> asked = LoginDoor.object(body);
        Optional<String> link = asked.map(a -> a.getValue("token"))
                .filter(String.class::isInstance)
                .flatMap(token -> tokens.link((String) token));
        if (link.isEmpty()) {
            LoginDoor.refuse(request, 410, "ENDED", ENDED);
        } else if (!limits.budget().allows("")) {
            LoginDoor.later(request, Duration.ofSeconds(5), "too many links are opened at once, from anywhere");
        } else if (asked.get().getValue("password") instanceof String) {
            guessing(request, body, link.get());
        } else {
            relay.ask(request, body, status -> {});
        }
    }

    private void guessing(HttpServerRequest request, Buffer body, String link) {
        String address = request.remoteAddress().hostAddress();
        guesses.attempt(link, address)
                .ifPresentOrElse(
                        wait -> LoginDoor.later(request, wait, "too many wrong passwords: wait, then try again"),
                        () -> relay.ask(request, body, status -> guesses.answered(link, address, status)));
    }

    private void guest(HttpServerRequest request, String link) {
        if (!holds(request, link)) {
            LoginDoor.refuse(request, 410, "ENDED", ENDED);
        } else if (!limits.perGuest()
                .allows(link + " " + request.remoteAddress().hostAddress())) {
            LoginDoor.later(request, Duration.ofSeconds(1), "too many requests");
        } else if (!request.path().endsWith(ORIGINAL)) {
            pass(request, () -> {});
        } else if (streams.incrementAndGet() > STREAMS) {
            streams.decrementAndGet();
            LoginDoor.later(request, Duration.ofSeconds(2), "too many originals at once");
        } else {
            AtomicBoolean left = new AtomicBoolean();
            pass(request, () -> {
                if (left.compareAndSet(false, true)) {
                    streams.decrementAndGet();
                }
            });
        }
    }

    private boolean holds(HttpServerRequest request, String link) {
        Cookie cookie = request.getCookie(LinkTokens.COOKIE);
        return cookie != null
                && tokens.ticket(cookie.getValue(), Instant.now())
                        .map(Ticket::link)
                        .filter(link::equals)
                        .isPresent();
    }

    /** What the API is told is the ticket and the range, and that it is us who ask. */
    private void pass(HttpServerRequest request, Runnable done) {
        String ticket = request.getCookie(LinkTokens.COOKIE).getValue();
        passage.ask(
                request,
                headers -> prepare(headers, ticket),
                (status, message, retryAfter) -> {
                    if (retryAfter.isPositive()) {
                        request.response().putHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
                    }
                    LoginDoor.refuse(request, status, status == 503 ? "UNAVAILABLE" : "INTERNAL", message);
                },
                done);
    }

    private void prepare(MultiMap headers, String ticket) {
        String range = headers.get("Range");
        headers.clear()
                .set(HttpHeaders.AUTHORIZATION, "Bearer " + deliveryToken)
                .set(HttpHeaders.COOKIE, LinkTokens.COOKIE + "=" + ticket);
        if (range != null) {
            headers.set("Range", range);
        }
    }
}
