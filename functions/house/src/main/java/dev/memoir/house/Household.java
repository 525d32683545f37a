package dev.memoir.house;

import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.store.Documents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What whoever has the library's keys may do to its people. Each change of rights is noted, see {@link #changes}. */
public final class Household {
    /** How long a link for somebody new, or for a new password, is good. */
    public static final Duration INVITATION = Duration.ofDays(7);

    private final People people;
    private final Passwords passwords = new Passwords();
    private final ApiKeys keys;
    private final Audit audit;
    private final Set<String> reserved;
    private final String by;
    private final Clock clock;

    /**
     * @param reserved names that nobody may take, such as the owner of what lies outside {@code users/}
     * @param by whom the notes name
     */
    public Household(Documents documents, Set<String> reserved, String by, Clock clock) {
        this.people = new People(documents);
        this.keys = new ApiKeys(documents, reserved, clock);
        this.audit = new Audit(documents, clock);
        this.reserved = Set.copyOf(reserved);
        this.by = by;
        this.clock = clock;
    }

    /** A note of what was changed. */
    public record Change(
            Instant at, String by, String what, String whom, List<String> groups, List<String> attributes) {}

    /** Whether nobody was ever there, so that the house is still to be set up. */
    public boolean isNew() {
        return people.nobody();
    }

    /** Those who are there, invited ones without a password included. */
    public List<User> users() {
        return people.all().stream().filter(user -> !user.removed()).toList();
    }

    /** @throws HouseRefusal when there is no such user */
    public User user(String name) {
        return people.find(User.checkedName(name))
                .filter(user -> !user.removed())
                .orElseThrow(() -> unknown(name));
    }

    /** @throws HouseRefusal when the name is taken, or was */
    public User add(String name, Rights rights, String password) {
        String checked = free(name);
        User user = User.fresh(checked, rights, now()).withPassword(passwords.hash(password), now());
        if (!people.create(user)) {
            throw Door.taken(checked);
        }
        audit.write(by, "user.added", checked, Optional.of(rights));
        return user;
    }

    /** @param name whom it is for; who takes it chooses one otherwise */
    public Invitation invite(Optional<String> name, Rights rights) {
        Optional<String> checked = name.map(this::free);
        checked.filter(n -> people.find(n).isPresent()).ifPresent(n -> {
            throw Door.taken(n);
        });
        return invitation(Passwords.random(16), checked, false, rights, "user.invited");
    }

    /** For somebody who has forgotten the password; the old one holds until the link is used. */
    public Invitation reset(String name) {
        User user = user(name);
        return invitation(Passwords.random(16), Optional.of(user.name()), true, user.rights(), "user.reset");
    }

    private Invitation invitation(String id, Optional<String> name, boolean reset, Rights rights, String what) {
        Invitation invitation =
                new Invitation(id, name, reset, rights, now(), now().plus(INVITATION), Optional.empty());
        people.create(invitation);
        audit.write(by, what, name.orElse("invitation " + id), Optional.of(rights));
        return invitation;
    }

    /** The one that sets up the house: the same each time, as long as nobody used it. Empty when the house is not new. */
    public Optional<Invitation> first() {
        if (!isNew()) {
            return Optional.empty();
        }
        Optional<Invitation> before = people.invitation(Invitation.FIRST);
        if (before.isPresent()) {
            Invitation longer = before.get().until(now().plus(INVITATION));
            people.replace(before.get(), longer);
            return Optional.of(longer);
        }
        return Optional.of(invitation(Invitation.FIRST, Optional.empty(), false, Rights.ofFirst(), "house.begun"));
    }

    /**
     * Their pictures stay; the name is not given to anybody else.
     *
     * @throws HouseRefusal when nobody who administers would be left
     */
    public void remove(String name) {
        keepAnAdministrator(name);
        User removed = change(name, user -> user.asRemoved(now()));
        keys.revokeAll(removed.name(), by);
        audit.write(by, "user.removed", User.checkedName(name), Optional.empty());
    }

    /**
     * From the next token on, which is a quarter of an hour away at most.
     *
     * @throws HouseRefusal when nobody who administers would be left
     */
    public User give(String name, Rights rights) {
        if (!rights.administers()) {
            keepAnAdministrator(name);
        }
        User changed = change(name, user -> user.with(rights, now()));
        audit.write(by, "user.rights", changed.name(), Optional.of(rights));
        return changed;
    }

    /** New ones, each good for one login; the old ones are void. They are nowhere in clear but in this answer. */
    public List<String> recoveryCodes(String name) {
        List<String> codes = Passwords.recoveryCodes();
        List<String> hashes = codes.stream().map(Passwords::codeHash).toList();
        User changed = change(name, user -> user.withRecoveryHashes(hashes, now()));
        audit.write(by, "user.codes", changed.name(), Optional.empty());
        return codes;
    }

    /** Tokens that were given out before hold a quarter of an hour longer at most. */
    public void endSession(String name, String session) {
        user(name).sessions().stream()
                .filter(s -> s.id().equals(session))
                .findFirst()
                .orElseThrow(() -> new HouseRefusal(Reason.UNKNOWN_USER, name + " has no session " + session));
        change(name, user -> user.withoutSession(session, now()));
    }

    /** The newest first. */
    public List<Change> changes(int most) {
        return audit.newest(most);
    }

    private void keepAnAdministrator(String name) {
        User leaving = user(name);
        if (leaving.rights().administers()
                && users().stream()
                        .noneMatch(other ->
                                other.rights().administers() && !other.name().equals(leaving.name()))) {
            throw new HouseRefusal(
                    Reason.LAST_ADMINISTRATOR,
                    leaving.name() + " is the only administrator: make somebody else one first");
        }
    }

    private User change(String name, UnaryOperator<User> change) {
        return people.change(
                        User.checkedName(name),
                        user -> Optional.of(user).filter(u -> !u.removed()).map(change))
                .orElseThrow(() -> unknown(name));
    }

    private String free(String name) {
        return Door.free(name, reserved);
    }

    private static HouseRefusal unknown(String name) {
        return new HouseRefusal(Reason.UNKNOWN_USER, "there is no user " + name);
    }

    private Instant now() {
        return clock.instant();
    }
}
