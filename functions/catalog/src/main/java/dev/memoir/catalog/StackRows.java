package dev.memoir.catalog;

import dev.memoir.media.StackKind;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What lies beneath what, around some items, as far as the transaction sees it: what is not seen takes what lies beneath it out of
 * the stack.
 *
 * @param tops for each of the items that has one, what lies beneath nothing
 * @param members what lies beneath each of these, however deep
 */
record StackRows(Map<UUID, UUID> tops, Map<UUID, List<Row>> members) {
    private static final String UP = "WITH RECURSIVE up (start, id, cover) AS ("
            + "SELECT id, id, cover FROM item WHERE id = ANY(:ids)"
            + " UNION SELECT up.start, i.id, i.cover FROM up JOIN item i ON i.id = up.cover)"
            + " SELECT start, id FROM up WHERE cover IS NULL";

    private static final String DOWN = "WITH RECURSIVE down (top, id, cover, kind) AS ("
            + "SELECT cover, id, cover, cover_kind FROM item WHERE cover = ANY(:ids)"
            + " UNION SELECT down.top, i.id, i.cover, i.cover_kind FROM down JOIN item i ON i.cover = down.id)"
            + " SELECT * FROM down";

    private static final String OF_ONE_SHOT = "cover_kind IN ('live', 'raw')";

    /** An item beneath another one. */
    record Row(UUID top, UUID id, UUID cover, StackKind kind) {}

    static StackRows of(Handle handle, Collection<UUID> items) {
        Map<UUID, UUID> tops = new HashMap<>();
        handle.createQuery(UP)
                .bind("ids", items.toArray(UUID[]::new))
                .map((row, context) -> Map.entry(row.getObject("start", UUID.class), row.getObject("id", UUID.class)))
                .forEach(item -> tops.put(item.getKey(), item.getValue()));
        List<Row> members = handle.createQuery(DOWN)
                .bind("ids", new HashSet<>(tops.values()).toArray(UUID[]::new))
                .map((row, context) -> new Row(
                        row.getObject("top", UUID.class),
                        row.getObject("id", UUID.class),
                        row.getObject("cover", UUID.class),
                        StackKind.ofWireName(row.getString("kind"))))
                .list();
        return new StackRows(tops, members.stream().collect(Collectors.groupingBy(Row::top)));
    }

    /** These and what is of the same shot: the other half of a live photo, a raw file and its picture. */
    static Set<UUID> ofOneShot(Handle handle, Collection<UUID> items) {
        Set<UUID> all = new LinkedHashSet<>(items);
        for (int before = 0; before < all.size(); ) {
            before = all.size();
            handle.createQuery("SELECT cover AS id FROM item WHERE id = ANY(:ids) AND cover IS NOT NULL AND "
                            + OF_ONE_SHOT + " UNION SELECT id FROM item WHERE cover = ANY(:ids) AND " + OF_ONE_SHOT)
                    .bind("ids", all.toArray(UUID[]::new))
                    .mapTo(UUID.class)
                    .forEach(all::add);
        }
        return all;
    }

    /** Those of the items that are in a stack at all, with all that is in it. */
    Set<UUID> all() {
        Set<UUID> all = new HashSet<>(members.keySet());
        members.values().forEach(rows -> rows.forEach(row -> all.add(row.id())));
        return all;
    }

    /** @param seen at least {@link #all} */
    Map<UUID, Stack> stacks(Map<UUID, Item> seen) {
        Map<UUID, Stack> stacks = new HashMap<>();
        tops.forEach((item, top) -> {
            List<Row> beneath = members.get(top);
            if (beneath != null) {
                stacks.put(item, stack(seen, top, beneath));
            }
        });
        return stacks;
    }

    private static Stack stack(Map<UUID, Item> seen, UUID top, List<Row> beneath) {
        return new Stack(
                seen.get(top),
                beneath.stream()
                        .map(row -> new Stack.Member(seen.get(row.id()), row.kind(), row.cover()))
                        .sorted(Comparator.comparing(
                                        (Stack.Member member) -> member.item().sortTime())
                                .thenComparing(member -> member.item().id()))
                        .toList());
    }
}
