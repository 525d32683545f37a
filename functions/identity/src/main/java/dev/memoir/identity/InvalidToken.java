package dev.memoir.identity;

/**
 * A token that proves nothing: forged, expired, for somebody else or not a token at all. The message says which, never
 * what the token held.
 */
public final class InvalidToken extends Exception {
    public InvalidToken(String message) {
        super(message);
    }
}
