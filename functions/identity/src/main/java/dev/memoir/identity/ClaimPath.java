package dev.memoir.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Where in a token a claim stands: names from the outermost object inwards, written with dots between them as in
 * {@code realm_access.roles}. A dot, comma or backslash that belongs to a name has a backslash before it.
 *
 * @param steps at least one, none of them empty
 */
record ClaimPath(List<String> steps) {
    private static final String STEP = "(?:[^\\\\.,]|\\\\[\\\\.,])+";
    private static final Pattern STEPS = Pattern.compile(STEP);
    private static final Pattern PATH = Pattern.compile(STEP + "(?:\\." + STEP + ")*");
    private static final Pattern PATHS = Pattern.compile(PATH.pattern() + "(?:," + PATH.pattern() + ")*");
    private static final Pattern HOST_IN_STEPS = Pattern.compile("://[^/,]*[^\\\\/,]\\.");

    ClaimPath {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException when it can't be one, with what to write instead */
    static ClaimPath of(String text) {
        String path = text.strip();
        if (!PATH.matcher(path).matches()) {
            throw unreadable(text);
        }
        if (HOST_IN_STEPS.matcher(path).find()) {
            throw new IllegalArgumentException(
                    "the dots of " + path + " lead into objects; write \\. for each that belongs to a name");
        }
        List<String> steps = STEPS.matcher(path)
                .results()
                .map(step -> step.group().replaceAll("\\\\(.)", "$1"))
                .toList();
        return new ClaimPath(steps);
    }

    /** @param text of paths, with commas between them; as written, so each still has its backslashes */
    static List<String> split(String text) {
        if (!PATHS.matcher(text).matches()) {
            throw unreadable(text);
        }
        return PATH.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(String::strip)
                .toList();
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("a claim is written as in realm_access.roles, several have commas between"
                + " them, and a dot, comma or backslash of a name has a backslash before it; not as \"" + text + "\"");
    }

    /** @return what stands there; empty when nothing does */
    Optional<Object> in(Map<String, ?> claims) {
        Object found = claims;
        for (String step : steps) {
            found = found instanceof Map<?, ?> object ? object.get(step) : null;
        }
        return Optional.ofNullable(found);
    }
}
