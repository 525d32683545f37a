package dev.memoir.parts;

import java.util.Optional;

/**
 * One line of {@code memoir doctor}.
 *
 * @param name the part or prerequisite
 * @param found what is there: a version or a path; empty if it is missing
 * @param cost what its lack, or the lesser form that was found, costs; empty if nothing
 * @param command mends it; empty if nothing needs mending or no command can
 * @param needed whether Memoir can't run without it
 */
public record Finding(
        String name, Optional<String> found, Optional<String> cost, Optional<String> command, boolean needed) {

    static Finding found(String name, String what) {
        return new Finding(name, Optional.of(what), Optional.empty(), Optional.empty(), false);
    }

    static Finding limited(String name, String what, String cost, String command) {
        return new Finding(name, Optional.of(what), Optional.of(cost), Optional.of(command), false);
    }

    static Finding missing(String name, String cost, String command, boolean needed) {
        return new Finding(name, Optional.empty(), Optional.of(cost), Optional.of(command), needed);
    }

    /** Whether Memoir can't run before this is mended. */
    public boolean blocks() {
        return needed && found.isEmpty();
    }
}
