package dev.memoir.house;

import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.house.User.Session;
import dev.memoir.store.Documents;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How people come in and leave. */
public final class Door {
    private final People people;
    private final Passwords passwords = new Passwords();
    private final ApiKeys keys;
    private final Audit audit;
    private final Set<String> reserved;
    private final Clock clock;

    /** @param reserved names that nobody may take, such as the owner of what lies outside {@code users/} */
    public Door(Documents documents, Set<String> reserved, Clock clock) {
        this.people = new People(documents);
        this.keys = new ApiKeys(documents, reserved, clock);
        this.audit = new Audit(documents, clock);
        this.reserved = Set.copyOf(reserved);
        this.clock = clock;
    }

    /** Somebody who is in, by this session. */
    public record Admitted(User user, Session session) {}

    /**
     * @param password or a recovery code, which is used up by it
     * @param device what the browser calls itself
     * @return empty when name or password are wrong, which takes the same time
     */
    public Optional<Admitted> logIn(String name, String password, String device) {
        Optional<User> user = known(name);
        boolean byPassword = passwords.matches(password, user.flatMap(User::passwordHash));
        String code = Passwords.codeHash(password);
        boolean byCode = user.stream().anyMatch(u -> u.recoveryHashes().contains(code));
        if (user.isEmpty() || !(byPassword || byCode)) {
            return Optional.empty();
        }
        Session session = session(device);
        // Checked once more on what is there now: a code lets in once, and who was removed meanwhile stays out.
        return people.change(
                        user.get().name(),
                        present -> admit(present, user.get(), byPassword, code)
                                .map(admitted -> admitted.withSession(session, now())))
                .map(admitted -> new Admitted(admitted, session));
    }

    private Optional<User> admit(User present, User asked, boolean byPassword, String code) {
        if (present.removed()) {
            return Optional.empty();
        }
        if (byPassword) {
            return Optional.of(present).filter(p -> p.passwordHash().equals(asked.passwordHash()));
        }
        List<String> left = new ArrayList<>(present.recoveryHashes());
        return left.remove(code) ? Optional.of(present.withRecoveryHashes(left, now())) : Optional.empty();
    }

    /** Who a session belongs to, as long as it lasts and its person is there. */
    public Optional<User> visit(String name, String session) {
        return people.find(name)
                .filter(user -> !user.removed())
                .filter(user -> user.session(session, now()).isPresent());
    }

    public void logOut(String name, String session) {
        people.change(name, user -> user.session(session, now()).map(s -> user.withoutSession(session, now())));
    }

    /**
     * Takes an invitation.
     *
     * @param id of a ticket whose signature was checked
     * @throws HouseRefusal when it was used, has expired or is for somebody else; when the name can't be had; when the
     *     password is too weak. Nothing is changed then.
     */
    public Admitted accept(String id, String name, String password, String device) {
        Passwords.check(password);
        Invitation invitation = people.invitation(id)
                .filter(i -> i.expiresAt().isAfter(now()))
                .filter(this::isOpen)
                .orElseThrow(() -> new HouseRefusal(
                        Reason.BAD_TICKET, "this link was used already, or its time is over: ask for a new one"));
        String checked = invitation.reset() ? User.checkedName(name) : free(name, reserved);
        if (invitation.name().filter(n -> !n.equals(checked)).isPresent()) {
            throw new HouseRefusal(
                    Reason.BAD_NAME, "this link is for " + invitation.name().get());
        }
        if (!invitation.reset() && people.find(checked).isPresent()) {
            throw taken(checked);
        }
        if (!people.replace(invitation, invitation.taken(checked))) {
            throw new HouseRefusal(Reason.BAD_TICKET, "this link is being used by somebody else");
        }
        Session session = session(device);
        User user = invitation.reset()
                ? renewed(checked, password, session)
                : entered(invitation, checked, password, session);
        audit.write(checked, invitation.reset() ? "user.renewed" : "user.joined", checked, Optional.of(user.rights()));
        return new Admitted(user, session);
    }

    /** One that was taken for somebody who never came, since the function was ended in between, is open still. */
    private boolean isOpen(Invitation invitation) {
        return invitation.usedBy().isEmpty()
                || !invitation.reset() && people.find(invitation.usedBy().get()).isEmpty();
    }

    private User entered(Invitation invitation, String name, String password, Session session) {
        User user = User.fresh(name, invitation.rights(), now())
                .withPassword(passwords.hash(password), now())
                .withSession(session, now());
        if (!people.create(user)) {
            people.replace(invitation.taken(name), invitation);
            throw taken(name);
        }
        return user;
    }

    /** Passkeys and keys end, too: one of them may be what it is renewed for. */
    private User renewed(String name, String password, Session session) {
        String hash = passwords.hash(password);
        User renewed = people.change(
                        name,
                        user -> user.removed()
                                ? Optional.empty()
                                : Optional.of(user.withPassword(hash, now())
                                        .withPasskeys(user.passkeys().withoutAny(), now())
                                        .withSession(session, now())))
                .orElseThrow(() -> new HouseRefusal(Reason.BAD_TICKET, "whom this link was for is not there any more"));
        keys.revokeAll(name, name);
        return renewed;
    }

    /**
     * Sets another password; every other session ends.
     *
     * @return empty when the session has ended or the old password is wrong
     * @throws HouseRefusal when the new one is too weak
     */
    public Optional<Admitted> changePassword(String name, String session, String old, String wanted, String device) {
        Passwords.check(wanted);
        Optional<User> user = visit(name, session);
        if (!passwords.matches(old, user.flatMap(User::passwordHash)) || user.isEmpty()) {
            return Optional.empty();
        }
        String hash = passwords.hash(wanted);
        Session fresh = session(device);
        return people.change(
                        name,
                        present -> present.passwordHash().equals(user.get().passwordHash())
                                ? Optional.of(present.withPassword(hash, now()).withSession(fresh, now()))
                                : Optional.empty())
                .map(changed -> new Admitted(changed, fresh));
    }

    /**
     * New recovery codes, in place of the old ones; they are nowhere in clear but in this answer.
     *
     * @return empty when the session has ended or the password is wrong
     */
    public Optional<List<String>> recoveryCodes(String name, String session, String password) {
        Optional<User> user = visit(name, session);
        if (!passwords.matches(password, user.flatMap(User::passwordHash)) || user.isEmpty()) {
            return Optional.empty();
        }
        List<String> codes = Passwords.recoveryCodes();
        List<String> hashes = codes.stream().map(Passwords::codeHash).toList();
        Optional<User> changed = people.change(
                name,
                present -> present.passwordHash().equals(user.get().passwordHash())
                        ? Optional.of(present.withRecoveryHashes(hashes, now()))
                        : Optional.empty());
        changed.ifPresent(person -> audit.write(name, "user.codes", name, Optional.empty()));
        return changed.map(person -> codes);
    }

    private Optional<User> known(String name) {
        try {
            return people.find(User.checkedName(name)).filter(user -> !user.removed());
        } catch (HouseRefusal noName) {
            return Optional.empty();
        }
    }

    static String free(String name, Set<String> reserved) {
        String checked = User.checkedName(name);
        if (reserved.contains(checked)) {
            throw new HouseRefusal(
                    Reason.BAD_NAME, "the name " + checked + " stands for what belongs to all; take another one");
        }
        return checked;
    }

    static HouseRefusal taken(String name) {
        return new HouseRefusal(Reason.NAME_TAKEN, "the name " + name + " is taken, or was");
    }

    private Session session(String device) {
        return Session.begun(device, now());
    }

    private Instant now() {
        return clock.instant();
    }
}
