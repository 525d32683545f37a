package dev.memoir.house;

import dev.memoir.media.Scope;
import java.time.Instant;
import java.util.Optional;

/**
 * A key with which a script asks as a person.
 *
 * @param id a hash of what the key carries, 32 hexadecimal digits: it opens nothing
 * @param owner the person
 * @param name what the person calls it
 * @param scope how much of the person's rights it has
 * @param usedAt when it was used last, as precise as an hour
 * @param revokedAt when it was revoked; it never opens again
 */
public record ApiKey(
        String id,
        String owner,
        String name,
        Scope scope,
        Instant createdAt,
        Instant expiresAt,
        Optional<Instant> usedAt,
        Optional<Instant> revokedAt) {

    boolean open(Instant now) {
        return revokedAt.isEmpty() && expiresAt.isAfter(now);
    }

    ApiKey usedAt(Instant now) {
        return new ApiKey(id, owner, name, scope, createdAt, expiresAt, Optional.of(now), revokedAt);
    }

    ApiKey revokedAt(Instant now) {
        return new ApiKey(id, owner, name, scope, createdAt, expiresAt, usedAt, Optional.of(now));
    }
}
