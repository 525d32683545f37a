package dev.memoir.house;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A person as the document {@code .memoir/users/NAME.json} has them.
 *
 * @param name what they log in with; owns {@code users/NAME/} in the bucket
 * @param removed the document stays, so that nobody takes the name, and what it owns, by chance
 * @param passwordHash bcrypt; empty as long as an invitation is open
 * @param recoveryHashes SHA-256 of codes that were not used yet, hexadecimal
 */
public record User(
        String name,
        Rights rights,
        boolean removed,
        Optional<String> passwordHash,
        List<String> recoveryHashes,
        Passkeys passkeys,
        List<Session> sessions,
        Instant createdAt,
        Instant changedAt) {

    /** How long a browser stays logged in. */
    public static final Duration SESSION = Duration.ofDays(30);

    private static final int MOST_SESSIONS = 20;
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,39}";

    public User {
        recoveryHashes = List.copyOf(recoveryHashes);
        sessions = List.copyOf(sessions);
    }

    /**
     * One browser that is logged in.
     *
     * @param device what the browser called itself
     */
    public record Session(String id, Instant createdAt, Instant expiresAt, String device) {
        private static final int LONGEST_DEVICE = 200;

        static Session begun(String device, Instant now) {
            String shown = device.replaceAll("\\p{Cntrl}", "");
            return new Session(
                    Passwords.random(16),
                    now,
                    now.plus(SESSION),
                    shown.substring(0, Math.min(LONGEST_DEVICE, shown.length())));
        }
    }

    static User fresh(String name, Rights rights, Instant now) {
        return new User(name, rights, false, Optional.empty(), List.of(), Passkeys.NONE, List.of(), now, now);
    }

    /**
     * As it is kept: in small letters.
     *
     * @throws HouseRefusal when it can't be a name
     */
    public static String checkedName(String name) {
        String small = name.strip().toLowerCase(Locale.ROOT);
        if (!small.matches(NAME) || small.contains("..") || small.endsWith(".")) {
            throw new HouseRefusal(
                    HouseRefusal.Reason.BAD_NAME,
                    "a name has 1 to 40 letters (a to z), digits, dots, _ and -, and begins with a letter or digit");
        }
        return small;
    }

    Optional<Session> session(String id, Instant now) {
        return sessions.stream()
                .filter(session ->
                        session.id().equals(id) && session.expiresAt().isAfter(now))
                .findFirst();
    }

    User with(Rights other, Instant now) {
        return new User(name, other, false, passwordHash, recoveryHashes, passkeys, sessions, createdAt, now);
    }

    /** Whoever was logged in by the old one is not any more. */
    User withPassword(String hash, Instant now) {
        return new User(name, rights, false, Optional.of(hash), recoveryHashes, passkeys, List.of(), createdAt, now);
    }

    User withRecoveryHashes(List<String> hashes, Instant now) {
        return new User(name, rights, removed, passwordHash, hashes, passkeys, sessions, createdAt, now);
    }

    User withPasskeys(Passkeys other, Instant now) {
        return new User(name, rights, removed, passwordHash, recoveryHashes, other, sessions, createdAt, now);
    }

    /** Adds one, and drops those that have ended and the oldest beyond what anybody needs. */
    User withSession(Session session, Instant now) {
        List<Session> kept = Stream.concat(sessions.stream(), Stream.of(session))
                .filter(s -> s.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(Session::createdAt).reversed())
                .limit(MOST_SESSIONS)
                .toList();
        return withSessions(kept, now);
    }

    User withoutSession(String id, Instant now) {
        return withSessions(
                sessions.stream().filter(session -> !session.id().equals(id)).toList(), now);
    }

    private User withSessions(List<Session> kept, Instant now) {
        return new User(name, rights, removed, passwordHash, recoveryHashes, passkeys, kept, createdAt, now);
    }

    User asRemoved(Instant now) {
        return new User(name, rights, true, Optional.empty(), List.of(), Passkeys.NONE, List.of(), createdAt, now);
    }

    @Override
    public String toString() {
        return "User[" + name + "]";
    }
}
