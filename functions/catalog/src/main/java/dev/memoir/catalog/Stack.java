package dev.memoir.catalog;

import dev.memoir.media.StackKind;
import java.util.List;
import java.util.UUID;

/**
 * Items that are shown as one, as far as somebody sees them.
 *
 * @param cover the one that lists show
 * @param members the others, by time; at least one
 */
public record Stack(Item cover, List<Member> members) {

    /** @param of beneath which item of the stack it lies: the film of a still that lies beneath another one beneath that still */
    public record Member(Item item, StackKind kind, UUID of) {}
}
