package dev.memoir.catalog;

import dev.memoir.media.AlbumOrder;
import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Albums as their documents would have them. */
final class Albums {
    private Albums() {}

    /** Somebody's, with pictures of their own, as they were put. */
    static Album of(String owner, Sha256... assets) {
        return new Album(
                UUID.randomUUID(),
                owner,
                "Summer",
                "",
                Optional.empty(),
                Optional.empty(),
                AlbumOrder.MANUAL,
                Optional.empty(),
                Map.of(),
                entries(owner, assets),
                Samples.UPLOADED,
                Samples.UPLOADED,
                false);
    }

    /** What somebody put there of their own. */
    static List<Album.Entry> entries(String owner, Sha256... assets) {
        List<Album.Entry> entries = new ArrayList<>();
        for (Sha256 asset : assets) {
            entries.add(new Album.Entry(new Album.Member(owner, asset), entries.size() + 1L, owner, Samples.UPLOADED));
        }
        return entries;
    }

    /** Somebody's own with a label. */
    static AlbumRule rule(String owner, String label) {
        return new AlbumRule(
                Set.of(owner), Set.of(), List.of(label), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
