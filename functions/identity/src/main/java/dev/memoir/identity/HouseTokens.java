package dev.memoir.identity;

import dev.memoir.media.Claims;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the house signs for its own people. Each kind is for an audience of its own, so that none passes as another, and
 * whoever has the public keys can check it without asking anybody.
 */
public final class HouseTokens {
    /** Who signs them. */
    public static final String ISSUER = "memoir-house";

    /** Of bearer tokens. */
    public static final String BEARERS = "memoir";

    /** The cookie that holds a session. */
    public static final String COOKIE = "memoir_session";

    /** How long somebody may take to answer a {@link Challenge}. */
    public static final Duration CHALLENGE = Duration.ofMinutes(5);

    /** The header in which the edge hands on the bearer of whoever administers; its own place has the delivery token. */
    public static final String ADMINISTRATOR = "X-Memoir-Administrator";

    private static final String SESSIONS = "memoir-session";
    private static final String TICKETS = "memoir-ticket";
    private static final String CHALLENGES = "memoir-challenge";
    private static final String SESSION = "session";

    private final TokenIssuer bearers;
    private final TokenIssuer sessions;
    private final TokenIssuer tickets;
    private final TokenIssuer challenges;

    public HouseTokens(TokenKeys keys) {
        this.bearers = new TokenIssuer(keys, ISSUER, BEARERS);
        this.sessions = new TokenIssuer(keys, ISSUER, SESSIONS);
        this.tickets = new TokenIssuer(keys, ISSUER, TICKETS);
        this.challenges = new TokenIssuer(keys, ISSUER, CHALLENGES);
    }

    public String bearer(Claims claims, Duration validity) {
        return bearers.issue(claims, validity);
    }

    /** What a browser shows in its cookie. Whether the session lasts, only its person's document says. */
    public String session(String name, String session, Duration validity) {
        return sessions.issue(new Claims(name, Set.of(), Map.of(SESSION, session)), validity);
    }

    /** What a one-time link carries. Whether it was used, only the invitation's document says. */
    public String ticket(String invitation, Duration validity) {
        return tickets.issue(new Claims(invitation, Set.of(), Map.of()), validity);
    }

    /**
     * Chance for a passkey to sign, in a form that nobody need remember it.
     *
     * @param session for which a passkey is added; empty where somebody wants to come in
     */
    public Challenge challenge(Optional<String> session) {
        byte[] chance = new byte[32];
        new SecureRandom().nextBytes(chance);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
        Map<String, String> what = session.map(id -> Map.of(SESSION, id)).orElse(Map.of());
        return new Challenge(value, challenges.issue(new Claims(value, Set.of(), what), CHALLENGE));
    }

    /**
     * A challenge for a passkey.
     *
     * @param value 32 bytes, base64url
     * @param ticket to be sent along with the answer
     */
    public record Challenge(String value, String ticket) {}

    /**
     * A session as a cookie names it.
     *
     * @param name of the person
     */
    public record Session(String name, String id) {}

    /** Reads what was signed. Safe for many threads. */
    public static final class Reader {
        private final BearerVerifier sessions;
        private final BearerVerifier tickets;
        private final BearerVerifier challenges;

        /** @param jwks see {@link BearerVerifier#of(String, String, String)} */
        public Reader(String jwks) {
            this.sessions = BearerVerifier.of(jwks, ISSUER, SESSIONS);
            this.tickets = BearerVerifier.of(jwks, ISSUER, TICKETS);
            this.challenges = BearerVerifier.of(jwks, ISSUER, CHALLENGES);
        }

        public Session session(String token) throws InvalidToken {
            Claims claims = sessions.verify(token);
            String id = claims.attributes().get(SESSION);
            if (id == null) {
                throw new InvalidToken("the token names no session");
            }
            return new Session(claims.subject(), id);
        }

        /** @return the invitation's id */
        public String ticket(String token) throws InvalidToken {
            return tickets.verify(token).subject();
        }

        /**
         * @param session that it must be for; empty where somebody wants to come in
         * @return the challenge
         */
        public String challenge(String token, Optional<String> session) throws InvalidToken {
            Claims claims = challenges.verify(token);
            if (!Optional.ofNullable(claims.attributes().get(SESSION)).equals(session)) {
                throw new InvalidToken("the challenge is for something else");
            }
            return claims.subject();
        }
    }
}
