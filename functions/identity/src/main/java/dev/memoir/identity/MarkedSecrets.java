package dev.memoir.identity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Chance that bears a mark, an HMAC-SHA256 by a key that edge and API make from the secret they share: so that the edge tells a guess
 * from what was given out without asking anybody. Safe for many threads.
 */
final class MarkedSecrets {
    /** Bytes of chance, and of the mark that shows it to be ours. */
    private static final int SECRET = 16;

    private static final int MARK = 16;
    private static final int ID = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** Characters of one as text. */
    private static final int LENGTH =
            TEXT.encodeToString(new byte[SECRET + MARK]).length();

    private final SecretKeySpec key;
    private final String kind;

    /**
     * @param secret that edge and API share
     * @param purpose another one for each use, so that what is given out for one is nothing to another
     * @param kind of what is marked
     */
    MarkedSecrets(String secret, String purpose, String kind) {
        byte[] made = mac(
                new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM),
                purpose.getBytes(StandardCharsets.UTF_8));
        this.key = new SecretKeySpec(made, ALGORITHM);
        this.kind = kind;
    }

    /** @return 43 characters of base64url: 128 bits of chance and a mark of as many */
    String fresh() {
        byte[] secret = new byte[SECRET];
        new SecureRandom().nextBytes(secret);
        byte[] all = Arrays.copyOf(secret, SECRET + MARK);
        System.arraycopy(mark(kind, secret), 0, all, SECRET, MARK);
        return TEXT.encodeToString(all);
    }

    /** @return the first half of the SHA-256 of its chance, hexadecimal; empty when it is none of ours */
    Optional<String> id(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            byte[] secret = Arrays.copyOf(bytes, SECRET);
            byte[] mark = Arrays.copyOfRange(bytes, SECRET, bytes.length);
            return MessageDigest.isEqual(mark, mark(kind, secret)) ? Optional.of(hash(secret)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    byte[] mark(String what, byte[] of) {
        byte[] named = what.getBytes(StandardCharsets.UTF_8);
        byte[] all = ByteBuffer.allocate(named.length + 1 + of.length)
                .put(named)
                .put((byte) 0)
                .put(of)
                .array();
        return Arrays.copyOf(mac(key, all), MARK);
    }

    private static String hash(byte[] secret) {
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
