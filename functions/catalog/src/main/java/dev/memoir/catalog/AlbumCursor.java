package dev.memoir.catalog;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * A place between two pictures of an album: after the one with this id.
 *
 * @param position where it was put; in an album by time, its microseconds since 1970
 */
public record AlbumCursor(long position, UUID item) {
    private static final int BYTES = 3 * Long.BYTES;

    /** Opaque text, safe in an address. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(position)
                .putLong(item.getMostSignificantBits())
                .putLong(item.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException when it isn't one of ours */
    public static AlbumCursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != BYTES) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        return new AlbumCursor(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
    }
}
