package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What changed of that which somebody sees in lists: their own items and the household's. */
final class Following {
    static final String SINCE = "SELECT item, number FROM item_change"
            + " WHERE owner = :owner AND hidden = :hidden AND number > :after ORDER BY number LIMIT :limit";

    private final Handle handle;
    private final List<Count> counts;

    Following(Handle handle, Claims who, String household) {
        this.handle = handle;
        this.counts = AccessPolicy.owners(who, household).stream()
                .flatMap(owner -> AccessPolicy.allows(who, Action.SEE, new Thing(owner, true, true), household)
                        ? Stream.of(new Count(owner, false), new Count(owner, true))
                        : Stream.of(new Count(owner, false)))
                .toList();
    }

    private record Count(String owner, boolean hidden) {}

    /**
     * Items, some of which may be gone.
     *
     * @param changed each once, those first that changed first
     * @param more whether others changed after these
     * @param next after these
     */
    record Changed(List<UUID> changed, boolean more, ChangeToken next) {}

    ChangeToken now() {
        Map<Count, ChangeToken.Place> places = new HashMap<>();
        handle.createQuery("SELECT owner, hidden, epoch, number FROM change_count WHERE owner = ANY(:owners)")
                .bind("owners", counts.stream().map(Count::owner).distinct().toArray(String[]::new))
                .map((row, context) -> Map.entry(
                        new Count(row.getString("owner"), row.getBoolean("hidden")),
                        new ChangeToken.Place(
                                ChangeToken.Place.count(row.getString("owner"), row.getBoolean("hidden")),
                                row.getObject("epoch", UUID.class),
                                row.getLong("number"))))
                .forEach(count -> places.put(count.getKey(), count.getValue()));
        return new ChangeToken(counts.stream()
                .map(count -> places.getOrDefault(
                        count,
                        new ChangeToken.Place(
                                ChangeToken.Place.count(count.owner(), count.hidden()), ChangeToken.Place.NONE, 0)))
                .toList());
    }

    /** Empty when the token leads nowhere from here: it was somebody's with other rights, or another database's. */
    Optional<Changed> since(ChangeToken token, int most) {
        ChangeToken now = now();
        if (!leadsOn(token, now)) {
            return Optional.empty();
        }
        Set<UUID> known = new HashSet<>();
        List<UUID> changed = new ArrayList<>();
        List<ChangeToken.Place> next = new ArrayList<>();
        boolean more = false;
        for (int i = 0; i < counts.size(); i++) {
            ChangeToken.Place told = token.places().get(i);
            ChangeToken.Place last = now.places().get(i);
            int room = most - changed.size();
            List<Row> rows = room == 0 || told.number() == last.number()
                    ? List.of()
                    : rows(counts.get(i), told.number(), room + 1);
            List<Row> taken = rows.subList(0, Math.min(room, rows.size()));
            taken.stream().map(Row::item).filter(known::add).forEach(changed::add);
            boolean rest = rows.size() > room || room == 0 && told.number() < last.number();
            more |= rest;
            long read = taken.isEmpty() ? told.number() : taken.getLast().number();
            // Without a rest, all that was counted up to then has been read.
            next.add(last.at(rest ? read : Math.max(read, last.number())));
        }
        return Optional.of(new Changed(changed, more, new ChangeToken(next)));
    }

    private static boolean leadsOn(ChangeToken token, ChangeToken now) {
        return token.places().size() == now.places().size()
                && IntStream.range(0, now.places().size())
                        .allMatch(
                                i -> token.places().get(i).leadsTo(now.places().get(i)));
    }

    private record Row(UUID item, long number) {}

    private List<Row> rows(Count count, long after, int limit) {
        return handle.createQuery(SINCE)
                .bind("owner", count.owner())
                .bind("hidden", count.hidden())
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Row(row.getObject("item", UUID.class), row.getLong("number")))
                .list();
    }
}
