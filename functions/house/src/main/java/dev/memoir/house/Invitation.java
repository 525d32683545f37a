package dev.memoir.house;

import java.time.Instant;
import java.util.Optional;

/**
 * What a one-time link stands for: the document {@code .memoir/invitations/ID.json}.
 *
 * @param id random, or {@link #FIRST}
 * @param name the only one that may be taken by it, if it is for somebody known
 * @param reset whether it gives somebody who is there already a new password
 * @param usedBy who took it
 */
public record Invitation(
        String id,
        Optional<String> name,
        boolean reset,
        Rights rights,
        Instant createdAt,
        Instant expiresAt,
        Optional<String> usedBy) {

    /** Of the one that sets up the house. */
    public static final String FIRST = "first";

    Invitation taken(String by) {
        return new Invitation(id, name, reset, rights, createdAt, expiresAt, Optional.of(by));
    }

    Invitation until(Instant end) {
        return new Invitation(id, name, reset, rights, createdAt, end, usedBy);
    }
}
