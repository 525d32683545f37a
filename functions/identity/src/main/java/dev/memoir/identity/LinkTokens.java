package dev.memoir.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What share links carry, and the tickets of those who have opened one. Both bear an HMAC-SHA256 by a key that edge and API make
 * from the secret they share, so that the edge tells a guess from a link without asking anybody. Safe for many threads.
 */
public final class LinkTokens {
    /** How long a ticket is good. The page gets the next one by opening the link again. */
    public static final Duration TICKET = Duration.ofMinutes(10);

    /** The cookie that holds a ticket; of its link's path alone. */
    public static final String COOKIE = "memoir_guest";

    private static final int LONGEST_TICKET = 200;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final MarkedSecrets secrets;

    /** @param secret that edge and API share */
    public LinkTokens(String secret) {
        this.secrets = new MarkedSecrets(secret, "memoir.dev/share-links/v1", "link");
    }

    /**
     * A link's token, which is nowhere but in its address, and the id by which everybody else knows it.
     *
     * @param token 43 characters of base64url: 128 bits of chance and a mark of as many
     */
    public record Fresh(String id, String token) {
        @Override
        public String toString() {
            return "Fresh[" + id + "]";
        }
    }

    /**
     * That somebody has opened a link.
     *
     * @param link its id
     * @param epoch of the link when it was opened
     */
    public record Ticket(String link, int epoch, Instant expiresAt) {}

    public Fresh fresh() {
        String token = secrets.fresh();
        return new Fresh(secrets.id(token).orElseThrow(), token);
    }

    /** @return the id of the link that a token is of; empty when it is none of ours */
    public Optional<String> link(String token) {
        return secrets.id(token);
    }

    public String ticket(Ticket ticket) {
        String said =
                ticket.link() + "." + ticket.epoch() + "." + ticket.expiresAt().getEpochSecond();
        return said + "." + TEXT.encodeToString(secrets.mark("ticket", said.getBytes(StandardCharsets.UTF_8)));
    }

    /** @return empty when it is none of ours, or has ended */
    public Optional<Ticket> ticket(String text, Instant now) {
        int end = text.lastIndexOf('.');
        if (end < 0 || text.length() > LONGEST_TICKET) {
            return Optional.empty();
        }
        try {
            String said = text.substring(0, end);
            byte[] mark = Base64.getUrlDecoder().decode(text.substring(end + 1));
            if (!MessageDigest.isEqual(mark, secrets.mark("ticket", said.getBytes(StandardCharsets.UTF_8)))) {
                return Optional.empty();
            }
            String[] parts = said.split("\\.");
            return Optional.of(new Ticket(
                            parts[0], Integer.parseInt(parts[1]), Instant.ofEpochSecond(Long.parseLong(parts[2]))))
                    .filter(ticket -> ticket.expiresAt().isAfter(now));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
