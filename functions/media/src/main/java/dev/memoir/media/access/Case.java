package dev.memoir.media.access;

import dev.memoir.media.Claims;

/**
 * Everything that a decision depends on: who asks for what, as yes or no.
 *
 * @param own whether it is the asker's
 * @param household whether it belongs to all of the family
 * @param family whether the asker is in the group {@code family}
 * @param adult whether the asker's attribute {@code adult} is {@code true}
 * @param administers whether the asker is in the group {@code admin}
 * @param given whether it is in an album that the asker has
 * @param linked whether the asker has opened a link that shows it; who comes by a link is nobody besides
 */
public record Case(
        Action action,
        boolean own,
        boolean household,
        boolean sensitive,
        boolean trashed,
        boolean family,
        boolean adult,
        boolean administers,
        boolean given,
        boolean linked) {

    /** The group whose members see what belongs to all. */
    public static final String FAMILY = "family";

    /** The group whose members administer. */
    public static final String ADMIN = Claims.ADMINISTRATORS;

    /** The attribute that is {@link #YES} of whoever is no child. */
    public static final String ADULT = "adult";

    public static final String YES = "true";

    /**
     * @param given whether it is in an album that the asker has
     * @param household who owns what belongs to all of the family
     */
    public static Case of(Claims who, Action action, Thing thing, boolean given, String household) {
        return new Case(
                action,
                thing.owner().equals(who.subject()),
                thing.owner().equals(household),
                thing.sensitive(),
                thing.trashed(),
                who.groups().contains(FAMILY),
                YES.equals(who.attributes().get(ADULT)),
                who.groups().contains(ADMIN),
                given,
                false);
    }

    /** Of somebody who has a link and no name. */
    public static Case ofGuest(Action action, Thing thing, boolean linked) {
        return new Case(action, false, false, thing.sensitive(), thing.trashed(), false, false, false, false, linked);
    }
}
