package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** An item's id follows from its owner and its asset: a rebuilt catalog gives the same, so that addresses stay good. */
final class ItemId {
    private ItemId() {}

    /** A UUID of version 8 (RFC 9562): the beginning of a SHA-256 of the asset's hash and the owner's name. */
    static UUID of(String owner, Sha256 asset) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(asset.bytes());
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(owner.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xF000L | 0x8000L;
            long low = hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
