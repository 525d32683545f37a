package dev.memoir.house;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.springframework.security.crypto.bcrypt.BCrypt;

/** Hashes of what people prove themselves by. Safe for many threads. */
final class Passwords {
    /** 2^11 rounds, above the 2^10 that OWASP's Password Storage Cheat Sheet asks for at least. */
    private static final int COST = 11;

    private static final int SHORTEST = 10;

    /** Bytes: bcrypt looks at no more. */
    private static final int LONGEST = 72;

    /** Made up, of no password that anybody knows: so that an unknown name takes as long as a known one. */
    private static final String NOBODY = "$2a$" + COST + "$uPqT3wZ0yXk8LrNfQ5sVeOd7cHm1BgJaE4iRtYx9KoWnS6pUvGzDl2";

    private static final int CODES = 8;

    /** Letters and digits that are not taken for one another (Crockford's base 32). */
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private static final int CODE_LENGTH = 20;

    /** A hash keeps a core busy: the rest of the function must not wait for many. */
    private final Semaphore places = new Semaphore(2);

    /** @throws HouseRefusal when it is too short or too long */
    String hash(String password) {
        return hash(password, SHORTEST);
    }

    /**
     * @param shortest characters
     * @throws HouseRefusal when it is too short or too long
     */
    String hash(String password, int shortest) {
        check(password, shortest);
        return quietly(() -> BCrypt.hashpw(password, BCrypt.gensalt(COST)));
    }

    static void check(String password) {
        check(password, SHORTEST);
    }

    private static void check(String password, int shortest) {
        if (password.codePointCount(0, password.length()) < shortest
                || password.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new HouseRefusal(
                    HouseRefusal.Reason.WEAK_PASSWORD,
                    "a password has " + shortest + " characters or more, and at most " + LONGEST + " bytes");
        }
    }

    /** Takes the same time whether there is a hash or not. */
    boolean matches(String password, Optional<String> hash) {
        String fit = password.getBytes(StandardCharsets.UTF_8).length > LONGEST ? "" : password;
        boolean same = quietly(() -> BCrypt.checkpw(fit, hash.orElse(NOBODY)));
        return same && hash.isPresent() && !fit.isEmpty();
    }

    private <T> T quietly(Supplier<T> work) {
        places.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** Codes of 100 random bits, of which each lets in once. */
    static List<String> recoveryCodes() {
        SecureRandom random = new SecureRandom();
        List<String> codes = new ArrayList<>();
        for (int code = 0; code < CODES; code++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < CODE_LENGTH; i++) {
                text.append(i > 0 && i % 5 == 0 ? "-" : "").append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            codes.add(text.toString());
        }
        return codes;
    }

    /** So much chance needs no slow hash. However it is typed: case, spaces and dashes don't count. */
    static String codeHash(String code) {
        String typed = code.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(typed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
