package dev.memoir.ai.cloud;

import dev.memoir.media.Label;
import dev.memoir.people.Region;
import java.util.List;
import java.util.OptionalDouble;

/** What came of asking a service. */
public sealed interface Answer {
    /**
     * It looked.
     *
     * @param labels most certain first, confidences 0 to 1
     * @param objects things with their places
     * @param nsfw 0 to 1; empty when it did not say
     */
    record Seen(List<Label> labels, List<Thing> objects, OptionalDouble nsfw) implements Answer {}

    /** A thing in the upright picture. */
    record Thing(String name, double confidence, Region box) {}

    /**
     * It was asked too often, or lets nobody in at present: to be asked again, however long that lasts.
     *
     * @param charged whether a part of the work was done, and paid for
     */
    record Later(String reason, boolean charged) implements Answer {}

    /** It can't read this picture, whatever is done. */
    record Refused(String reason) implements Answer {}

    /** This month's pictures are used up; nothing was sent. */
    record Spent(String reason) implements Answer {}
}
