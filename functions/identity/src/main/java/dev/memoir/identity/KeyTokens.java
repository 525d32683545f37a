package dev.memoir.identity;

import java.util.Optional;

/**
 * What API keys look like: {@code mk_} and 43 characters of base64url, 128 bits of chance and a mark of as many, by which the edge
 * tells a guess from a key without asking anybody. Safe for many threads.
 */
public final class KeyTokens {
    private static final String PREFIX = "mk_";

    private final MarkedSecrets secrets;

    /** @param secret that edge and API share */
    public KeyTokens(String secret) {
        this.secrets = new MarkedSecrets(secret, "memoir.dev/api-keys/v1", "key");
    }

    /**
     * A key, which is kept nowhere, and the id by which everybody else knows it.
     *
     * @param id the first half of the SHA-256 of its chance, hexadecimal
     */
    public record Fresh(String id, String key) {
        @Override
        public String toString() {
            return "Fresh[" + id + "]";
        }
    }

    /** Whether that wants to be a key rather than a token. */
    public static boolean isMeant(String bearer) {
        return bearer.startsWith(PREFIX);
    }

    public Fresh fresh() {
        String secret = secrets.fresh();
        return new Fresh(secrets.id(secret).orElseThrow(), PREFIX + secret);
    }

    /** @return the id of a key; empty when it is none of ours */
    public Optional<String> id(String key) {
        return isMeant(key) ? secrets.id(key.substring(PREFIX.length())) : Optional.empty();
    }
}
