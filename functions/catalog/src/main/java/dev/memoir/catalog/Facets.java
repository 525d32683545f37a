package dev.memoir.catalog;

import java.util.List;
import java.util.Map;

/**
 * How many items carry which values.
 *
 * @param values the most frequent of each kind first, at most {@link #MOST_VALUES}
 * @param complete false when they were counted among the newest {@link #MOST_ITEMS} matches only
 */
public record Facets(Map<Term.Kind, List<Count>> values, boolean complete) {
    public static final int MOST_VALUES = 200;
    public static final int MOST_ITEMS = 2_000;

    /** A value and the number of items that carry it. */
    public record Count(String value, long items) {}

    public List<Count> of(Term.Kind kind) {
        return values.getOrDefault(kind, List.of());
    }
}
