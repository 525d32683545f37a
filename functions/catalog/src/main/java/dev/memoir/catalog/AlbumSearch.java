package dev.memoir.catalog;

import dev.memoir.media.Facts;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Searches in an album. Its items are walked, since bits are told of one's own items and the family's alone. What others' items
 * are found by is what one may know of them: not the names of their files, nor what their owners marked them with, nor who is
 * seen in them.
 */
final class AlbumSearch {
    /** An album has fewer. */
    private static final int ALL = 1_000_000;

    private AlbumSearch() {}

    /**
     * One search for what is the caller's own or the family's and one for what is others'.
     *
     * @param owners whose items the caller sees without any album
     */
    static List<ItemSearch> of(Handle handle, UUID album, List<String> owners, Filter filter, Optional<Cursor> after) {
        ItemSearch known = new ItemSearch(handle, new Scope.Members(album, owners, false), filter, after);
        return Stream.concat(
                        Stream.of(known),
                        others(handle, new Scope.Members(album, owners, true), filter, after).stream())
                .toList();
    }

    private static Optional<ItemSearch> others(Handle handle, Scope members, Filter filter, Optional<Cursor> after) {
        boolean asksForMore = !filter.people().isEmpty()
                || !filter.ratings().isEmpty()
                || filter.marks().favourite().orElse(false)
                || filter.marks().archived().orElse(false);
        if (asksForMore) {
            return Optional.empty();
        }
        Filter told = filter.marked(Filter.Marks.ANY);
        ItemSearch search = new ItemSearch(handle, members, told, after);
        Set<String> words = filter.text().map(Words::of).orElse(Set.of());
        return Optional.of(
                words.isEmpty()
                        ? search
                        : new ItemSearch(
                                handle,
                                new Scope.Only(carrying(handle, search.first(ALL), words)),
                                told.withoutText(),
                                after));
    }

    /** Those of the items that say all of the words themselves. */
    private static List<UUID> carrying(Handle handle, Collection<UUID> candidates, Set<String> words) {
        Set<String> wanted = words.stream()
                .map(word -> new Term(Term.Kind.WORD, word).text())
                .collect(Collectors.toSet());
        List<Item> items = JdbiLibrary.items(handle, candidates);
        Map<Sha256, List<Label>> labels =
                labels(handle, items.stream().map(Item::sha256).collect(Collectors.toSet()));
        return items.stream()
                .filter(item -> terms(item, labels.getOrDefault(item.sha256(), List.of()))
                        .containsAll(wanted))
                .map(Item::id)
                .toList();
    }

    private static Set<String> terms(Item item, List<Label> labels) {
        Facts told = item.told();
        List<String> written = Stream.of(told.title(), told.description())
                .flatMap(Optional::stream)
                .toList();
        return ItemTerms.of(new ItemTerms.Searchable(
                told, item.state(), item.sortTime(), item.edits(), written, List.of(), labels, OptionalDouble.empty()));
    }

    private static Map<Sha256, List<Label>> labels(Handle handle, Set<Sha256> assets) {
        Map<Sha256, List<Label>> labels = new HashMap<>();
        handle.createQuery("SELECT sha256, name, confidence FROM label WHERE sha256 = ANY(:assets)"
                        + " ORDER BY task, model, position")
                .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                .map((row, context) -> Map.entry(
                        Sha256.of(row.getBytes("sha256")),
                        new Label(row.getString("name"), row.getDouble("confidence"))))
                .forEach(entry -> labels.computeIfAbsent(entry.getKey(), asset -> new ArrayList<>())
                        .add(entry.getValue()));
        return labels;
    }
}
