package dev.memoir.media;

import java.util.Map;
import java.util.Set;

/**
 * What a verified token says of its bearer; the catalog's row security decides by it.
 *
 * @param subject the person, never empty
 * @param groups such as {@code family}
 * @param attributes such as {@code adult → true}
 */
public record Claims(String subject, Set<String> groups, Map<String, String> attributes) {
    public Claims {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("claims without a subject");
        }
        groups = Set.copyOf(groups);
        attributes = Map.copyOf(attributes);
    }
}
