package dev.memoir.people;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Ids of people that follow from what they are about, so that a re-run gives the same. */
public final class PersonId {
    private PersonId() {}

    /** Of a person whose faces' ids are all taken by people whom somebody spoke on. */
    static UUID instead(UUID face) {
        return UUID.nameUUIDFromBytes(("instead of " + face).getBytes(StandardCharsets.UTF_8));
    }

    /** @return the id that a face alone gives its person */
    public static UUID alone(UUID face, Decided decided) {
        boolean taken =
                decided.persons().containsKey(face) || decided.mergedAway().contains(face);
        return taken ? instead(face) : face;
    }
}
