package dev.memoir.custodian;

import dev.memoir.media.Sha256;
import dev.memoir.store.StoredObject;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/**
 * The listing of all renditions, read once from front to back: their keys sort as the hashes in them do, so assets
 * asked for in the order of their hashes find theirs without a request each.
 */
final class RenditionListing {
    static final String PREFIX = "renditions/";

    /** {@code renditions/ab/} stands before the hash. */
    private static final int HASH_AT = PREFIX.length() + 3;

    private static final int HASH_LENGTH = 64;

    private final Iterator<StoredObject> listing;
    private String key = "";

    RenditionListing(Iterator<StoredObject> listing) {
        this.listing = listing;
        advance();
    }

    /** A key that sorts after every rendition of the asset and before the next one's; empty for no asset. */
    static String lastKeyOf(Optional<Sha256> asset) {
        return asset.map(a -> PREFIX + a.hex().substring(0, 2) + "/" + a.hex() + "/~")
                .orElse("");
    }

    /** @param asset not before the one asked for last */
    Set<String> keysOf(Sha256 asset) {
        Set<String> keys = new HashSet<>();
        while (!key.isEmpty() && hash().compareTo(asset.hex()) <= 0) {
            if (hash().equals(asset.hex())) {
                keys.add(key);
            }
            advance();
        }
        return keys;
    }

    private String hash() {
        return key.length() < HASH_AT + HASH_LENGTH ? "" : key.substring(HASH_AT, HASH_AT + HASH_LENGTH);
    }

    private void advance() {
        key = listing.hasNext() ? listing.next().key() : "";
    }
}
