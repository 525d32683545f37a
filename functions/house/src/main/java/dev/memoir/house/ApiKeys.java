package dev.memoir.house;

import dev.memoir.house.HouseRefusal.Reason;
import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import dev.memoir.store.Documents;
import dev.memoir.store.Documents.Document;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The keys with which scripts ask as a person: one document each, {@code .memoir/keys/ID.json}. The key itself is in none of them. Who
 * makes and revokes one is noted, see {@link Household#changes}.
 */
public final class ApiKeys {
    /** What a key has where nobody says otherwise. */
    public static final Duration VALIDITY = Duration.ofDays(90);

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Of one person. */
    private static final int MOST = 50;

    private static final int LONGEST_NAME = 60;

    /** So often it is noted at most that a key was used. */
    private static final Duration NOTED = Duration.ofHours(1);

    private static final String FOLDER = ".memoir/keys/";
    private static final String JSON = ".json";
    private static final String ID = "[0-9a-f]{32}";

    private final Documents documents;
    private final People people;
    private final Audit audit;
    private final Set<String> reserved;
    private final Clock clock;

    /** @param reserved names that are nobody's, such as the owner of what lies outside {@code users/} */
    public ApiKeys(Documents documents, Set<String> reserved, Clock clock) {
        this.documents = documents;
        this.people = new People(documents);
        this.audit = new Audit(documents, clock);
        this.reserved = Set.copyOf(reserved);
        this.clock = clock;
    }

    /**
     * @param id of a key that nobody has yet
     * @param owner whom it is for
     * @param by who makes it
     * @throws HouseRefusal when there is no such person, or they have too many; when the name can't be one, or is taken; when it would
     *     be for longer than ten years; when it would administer and its person doesn't
     */
    public ApiKey create(String id, String owner, String name, Scope scope, Duration validity, String by) {
        Rights rights =
                rights(owner).orElseThrow(() -> new HouseRefusal(Reason.UNKNOWN_USER, "there is no user " + owner));
        if (scope == Scope.ADMIN && !rights.administers()) {
            throw new HouseRefusal(Reason.BAD_RIGHTS, owner + " does not administer, so a key of theirs can't either");
        }
        String called = name.strip();
        if (called.isEmpty() || called.length() > LONGEST_NAME || called.chars().anyMatch(Character::isISOControl)) {
            throw new HouseRefusal(Reason.BAD_KEY, "a key's name has 1 to " + LONGEST_NAME + " characters");
        }
        if (validity.compareTo(Duration.ofDays(1)) < 0 || validity.compareTo(LONGEST) > 0) {
            throw new HouseRefusal(Reason.BAD_KEY, "a key is good for 1 to " + LONGEST.toDays() + " days");
        }
        List<ApiKey> others = of(owner);
        if (others.stream().anyMatch(key -> key.name().equals(called))) {
            throw new HouseRefusal(
                    Reason.NAME_TAKEN, owner + " has a key " + called + ": revoke it first, or take another name");
        }
        if (others.size() >= MOST) {
            throw new HouseRefusal(Reason.BAD_KEY, owner + " has " + MOST + " keys: revoke one of them first");
        }
        ApiKey key =
                new ApiKey(id, owner, called, scope, now(), now().plus(validity), Optional.empty(), Optional.empty());
        if (!documents.create(document(id), ApiKeyFormat.write(key))) {
            throw new IllegalStateException("there is a key " + id + " already");
        }
        note(by, "key.created", key);
        return key;
    }

    /** Those that were not revoked, the newest first; documents that are no key are passed by. */
    public List<ApiKey> all() {
        return documents
                .list(FOLDER)
                .filter(key -> key.endsWith(JSON))
                .map(documents::read)
                .flatMap(Optional::stream)
                .map(ApiKeys::known)
                .flatMap(Optional::stream)
                .filter(key -> key.revokedAt().isEmpty())
                .sorted(Comparator.comparing(ApiKey::createdAt).reversed())
                .toList();
    }

    /** A person's, as {@link #all}. */
    public List<ApiKey> of(String owner) {
        return all().stream().filter(key -> key.owner().equals(owner)).toList();
    }

    /**
     * Ends it for good: nothing is opened by it any more.
     *
     * @param owner whose it is; others' keys are not there
     * @param by who revokes it
     * @throws HouseRefusal when there is none that could be revoked
     */
    public void revoke(String id, String owner, String by) {
        if (!id.matches(ID) || !end(id, owner, by)) {
            throw new HouseRefusal(Reason.UNKNOWN_KEY, owner + " has no key " + id);
        }
    }

    /** All keys of somebody who was removed, or could not get in any more. */
    void revokeAll(String owner, String by) {
        of(owner).forEach(key -> end(key.id(), owner, by));
    }

    private boolean end(String id, String owner, String by) {
        Optional<ApiKey> ended =
                change(id, key -> key.owner().equals(owner) && key.revokedAt().isEmpty(), key -> key.revokedAt(now()));
        ended.ifPresent(key -> note(by, "key.revoked", key));
        return ended.isPresent();
    }

    /**
     * What whoever shows a key may: what its person may now, as far as its scope goes.
     *
     * @param id of a key whose mark was checked
     * @return empty when there is none, it has ended or was revoked, or its person is not there any more
     */
    public Optional<Claims> open(String id) {
        Optional<ApiKey> found = documents.read(document(id)).map(ApiKeys::read).filter(key -> key.open(now()));
        Optional<Claims> claims = found.flatMap(key -> rights(key.owner())
                .map(rights -> new Claims(key.owner(), rights.groups(), rights.attributes(), key.scope())));
        if (claims.isPresent()
                && found.get()
                        .usedAt()
                        .filter(at -> at.isAfter(now().minus(NOTED)))
                        .isEmpty()) {
            change(id, key -> key.open(now()), key -> key.usedAt(now()));
        }
        return claims;
    }

    private Optional<Rights> rights(String owner) {
        return reserved.contains(owner)
                ? Optional.of(Rights.ofHousehold())
                : people.find(owner).filter(user -> !user.removed()).map(User::rights);
    }

    private Optional<ApiKey> change(String id, Predicate<ApiKey> may, UnaryOperator<ApiKey> change) {
        return documents.change(
                document(id), found -> Optional.of(read(found)).filter(may).map(change), ApiKeyFormat::write);
    }

    private void note(String by, String what, ApiKey key) {
        audit.write(
                by,
                what,
                key.owner(),
                Map.of("key", key.id(), "scope", key.scope().token()));
    }

    private static Optional<ApiKey> known(Document document) {
        try {
            return Optional.of(read(document));
        } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ApiKey read(Document document) {
        return ApiKeyFormat.read(document.key(), document.content());
    }

    private static String document(String id) {
        return FOLDER + id + JSON;
    }

    private Instant now() {
        return clock.instant();
    }
}
