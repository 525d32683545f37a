package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.MediaKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A filter's conditions on terms: of each set an item must carry at least one, and none that is excluded. The sets of one kind don't overlap in an
 * item's terms except labels, people and words, which come one to a set.
 */
record Requirements(List<Set<String>> sets, Set<String> excluded) {
    /** Cells that a box is covered by: more make a search finer but touch more places of the index. */
    private static final int MOST_CELLS = 40;

    /** What an item is checked for by itself, so that its terms only narrow down where to look. */
    private static final Set<Term.Kind> CHECKED_ON_THE_ITEM = Set.of(Term.Kind.CELL, Term.Kind.NSFW);

    /** What every listed item meets. */
    static final Requirements EVERY_KIND = everyKind();

    private static Requirements everyKind() {
        List<Set<String>> sets = new ArrayList<>();
        add(
                sets,
                Term.Kind.MEDIA_KIND,
                List.of(MediaKind.values()),
                kind -> kind.name().toLowerCase(Locale.ROOT));
        return new Requirements(List.copyOf(sets), Set.of());
    }

    static Requirements of(Filter filter) {
        List<Set<String>> sets = new ArrayList<>();
        filter.text().map(Words::of).orElse(Set.of()).forEach(word -> sets.add(inWordsOrNames(word)));
        filter.people().forEach(person -> add(sets, Term.Kind.PERSON, List.of(person.toString())));
        filter.labels().forEach(label -> add(sets, Term.Kind.LABEL, List.of(label)));
        add(sets, Term.Kind.MEDIA_KIND, filter.kinds(), kind -> kind.name().toLowerCase(Locale.ROOT));
        add(sets, Term.Kind.MEDIA_TYPE, filter.mediaTypes());
        add(sets, Term.Kind.CAMERA, filter.cameras());
        add(sets, Term.Kind.YEAR, filter.years(), String::valueOf);
        add(sets, Term.Kind.STATE, filter.states(), AssetState::wireName);
        add(sets, Term.Kind.RATING, filter.ratings(), String::valueOf);
        filter.nsfw().ifPresent(range -> add(sets, Term.Kind.NSFW, bands(range)));
        filter.box().ifPresent(box -> add(sets, Term.Kind.CELL, GeoCell.covering(box, MOST_CELLS), GeoCell::text));
        Set<String> excluded = new TreeSet<>();
        marked(filter.marks().favourite(), Term.FAVOURITE, sets, excluded);
        marked(filter.marks().archived(), Term.ARCHIVED, sets, excluded);
        return new Requirements(List.copyOf(sets), excluded);
    }

    private static void marked(Optional<Boolean> wanted, String mark, List<Set<String>> sets, Set<String> excluded) {
        wanted.ifPresent(carries -> {
            if (carries) {
                add(sets, Term.Kind.MARK, List.of(mark));
            } else {
                excluded.add(new Term(Term.Kind.MARK, mark).text());
            }
        });
    }

    private static Set<String> inWordsOrNames(String word) {
        return new TreeSet<>(
                List.of(new Term(Term.Kind.WORD, word).text(), new Term(Term.Kind.PERSON_WORD, word).text()));
    }

    /** A range with no lower end is most of the library: it is checked item by item. */
    private static List<String> bands(Filter.NsfwRange range) {
        if (range.above() < 0 || range.unscored()) {
            return List.of();
        }
        int first = Integer.parseInt(ItemTerms.nsfwBand(range.above()));
        int last = Integer.parseInt(ItemTerms.nsfwBand(range.atMost()));
        return IntStream.rangeClosed(first, last).mapToObj(String::valueOf).toList();
    }

    private static <T> void add(
            List<Set<String>> sets, Term.Kind kind, Collection<T> values, Function<T, String> text) {
        add(sets, kind, values.stream().map(text).toList());
    }

    private static void add(List<Set<String>> sets, Term.Kind kind, Collection<String> values) {
        if (!values.isEmpty()) {
            Set<String> terms = new TreeSet<>();
            values.forEach(value -> terms.add(new Term(kind, value).text()));
            sets.add(terms);
        }
    }

    boolean none() {
        return sets.isEmpty();
    }

    /** Those that nothing but terms tells. All terms of a set are checked in one way. */
    List<Set<String>> decisive() {
        return sets.stream()
                .filter(set -> !CHECKED_ON_THE_ITEM.contains(
                        Term.parse(set.iterator().next()).kind()))
                .toList();
    }
}
