package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** An item's id follows from its owner and its asset: a rebuilt catalog gives the same, so that addresses stay good. */
final class ItemId {
    private ItemId() {}

    static UUID of(String owner, Sha256 asset) {
        return HashedId.of(asset.bytes(), owner.getBytes(StandardCharsets.UTF_8));
    }
}
