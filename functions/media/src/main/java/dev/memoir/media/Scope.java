package dev.memoir.media;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much of a person's rights whoever bears a token or a key has, from least to most. */
public enum Scope {
    /** Sees what the person sees, and changes nothing. */
    READ,
    /** Changes what the person changes, too, and administers nothing. */
    WRITE,
    /** All that the person may. */
    ADMIN;

    /** As tokens and documents have it, such as {@code read}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return empty when there is no such scope */
    public static Optional<Scope> of(String token) {
        return Arrays.stream(values())
                .filter(scope -> scope.token().equals(token))
                .findFirst();
    }
}
