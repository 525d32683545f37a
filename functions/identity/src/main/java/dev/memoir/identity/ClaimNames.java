package dev.memoir.identity;

import dev.memoir.media.Claims;
import dev.memoir.media.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Which claims of an issuer's tokens say who somebody is, in which groups, and with which attributes.
 * docs/configuration.md has the notation, and examples for issuers that people use.
 */
public final class ClaimNames {
    /** As many as Entra ID puts into a token at most. */
    static final int MAX_VALUES = 200;

    /** Characters of a subject (OpenID Connect Core 1.0, section 2), and of any other value. */
    static final int MAX_LENGTH = 255;

    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_-]{1,63}");

    /** As a {@link TokenIssuer} and most others say it: {@code sub}, {@code groups}, {@code memoir_attributes}. */
    public static final ClaimNames USUAL = of(Optional.empty(), Optional.empty(), Optional.empty());

    private final ClaimPath subject;
    private final List<ClaimPath> groups;
    private final Map<String, ClaimPath> attributes;

    private ClaimNames(ClaimPath subject, List<ClaimPath> groups, Map<String, ClaimPath> attributes) {
        this.subject = subject;
        this.groups = List.copyOf(groups);
        this.attributes = Map.copyOf(attributes);
    }

    /**
     * What is empty stays {@link #USUAL}.
     *
     * @param subject {@code MEMOIR_CLAIM_SUBJECT}: a path such as {@code oid}
     * @param groups {@code MEMOIR_CLAIM_GROUPS}: paths with commas between them, such as {@code groups,realm_access.roles}
     * @param attributes {@code MEMOIR_CLAIM_ATTRIBUTES}: such as {@code adult=custom:adult}, with commas between them; a
     *     name alone is its own path
     * @throws IllegalArgumentException when one of them can't be read; the message names the variable
     */
    public static ClaimNames of(Optional<String> subject, Optional<String> groups, Optional<String> attributes) {
        return new ClaimNames(
                named("MEMOIR_CLAIM_SUBJECT", () -> ClaimPath.of(subject.orElse("sub"))),
                named(
                        "MEMOIR_CLAIM_GROUPS",
                        () -> ClaimPath.split(groups.orElse(TokenIssuer.GROUPS)).stream()
                                .map(ClaimPath::of)
                                .toList()),
                named(
                        "MEMOIR_CLAIM_ATTRIBUTES",
                        () -> attributes.map(ClaimNames::attributes).orElse(Map.of())));
    }

    private static <T> T named(String variable, Supplier<T> parsed) {
        try {
            return parsed.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(variable + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, ClaimPath> attributes(String text) {
        Map<String, ClaimPath> attributes = new TreeMap<>();
        for (String attribute : ClaimPath.split(text)) {
            String[] nameAndPath = attribute.split("=", 2);
            String name = nameAndPath[0].strip();
            if (!ATTRIBUTE.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "an attribute is written as in adult=custom:adult, its name of letters,"
                                + " digits, _ and -, not as " + attribute);
            }
            if (attributes.put(name, ClaimPath.of(nameAndPath[nameAndPath.length - 1])) != null) {
                throw new IllegalArgumentException("the attribute " + name + " is there twice");
            }
        }
        return attributes;
    }

    /**
     * @param token the claims of a verified token
     * @throws InvalidToken when it names nobody, or says more than anybody needs
     */
    Claims read(Map<String, Object> token) throws InvalidToken {
        Optional<String> who =
                subject.in(token).filter(String.class::isInstance).flatMap(ClaimNames::text);
        if (who.isEmpty()) {
            throw new InvalidToken("the token names nobody");
        }
        Set<String> belongsTo = new TreeSet<>();
        for (ClaimPath path : groups) {
            path.in(token).ifPresent(value -> belongsTo.addAll(groups(value)));
        }
        Map<String, String> has = attributes(token);
        if (belongsTo.size() > MAX_VALUES || has.size() > MAX_VALUES) {
            throw new InvalidToken("the token has more than " + MAX_VALUES + " groups or attributes");
        }
        List<String> all = new ArrayList<>(belongsTo);
        all.add(who.get());
        has.forEach((name, value) -> all.addAll(List.of(name, value)));
        if (!all.stream().allMatch(ClaimNames::isFit)) {
            throw new InvalidToken("the token has a name, group or attribute of more than " + MAX_LENGTH
                    + " characters or with control characters");
        }
        return new Claims(who.get(), belongsTo, has, scope(token));
    }

    /** Whoever signs a token may narrow it, by one name everywhere; a scope that nobody knows is believed to be none. */
    private static Scope scope(Map<String, Object> token) throws InvalidToken {
        if (!token.containsKey(TokenIssuer.SCOPE)) {
            return Scope.ADMIN;
        }
        return Scope.of(String.valueOf(token.get(TokenIssuer.SCOPE)))
                .orElseThrow(() -> new InvalidToken("the token has a scope that is none: read, write or admin"));
    }

    /** A list's texts, a text's parts between commas, or the names that an object has something for. */
    private static List<String> groups(Object value) {
        return switch (value) {
            case Collection<?> list ->
                list.stream().map(ClaimNames::text).flatMap(Optional::stream).toList();
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .filter(role -> role.getValue() != null && !Boolean.FALSE.equals(role.getValue()))
                        .map(role -> text(role.getKey()))
                        .flatMap(Optional::stream)
                        .toList();
            case String text ->
                Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(group -> !group.isEmpty())
                        .toList();
            default -> List.of();
        };
    }

    private Map<String, String> attributes(Map<String, Object> token) {
        Map<String, String> values = new TreeMap<>();
        if (!attributes.isEmpty()) {
            attributes.forEach((name, path) ->
                    path.in(token).flatMap(ClaimNames::text).ifPresent(value -> values.put(name, value)));
        } else if (token.get(TokenIssuer.ATTRIBUTES) instanceof Map<?, ?> named) {
            named.forEach((name, value) -> text(value).ifPresent(text -> values.put(String.valueOf(name), text)));
        }
        return values;
    }

    /** A text that is not blank, a truth value or a number, as text; empty for anything else. */
    private static Optional<String> text(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Number
                ? Optional.of(value.toString()).filter(text -> !text.isBlank())
                : Optional.empty();
    }

    private static boolean isFit(String value) {
        return value.length() <= MAX_LENGTH && value.chars().noneMatch(Character::isISOControl);
    }
}
