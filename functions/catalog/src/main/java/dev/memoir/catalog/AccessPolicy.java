package dev.memoir.catalog;

import dev.memoir.media.Claims;

/** Who may change what. Row security decides the same in the database; a change has to pass both. */
final class AccessPolicy {
    private AccessPolicy() {}

    /** Only its owner may change an item. */
    static boolean mayChange(Claims who, String owner) {
        return who.subject().equals(owner);
    }
}
