package dev.memoir.house;

import dev.memoir.store.Documents;
import dev.memoir.store.Documents.Document;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The documents of people and invitations. Changes are made from what is there, so that none is lost. */
final class People {
    static final String USERS = ".memoir/users/";
    private static final String INVITATIONS = ".memoir/invitations/";
    private static final String JSON = ".json";

    private final Documents documents;

    People(Documents documents) {
        this.documents = documents;
    }

    /** Those who were removed, too. */
    Optional<User> find(String name) {
        return documents.read(key(name)).map(People::user);
    }

    List<User> all() {
        return documents
                .list(USERS)
                .filter(key -> key.endsWith(JSON))
                .map(documents::read)
                .flatMap(Optional::stream)
                .map(People::user)
                .toList();
    }

    /** Reads everybody's document: of a house's people there are few. */
    Optional<User> byHandle(String handle) {
        return all().stream()
                .filter(user -> user.passkeys().handle().filter(handle::equals).isPresent())
                .findFirst();
    }

    boolean nobody() {
        return documents.list(USERS).noneMatch(key -> key.endsWith(JSON));
    }

    /** @return false when the name is taken */
    boolean create(User user) {
        return documents.create(key(user.name()), HouseFormat.write(user));
    }

    /**
     * @param change from what is there to what shall be; may be called several times; empty leaves it as it is
     * @return what is there afterwards, or empty when nothing was changed
     */
    Optional<User> change(String name, Function<User, Optional<User>> change) {
        return documents.change(key(name), found -> change.apply(user(found)), HouseFormat::write);
    }

    Optional<Invitation> invitation(String id) {
        return documents.read(INVITATIONS + id + JSON).map(People::invitation);
    }

    boolean create(Invitation invitation) {
        return documents.create(INVITATIONS + invitation.id() + JSON, HouseFormat.write(invitation));
    }

    /** @return false when somebody else changed it meanwhile */
    boolean replace(Invitation before, Invitation after) {
        String key = INVITATIONS + before.id() + JSON;
        Optional<Document> found = documents.read(key);
        return found.isPresent()
                && invitation(found.get()).equals(before)
                && documents.replace(found.get(), HouseFormat.write(after));
    }

    private static String key(String name) {
        return USERS + name + JSON;
    }

    private static User user(Document document) {
        return HouseFormat.user(document.key(), document.content());
    }

    private static Invitation invitation(Document document) {
        return HouseFormat.invitation(document.key(), document.content());
    }
}
