package dev.memoir.media;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a verified token says of its bearer; the catalog's row security decides by it.
 *
 * @param subject the person, never empty
 * @param groups such as {@code family}; {@link #ADMINISTRATORS} is among them within the scope {@link Scope#ADMIN} alone
 * @param attributes such as {@code adult → true}
 * @param scope how much of the person's rights the bearer has
 */
public record Claims(String subject, Set<String> groups, Map<String, String> attributes, Scope scope) {
    /** The group of those who administer. */
    public static final String ADMINISTRATORS = "admin";

    public Claims {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("claims without a subject");
        }
        groups = groups.stream()
                .filter(group -> scope == Scope.ADMIN || !group.equals(ADMINISTRATORS))
                .collect(Collectors.toUnmodifiableSet());
        attributes = Map.copyOf(attributes);
    }

    /** With all that the person may. */
    public Claims(String subject, Set<String> groups, Map<String, String> attributes) {
        this(subject, groups, attributes, Scope.ADMIN);
    }
}
