package dev.memoir.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What share links carry, and the tickets of those who have opened one. Both bear an HMAC-SHA256 by a key that edge and API make
 * from the secret they share, so that the edge tells a guess from a link without asking anybody. Safe for many threads.
 */
public final class LinkTokens {
    /** How long a ticket is good. The page gets the next one by opening the link again. */
    public static final Duration TICKET = Duration.ofMinutes(10);

    /** The cookie that holds a ticket; of its link's path alone. */
    public static final String COOKIE = "memoir_guest";

    /** Bytes of chance in a token, and of the mark that shows it to be ours. */
    private static final int SECRET = 16;

    private static final int MARK = 16;
    private static final int ID = 32;
    private static final int LONGEST_TICKET = 200;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;

    /** @param secret that edge and API share */
    public LinkTokens(String secret) {
        byte[] made = mac(
                new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM),
                "memoir.dev/share-links/v1".getBytes(StandardCharsets.UTF_8));
        this.key = new SecretKeySpec(made, ALGORITHM);
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
        byte[] secret = new byte[SECRET];
        new SecureRandom().nextBytes(secret);
        byte[] token = Arrays.copyOf(secret, SECRET + MARK);
        System.arraycopy(mark("link", secret), 0, token, SECRET, MARK);
        return new Fresh(id(secret), TEXT.encodeToString(token));
    }

    /** @return the id of the link that a token is of; empty when it is none of ours */
    public Optional<String> link(String token) {
        if (token.length() != TEXT.encodeToString(new byte[SECRET + MARK]).length()) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            byte[] secret = Arrays.copyOf(bytes, SECRET);
            byte[] mark = Arrays.copyOfRange(bytes, SECRET, bytes.length);
            return MessageDigest.isEqual(mark, mark("link", secret)) ? Optional.of(id(secret)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String ticket(Ticket ticket) {
        String said =
                ticket.link() + "." + ticket.epoch() + "." + ticket.expiresAt().getEpochSecond();
        return said + "." + TEXT.encodeToString(mark("ticket", said.getBytes(StandardCharsets.UTF_8)));
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
            if (!MessageDigest.isEqual(mark, mark("ticket", said.getBytes(StandardCharsets.UTF_8)))) {
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

    private byte[] mark(String what, byte[] of) {
        byte[] kind = what.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(kind.length + 1 + of.length)
                .put(kind)
                .put((byte) 0)
                .put(of)
                .array();
        return Arrays.copyOf(mac(key, all), MARK);
    }

    private static String id(byte[] secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret))
                    .substring(0, ID);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static byte[] mac(SecretKeySpec key, byte[] text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}
