package dev.memoir.api.login;

import dev.memoir.house.ApiKeys;
import dev.memoir.house.Door;
import dev.memoir.house.Door.Admitted;
import dev.memoir.house.PasskeyDoor;
import dev.memoir.house.User;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import dev.memoir.identity.TokenKeys;
import dev.memoir.media.Claims;
import dev.memoir.store.Documents;
import dev.memoir.store.MediaStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From what somebody shows to what they get for it: a cookie for the browser and a short token for questions. */
final class HouseLogin {
    /** So long somebody who was removed, or lost a right, still has the old one. */
    static final Duration TOKEN = Duration.ofMinutes(15);

    /** The edge asks for a fresh one each time somebody shows a key, so that a key that is revoked ends at once. */
    private static final Duration OF_A_KEY = Duration.ofMinutes(1);

    private final Documents documents;
    private final Door door;
    private final ApiKeys keys;
    private final HouseTokens tokens;
    private final HouseTokens.Reader reader;

    /** @param keys folder of the house's key pair */
    HouseLogin(Path keys, MediaStore store, String defaultOwner) {
        try {
            TokenKeys pair = TokenKeys.in(keys);
            this.tokens = new HouseTokens(pair);
            this.reader = new HouseTokens.Reader(pair.publicJwks());
        } catch (IOException e) {
            throw new UncheckedIOException("the house's keys can't be read: " + e.getMessage(), e);
        }
        this.documents = store.documents();
        this.door = new Door(documents, Set.of(defaultOwner), Clock.systemUTC());
        this.keys = new ApiKeys(documents, Set.of(defaultOwner), Clock.systemUTC());
    }

    /**
     * @param cookie empty where the browser has a good one already
     */
    record Entry(String token, Instant expiresAt, Optional<String> cookie) {}

    Optional<Entry> byPassword(String name, String password, String device) {
        return door.logIn(name, password, device).map(this::entry);
    }

    /** @throws dev.memoir.house.HouseRefusal see {@link Door#accept} */
    Optional<Entry> byTicket(String ticket, String name, String password, String device) {
        try {
            return Optional.of(entry(door.accept(reader.ticket(ticket), name, password, device)));
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }

    Optional<Entry> byCookie(String cookie) {
        return session(cookie).flatMap(s -> door.visit(s.name(), s.id())).map(user -> entry(user, Optional.empty()));
    }

    /** @param key the id of one whose mark was checked */
    Optional<Entry> byKey(String key) {
        return keys.open(key).map(claims -> entry(claims, OF_A_KEY, Optional.empty()));
    }

    ApiKeys keys() {
        return keys;
    }

    Optional<Entry> changePassword(String cookie, String old, String wanted, String device) {
        return session(cookie)
                .flatMap(s -> door.changePassword(s.name(), s.id(), old, wanted, device))
                .map(this::entry);
    }

    /** Where they are logged in who show this; empty when their own session has ended. */
    Optional<Visit> visit(String cookie) {
        return session(cookie)
                .flatMap(shown -> door.visit(shown.name(), shown.id()).map(user -> new Visit(user, shown.id())));
    }

    /**
     * Somebody and the session they show.
     *
     * @param session its id
     */
    record Visit(User user, String session) {}

    void end(Visit visit, String session) {
        door.logOut(visit.user().name(), session);
    }

    /** @return empty when the password is wrong */
    Optional<List<String>> recoveryCodes(Visit visit, String password) {
        return door.recoveryCodes(visit.user().name(), visit.session(), password);
    }

    void leave(String cookie) {
        session(cookie).ifPresent(s -> door.logOut(s.name(), s.id()));
    }

    private Optional<HouseTokens.Session> session(String cookie) {
        try {
            return Optional.of(reader.session(cookie));
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }

    /** Made when somebody has something to do with passkeys: it loads what most never need. */
    PasskeyLogin passkeys() {
        return new PasskeyLogin(this, new PasskeyDoor(documents, Clock.systemUTC()), tokens, reader);
    }

    Entry entry(Admitted admitted) {
        String session =
                tokens.session(admitted.user().name(), admitted.session().id(), User.SESSION);
        return entry(admitted.user(), Optional.of(session));
    }

    private Entry entry(User user, Optional<String> cookie) {
        Claims claims =
                new Claims(user.name(), user.rights().groups(), user.rights().attributes());
        return entry(claims, TOKEN, cookie);
    }

    private Entry entry(Claims claims, Duration validity, Optional<String> cookie) {
        return new Entry(tokens.bearer(claims, validity), Instant.now().plus(validity), cookie);
    }
}
