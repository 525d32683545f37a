package dev.memoir.api.login;

import dev.memoir.api.login.HouseLogin.Entry;
import dev.memoir.api.login.HouseLogin.Visit;
import dev.memoir.house.Passkey;
import dev.memoir.house.PasskeyDoor;
import dev.memoir.house.Site;
import dev.memoir.house.User;
import dev.memoir.identity.HouseTokens;
import dev.memoir.identity.InvalidToken;
import java.util.Optional;

/** From what a passkey has signed to what its person gets for it, and passkeys of who is in already. */
final class PasskeyLogin {
    private final HouseLogin login;
    private final PasskeyDoor door;
    private final HouseTokens tokens;
    private final HouseTokens.Reader reader;

    PasskeyLogin(HouseLogin login, PasskeyDoor door, HouseTokens tokens, HouseTokens.Reader reader) {
        this.login = login;
        this.door = door;
        this.tokens = tokens;
        this.reader = reader;
    }

    /** @return empty when it is none of this house, or the challenge is not, or has ended */
    Optional<Entry> enter(Site site, String ticket, Passkey.Signed signed, String device) {
        return challenge(ticket, Optional.empty())
                .flatMap(challenge -> door.logIn(site, challenge, signed, device))
                .map(login::entry);
    }

    /** Somebody who is about to add one. */
    record Prepared(User user, HouseTokens.Challenge challenge) {}

    Optional<Prepared> prepare(Visit visit) {
        return door.prepare(visit.user().name(), visit.session())
                .map(user -> new Prepared(user, tokens.challenge(Optional.of(visit.session()))));
    }

    /** @throws dev.memoir.house.HouseRefusal see {@link PasskeyDoor#add} */
    Optional<User> add(Visit visit, Site site, String ticket, Passkey.Made made) {
        return challenge(ticket, Optional.of(visit.session()))
                .flatMap(challenge -> door.add(visit.user().name(), visit.session(), site, challenge, made));
    }

    Optional<User> remove(Visit visit, String id) {
        return door.remove(visit.user().name(), visit.session(), id);
    }

    private Optional<String> challenge(String ticket, Optional<String> session) {
        try {
            return Optional.of(reader.challenge(ticket, session));
        } catch (InvalidToken e) {
            return Optional.empty();
        }
    }
}
