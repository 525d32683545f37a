package dev.memoir.house;

import dev.memoir.house.Door.Admitted;
import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.house.User.Session;
import dev.memoir.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** How people come in without a password, and what they do with their passkeys once they are in. */
public final class PasskeyDoor {
    /** Longer than any challenge is good. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    /** Of a person. */
    private static final int MOST = 20;

    private static final int LONGEST_LABEL = 60;

    private final People people;
    private final Audit audit;
    private final Clock clock;
    private final PasskeyCheck check = new PasskeyCheck();

    public PasskeyDoor(Documents documents, Clock clock) {
        this.people = new People(documents);
        this.audit = new Audit(documents, clock);
        this.clock = clock;
    }

    /** With a handle, which the first passkey will be for. Empty when the session has ended. */
    public Optional<User> prepare(String name, String session) {
        String handle = Passwords.random(32);
        return change(name, session, user -> {
            if (user.passkeys().all().size() >= MOST) {
                throw new HouseRefusal(
                        Reason.BAD_PASSKEY, "nobody needs more than " + MOST + " passkeys: remove one first");
            }
            return user.passkeys().handle().isPresent()
                    ? user.passkeys()
                    : user.passkeys().with(handle);
        });
    }

    /**
     * Empty when the session has ended.
     *
     * @param challenge that this house gave to this session
     * @throws HouseRefusal when what the browser made is not for it, or is somebody's already
     */
    public Optional<User> add(String name, String session, Site site, String challenge, Passkey.Made made) {
        Passkey passkey = check.made(site, challenge, labelled(made), now());
        if (people.all().stream()
                .anyMatch(user -> user.passkeys().find(passkey.id()).isPresent())) {
            throw new HouseRefusal(Reason.BAD_PASSKEY, "this passkey is known here already");
        }
        Optional<User> changed = change(name, session, user -> user.passkeys().with(passkey));
        changed.ifPresent(user -> audit.write(name, "user.passkey-added", name, Optional.empty()));
        return changed;
    }

    private static Passkey.Made labelled(Passkey.Made made) {
        String label = made.label().replaceAll("\\p{Cntrl}", " ").strip();
        return new Passkey.Made(
                made.attestationObject(),
                made.clientData(),
                made.transports(),
                label.substring(0, Math.min(LONGEST_LABEL, label.length())));
    }

    /** Empty when the session has ended. */
    public Optional<User> remove(String name, String session, String id) {
        Optional<User> changed = change(name, session, user -> user.passkeys().without(id));
        changed.ifPresent(user -> audit.write(name, "user.passkey-removed", name, Optional.empty()));
        return changed;
    }

    /**
     * @param challenge that this house gave to whoever wants to come in; lets in once
     * @return empty when there is no such passkey, or it was not what signed this
     */
    public Optional<Admitted> logIn(Site site, String challenge, Passkey.Signed signed, String device) {
        Optional<User> owner = people.byHandle(signed.handle()).filter(user -> !user.removed());
        Optional<Passkey> passkey = owner.flatMap(user -> user.passkeys().find(signed.id()))
                .filter(known -> known.site().equals(site.name()));
        Optional<Long> counter = passkey.flatMap(known -> check.signed(site, challenge, known, signed));
        if (counter.isEmpty()) {
            return Optional.empty();
        }
        Session session = Session.begun(device, now());
        return people.change(
                        owner.get().name(),
                        present -> admit(present, passkey.get(), counter.get(), challenge)
                                .map(user -> user.withSession(session, now())))
                .map(user -> new Admitted(user, session));
    }

    /** Checked once more on what is there now: of two that answer the same challenge, one comes in. */
    private Optional<User> admit(User present, Passkey checked, long counter, String challenge) {
        Passkeys passkeys = present.passkeys();
        Optional<Passkey> known = passkeys.find(checked.id()).filter(key -> key.goesOn(checked, counter));
        if (present.removed() || known.isEmpty() || passkeys.answered().containsKey(challenge)) {
            return Optional.empty();
        }
        return Optional.of(present.withPasskeys(
                passkeys.with(known.get().used(counter, now())).answering(challenge, now().plus(REMEMBERED), now()),
                now()));
    }

    private Optional<User> change(String name, String session, Function<User, Passkeys> change) {
        return people.change(
                name,
                user -> user.removed() || user.session(session, now()).isEmpty()
                        ? Optional.empty()
                        : Optional.of(user.withPasskeys(change.apply(user), now())));
    }

    private Instant now() {
        return clock.instant();
    }
}
