package dev.memoir.catalog;

import dev.memoir.media.MediaKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Facets of the whole library come from the counts that are kept as items change. Those of a search are counted anew, but
 * among its newest matches only, so that they cost the same however large the library is.
 */
final class FacetCounts {
    private static final Set<Term.Kind> SHOWN =
            Set.of(Term.Kind.LABEL, Term.Kind.CAMERA, Term.Kind.MEDIA_TYPE, Term.Kind.MEDIA_KIND, Term.Kind.YEAR);

    private final Handle handle;

    FacetCounts(Handle handle) {
        this.handle = handle;
    }

    Facets facets(Filter filter) {
        return filter.equals(Filter.NONE) ? kept() : counted(filter);
    }

    /** How many items match, when that is the sum of kept counts. */
    Optional<Long> total(Filter filter) {
        Requirements required = Requirements.of(filter);
        boolean onlyTerms = !filter.trashed()
                && filter.from().isEmpty()
                && filter.before().isEmpty()
                && filter.box().isEmpty()
                && filter.nsfw().isEmpty();
        if (!onlyTerms || required.sets().size() > 1) {
            return Optional.empty();
        }
        Set<String> terms = required.none()
                ? Requirements.of(everyKind()).sets().getFirst()
                : required.sets().getFirst();
        Term.Kind kind = Term.parse(terms.iterator().next()).kind();
        return kind.counted() ? Optional.of(sum(kind, terms)) : Optional.empty();
    }

    private static Filter everyKind() {
        Filter none = Filter.NONE;
        return new Filter(
                none.text(),
                none.labels(),
                none.from(),
                none.before(),
                none.box(),
                Set.of(MediaKind.values()),
                none.mediaTypes(),
                none.cameras(),
                none.years(),
                none.states(),
                none.ratings(),
                none.nsfw(),
                none.trashed());
    }

    private long sum(Term.Kind kind, Set<String> terms) {
        return handle.createQuery(
                        "SELECT coalesce(sum(items), 0) FROM term_count WHERE kind = :kind AND term = ANY(:terms)")
                .bind("kind", kind.letter())
                .bind("terms", terms.toArray(String[]::new))
                .mapTo(Long.class)
                .one();
    }

    private Facets kept() {
        Map<Term.Kind, List<Facets.Count>> values = new EnumMap<>(Term.Kind.class);
        handle.createQuery("SELECT term, items FROM term_count WHERE kind = ANY(:kinds) AND items > 0")
                .bind("kinds", SHOWN.stream().map(Term.Kind::letter).toArray(String[]::new))
                .map((row, context) -> Map.entry(Term.parse(row.getString("term")), row.getLong("items")))
                .forEach(entry -> add(values, entry.getKey(), entry.getValue()));
        return new Facets(mostFrequentFirst(values), true);
    }

    private Facets counted(Filter filter) {
        List<UUID> found = new ItemSearch(handle, filter, Optional.empty()).first(Facets.MOST_ITEMS);
        Map<Term.Kind, List<Facets.Count>> values = new EnumMap<>(Term.Kind.class);
        handle.createQuery("SELECT t.term, count(*) AS items FROM item i CROSS JOIN unnest(i.terms) AS t(term)"
                        + " WHERE i.id = ANY(:ids) AND left(t.term, 1) = ANY(:kinds) GROUP BY t.term")
                .bind("ids", found.toArray(UUID[]::new))
                .bind("kinds", SHOWN.stream().map(Term.Kind::letter).toArray(String[]::new))
                .map((row, context) -> Map.entry(Term.parse(row.getString("term")), row.getLong("items")))
                .forEach(entry -> add(values, entry.getKey(), entry.getValue()));
        return new Facets(mostFrequentFirst(values), found.size() < Facets.MOST_ITEMS);
    }

    private static void add(Map<Term.Kind, List<Facets.Count>> values, Term term, long items) {
        values.computeIfAbsent(term.kind(), kind -> new ArrayList<>()).add(new Facets.Count(term.value(), items));
    }

    private static Map<Term.Kind, List<Facets.Count>> mostFrequentFirst(Map<Term.Kind, List<Facets.Count>> values) {
        values.replaceAll((kind, counts) -> counts.stream()
                .sorted(Comparator.comparingLong(Facets.Count::items).reversed().thenComparing(Facets.Count::value))
                .limit(Facets.MOST_VALUES)
                .toList());
        return values;
    }
}
