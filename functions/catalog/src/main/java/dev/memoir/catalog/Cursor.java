package dev.memoir.catalog;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;

/** A place between two items of the timeline: after the item with this time and id. It stays good when items come and go. */
public record Cursor(Instant sortTime, UUID item) {
    /** As the database orders them: its ids are compared byte by byte. */
    static final Comparator<Cursor> NEWEST_FIRST = Comparator.comparing(Cursor::sortTime)
            .thenComparing(cursor -> cursor.item().getMostSignificantBits(), Long::compareUnsigned)
            .thenComparing(cursor -> cursor.item().getLeastSignificantBits(), Long::compareUnsigned)
            .reversed();

    private static final int BYTES = 3 * Long.BYTES;

    /** The database takes no earlier time; its latest is beyond what a cursor can hold. */
    private static final Instant EARLIEST = Instant.parse("-4712-01-01T00:00:00Z");

    /** Opaque text, safe in an address. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, sortTime))
                .putLong(item.getMostSignificantBits())
                .putLong(item.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws IllegalArgumentException when it isn't one of ours */
    public static Cursor parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (bytes.remaining() != BYTES) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        Instant time = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
        if (time.isBefore(EARLIEST)) {
            throw new IllegalArgumentException("not a cursor: " + text);
        }
        return new Cursor(time, new UUID(bytes.getLong(), bytes.getLong()));
    }
}
