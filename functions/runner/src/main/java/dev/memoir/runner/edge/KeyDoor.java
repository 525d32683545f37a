package dev.memoir.runner.edge;

import dev.memoir.identity.KeyTokens;
import dev.memoir.runner.edge.LoginRelay.Exchange;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * Where scripts come in that show a key instead of a token. A key's mark is checked here, without asking anybody, so that guessing wakes
 * nothing; then the API looks whether it still holds, each time, and gives a token for it that stays between the two. Keys are not logged.
 */
final class KeyDoor {
    private final Login login;
    private final KeyTokens tokens;
    private final LoginRelay relay;
    private final RateLimit perKey;

    KeyDoor(Login login, KeyTokens tokens, LoginRelay relay, RateLimit perKey) {
        this.login = login;
        this.tokens = tokens;
        this.relay = relay;
        this.perKey = perKey;
    }

    /** The key that somebody shows. */
    static Optional<String> shown(HttpServerRequest request) {
        return Edge.bearer(request).filter(KeyTokens::isMeant);
    }

    /** The request stands still from now on, until somebody who has it read resumes it. Always succeeds. */
    Future<Exchange> exchange(HttpServerRequest request, String key) {
        request.pause();
        Optional<String> id = tokens.id(key);
        if (!(login instanceof Login.House)) {
            return refused(
                    401, "people log in at an issuer here, and keys are of a house of its own: bring a token", 0);
        }
        if (id.isEmpty()) {
            return refused(401, "this key is none of this house", 0);
        }
        if (!perKey.allows("key " + id.get())) {
            return refused(429, "too many requests", 1);
        }
        return relay.exchange(new JsonObject().put("key", key));
    }

    private static Future<Exchange> refused(int status, String why, int seconds) {
        return Future.succeededFuture(new Exchange(Optional.empty(), status, why, Duration.ofSeconds(seconds)));
    }
}
