package dev.memoir.house;

import dev.memoir.media.sharing.Link;
import dev.memoir.store.Documents;
import dev.memoir.store.Documents.Document;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The links that people have made: one document each, {@code .memoir/links/ID.json}. What a link's address carries is in none of
 * them. Each change is noted, see {@link Household#changes}.
 */
public final class Links {
    /** Where the documents lie. */
    public static final String FOLDER = ".memoir/links/";

    /** Guesses are counted, so that a link's password may be shorter than a person's. */
    private static final int SHORTEST_PASSWORD = 6;

    private static final String JSON = ".json";

    /** What somebody of a house may be called; an issuer's people are called as it likes. */
    private static final String HOUSE_NAME = "[a-z0-9._-]{1,40}";

    private final Documents documents;
    private final Passwords passwords = new Passwords();
    private final Audit audit;
    private final Clock clock;

    public Links(Documents documents, Clock clock) {
        this.documents = documents;
        this.audit = new Audit(documents, clock);
        this.clock = clock;
    }

    /** A link with what its password is compared with. */
    record Kept(Link link, Optional<String> passwordHash) {}

    /** What becomes of somebody who shows a link. */
    public sealed interface Opening {}

    /** It opens. */
    public record Opened(Link link) implements Opening {}

    /** The password is missing, or wrong. */
    public record Locked() implements Opening {}

    /** There is none, or it was ended, or its time is over: nobody learns which. */
    public record Ended() implements Opening {}

    /**
     * @param id of a token that nobody has yet
     * @param made by whom
     * @throws HouseRefusal when the password is too short or too long
     */
    public Link create(
            String id,
            String made,
            List<Link.Shared> items,
            Optional<UUID> album,
            Link.Terms terms,
            Optional<String> password) {
        Optional<String> hash = password.map(this::hash);
        Link link = new Link(id, made, items, album, terms, hash.isPresent(), 1, now(), Optional.empty());
        if (!documents.create(key(id), LinkFormat.write(link, hash))) {
            throw new IllegalStateException("there is a link " + id + " already");
        }
        audit.write(made, "link.created", id, Optional.empty());
        return link;
    }

    /**
     * @param by its owner; others' links are not there
     * @param password empty: as before; an empty text: none
     * @return empty when there is none that may be changed
     * @throws HouseRefusal when the password is too short or too long
     */
    public Optional<Link> change(String id, String by, Link.Terms terms, Optional<String> password) {
        Optional<Optional<String>> hash =
                password.map(text -> text.isEmpty() ? Optional.empty() : Optional.of(hash(text)));
        Optional<Link> changed = change(id, by, kept -> {
            Link with = kept.link().with(terms);
            return hash.map(h -> new Kept(with.locked(h.isPresent()), h))
                    .orElseGet(() -> new Kept(with, kept.passwordHash()));
        });
        changed.ifPresent(link -> audit.write(by, "link.changed", id, Optional.empty()));
        return changed;
    }

    /**
     * Ends it for good.
     *
     * @param by its owner
     * @return empty when there is none that could be ended
     */
    public Optional<Link> revoke(String id, String by) {
        Optional<Link> revoked = change(id, by, kept -> new Kept(kept.link().revoked(now()), Optional.empty()));
        revoked.ifPresent(link -> audit.write(by, "link.revoked", id, Optional.empty()));
        return revoked;
    }

    private Optional<Link> change(String id, String by, UnaryOperator<Kept> change) {
        return documents
                .change(
                        key(id),
                        document -> Optional.of(kept(document))
                                .filter(found -> found.link().owner().equals(by))
                                .filter(found -> found.link().revokedAt().isEmpty())
                                .map(change),
                        wanted -> LinkFormat.write(wanted.link(), wanted.passwordHash()))
                .map(Kept::link);
    }

    /** @param password empty where none was given */
    public Opening open(String id, Optional<String> password) {
        Optional<Kept> found = documents.read(key(id)).map(Links::kept);
        if (found.isEmpty()
                || !found.get().link().open(now())
                || isGone(found.get().link().owner())) {
            return new Ended();
        }
        Kept kept = found.get();
        boolean right =
                !kept.link().locked() || password.isPresent() && passwords.matches(password.get(), kept.passwordHash());
        return right ? new Opened(kept.link()) : new Locked();
    }

    /** Whoever was removed shares nothing any more. An issuer's people have no document here. */
    private boolean isGone(String owner) {
        return owner.matches(HOUSE_NAME)
                && documents
                        .read(People.USERS + owner + JSON)
                        .map(document -> HouseFormat.user(document.key(), document.content()))
                        .filter(User::removed)
                        .isPresent();
    }

    /** All of them, those that have ended, too; documents that are no link are passed by. */
    public Stream<Link> all() {
        return documents
                .list(FOLDER)
                .filter(key -> key.endsWith(JSON))
                .map(documents::read)
                .flatMap(Optional::stream)
                .map(Links::known)
                .flatMap(Optional::stream);
    }

    /** What a document says; empty when it is no link that this version understands. */
    public static Optional<Link> known(Document document) {
        try {
            return Optional.of(kept(document).link());
        } catch (IllegalStateException | IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private String hash(String password) {
        return passwords.hash(password, SHORTEST_PASSWORD);
    }

    private static Kept kept(Document document) {
        return LinkFormat.read(document.key(), document.content());
    }

    private static String key(String id) {
        return FOLDER + id + JSON;
    }

    /** As precise as a database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
