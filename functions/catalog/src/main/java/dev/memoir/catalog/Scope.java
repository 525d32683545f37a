package dev.memoir.catalog;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Among which items a search looks, as far as the transaction sees them. */
sealed interface Scope {
    /** One owner's: the only scope of which bits tell what is found by what. */
    record Owner(String name) implements Scope {}

    /**
     * Those in an album.
     *
     * @param others false: those of these owners; true: those of anybody else
     */
    record Members(UUID album, List<String> owners, boolean others) implements Scope {}

    /** These. */
    record Only(Collection<UUID> items) implements Scope {}
}
