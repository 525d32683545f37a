package dev.memoir.catalog;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How far somebody has followed the changes that they may see. It is no secret and gives no right: whoever makes one up is told
 * what they may see anyway.
 *
 * @param places one in each count that they may see
 */
public record ChangeToken(List<Place> places) {
    private static final byte VERSION = 1;
    private static final int PLACE = 5 * Long.BYTES;

    /** More than anybody has. */
    private static final int MOST_PLACES = 16;

    public ChangeToken {
        places = List.copyOf(places);
    }

    /**
     * A place in a count.
     *
     * @param count says which, and hides whose
     * @param epoch of the count; {@link #NONE} as long as nothing was counted
     * @param number of the last change that was told
     */
    record Place(UUID count, UUID epoch, long number) {
        static final UUID NONE = new UUID(0, 0);

        static UUID count(String owner, boolean hidden) {
            return HashedId.of(
                    "changes".getBytes(StandardCharsets.UTF_8),
                    new byte[] {(byte) (hidden ? 1 : 0)},
                    owner.getBytes(StandardCharsets.UTF_8));
        }

        Place at(long last) {
            return new Place(count, epoch, last);
        }

        /** Whether what is counted after this place, and no more, was counted since. */
        boolean leadsTo(Place later) {
            boolean begins = epoch.equals(NONE) && number == 0;
            return count.equals(later.count())
                    && (begins || epoch.equals(later.epoch()))
                    && number >= 0
                    && number <= later.number();
        }
    }

    /** Opaque text, safe in an address. */
    public String text() {
        ByteBuffer bytes = ByteBuffer.allocate(1 + places.size() * PLACE).put(VERSION);
        for (Place place : places) {
            bytes.putLong(place.count().getMostSignificantBits())
                    .putLong(place.count().getLeastSignificantBits())
                    .putLong(place.epoch().getMostSignificantBits())
                    .putLong(place.epoch().getLeastSignificantBits())
                    .putLong(place.number());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /**
     * @return empty when another version wrote it
     * @throws IllegalArgumentException when it isn't one of ours
     */
    public static Optional<ChangeToken> parse(String text) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        if (!bytes.hasRemaining()) {
            throw new IllegalArgumentException("not a token of changes: " + text);
        }
        if (bytes.get() != VERSION) {
            return Optional.empty();
        }
        if (bytes.remaining() % PLACE != 0 || bytes.remaining() > MOST_PLACES * PLACE) {
            throw new IllegalArgumentException("not a token of changes: " + text);
        }
        List<Place> places = new ArrayList<>();
        while (bytes.hasRemaining()) {
            places.add(new Place(
                    new UUID(bytes.getLong(), bytes.getLong()),
                    new UUID(bytes.getLong(), bytes.getLong()),
                    bytes.getLong()));
        }
        return Optional.of(new ChangeToken(places));
    }
}
