package dev.memoir.gateway;

/**
 * A claim as it is written for Memoir ({@code realm_access.roles}, {@code https://example\.org/roles}), for gateways whose own
 * notation knows either steps or dots in a name, and not both.
 *
 * @param text without backslashes
 * @param nested whether its dots lead into objects
 */
record ClaimName(String text, boolean nested) {
    static ClaimName of(String written) {
        boolean nested = written.replaceAll("\\\\.", "").contains(".");
        boolean dotted = written.contains("\\.");
        if (nested && dotted) {
            throw new IllegalArgumentException(
                    written + ": a gateway can't be told a claim that lies in an object and has a dot in its name");
        }
        return new ClaimName(written.replaceAll("\\\\(.)", "$1"), nested);
    }
}
