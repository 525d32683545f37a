package dev.memoir.catalog;

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
    private static final Set<Term.Kind> SHOWN = Set.of(
            Term.Kind.LABEL,
            Term.Kind.CAMERA,
            Term.Kind.MEDIA_TYPE,
            Term.Kind.MEDIA_KIND,
            Term.Kind.YEAR,
            Term.Kind.MARK,
            Term.Kind.PERSON);

    /** Of others' items, which are seen in an album: neither what they marked them with nor who is in them. */
    private static final Set<Term.Kind> SHOWN_OF_OTHERS =
            Set.of(Term.Kind.LABEL, Term.Kind.CAMERA, Term.Kind.MEDIA_TYPE, Term.Kind.MEDIA_KIND, Term.Kind.YEAR);

    private final Handle handle;
    private final String[] owners;

    /** @param owners of the items that are counted, as far as the transaction sees them */
    FacetCounts(Handle handle, List<String> owners) {
        this.handle = handle;
        this.owners = owners.toArray(String[]::new);
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
                && filter.nsfw().isEmpty()
                && filter.album().isEmpty();
        boolean butOne = required.excluded().size() == 1 && required.none();
        if (!onlyTerms || required.sets().size() > 1 || !required.excluded().isEmpty() && !butOne) {
            return Optional.empty();
        }
        Set<String> terms = required.none()
                ? Requirements.EVERY_KIND.sets().getFirst()
                : required.sets().getFirst();
        Term.Kind kind = Term.parse(terms.iterator().next()).kind();
        return kind.counted()
                ? Optional.of(sum(kind, terms) - sum(Term.Kind.MARK, required.excluded()))
                : Optional.empty();
    }

    private long sum(Term.Kind kind, Set<String> terms) {
        if (terms.isEmpty()) {
            return 0;
        }
        return handle.createQuery("SELECT coalesce(sum(items), 0) FROM term_count"
                        + " WHERE owner = ANY(:owners) AND kind = :kind AND term = ANY(:terms)")
                .bind("owners", owners)
                .bind("kind", kind.letter())
                .bind("terms", terms.toArray(String[]::new))
                .mapTo(Long.class)
                .one();
    }

    private Facets kept() {
        Map<Term.Kind, List<Facets.Count>> values = new EnumMap<>(Term.Kind.class);
        handle.createQuery("SELECT term, sum(items) AS items FROM term_count"
                        + " WHERE owner = ANY(:owners) AND kind = ANY(:kinds) AND items > 0 GROUP BY term")
                .bind("owners", owners)
                .bind("kinds", letters(SHOWN))
                .map((row, context) -> Map.entry(Term.parse(row.getString("term")), row.getLong("items")))
                .forEach(entry -> add(values, entry.getKey(), entry.getValue()));
        return new Facets(mostFrequentFirst(values), true);
    }

    private Facets counted(Filter filter) {
        List<UUID> found = found(filter);
        Map<Term.Kind, List<Facets.Count>> values = new EnumMap<>(Term.Kind.class);
        handle.createQuery("SELECT t.term, count(*) AS items FROM item i CROSS JOIN unnest(i.terms) AS t(term)"
                        + " WHERE i.id = ANY(:ids) AND left(t.term, 1) = ANY("
                        + "CASE WHEN i.owner = ANY(:owners) THEN cast(:kinds AS text[]) ELSE cast(:others AS text[]) END)"
                        + " GROUP BY t.term")
                .bind("ids", found.toArray(UUID[]::new))
                .bind("owners", owners)
                .bind("kinds", letters(SHOWN))
                .bind("others", letters(SHOWN_OF_OTHERS))
                .map((row, context) -> Map.entry(Term.parse(row.getString("term")), row.getLong("items")))
                .forEach(entry -> add(values, entry.getKey(), entry.getValue()));
        return new Facets(mostFrequentFirst(values), found.size() < Facets.MOST_ITEMS);
    }

    private static String[] letters(Set<Term.Kind> kinds) {
        return kinds.stream().map(Term.Kind::letter).toArray(String[]::new);
    }

    private List<UUID> found(Filter filter) {
        List<UUID> found = JdbiLibrary.newest(handle, List.of(owners), filter, Optional.empty(), Facets.MOST_ITEMS);
        return found.size() <= Facets.MOST_ITEMS
                ? found
                : handle.createQuery("SELECT id FROM item WHERE id = ANY(:ids)"
                                + " ORDER BY sort_time DESC, id DESC LIMIT " + Facets.MOST_ITEMS)
                        .bind("ids", found.toArray(UUID[]::new))
                        .mapTo(UUID.class)
                        .list();
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
