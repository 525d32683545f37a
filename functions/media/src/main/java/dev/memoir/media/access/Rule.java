package dev.memoir.media.access;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All rules. A rule that denies wins over every one that allows, whichever comes first; what no rule allows is denied. What is
 * the asker's own is theirs: no rule hides it, or it could not even be removed by the one whom it belongs to.
 */
public enum Rule {
    HIDDEN_FROM_CHILDREN(
            false,
            "what a model takes for not safe for work is hidden from whoever is not adult, unless it is their own",
            c -> !c.own() && c.sensitive() && !c.adult()),
    HIDDEN_IN_THE_TRASH(
            false,
            "what was put into the trash is seen by those only who may take it out",
            c -> !c.own() && c.trashed() && !(c.household() && c.family() && c.adult())),
    OWNER(true, "whose it is sees and changes it", Case::own),
    FAMILY(
            true,
            "who is in the group family sees what belongs to all",
            c -> c.household() && c.family() && c.action() == Action.SEE),
    ADULT(
            true,
            "who is in the group family and adult changes what belongs to all",
            c -> c.household() && c.family() && c.adult()),
    ALBUM(true, "who has an album sees what is in it", c -> c.given() && c.action() == Action.SEE),
    LINK(true, "who has opened a link sees what it shows", c -> c.linked() && c.action() == Action.SEE);

    private final boolean allows;
    private final String words;
    private final Predicate<Case> when;

    Rule(boolean allows, String words, Predicate<Case> when) {
        this.allows = allows;
        this.words = words;
        this.when = when;
    }

    /**
     * An answer and its reason.
     *
     * @param rule the one that decided; empty when none allows it
     */
    public record Decision(boolean allowed, Optional<Rule> rule) {
        /** For people. */
        public String words() {
            return rule.map(Rule::words)
                    .orElse(
                            "no rule allows it, and administrators have no more right to others' pictures than anybody");
        }
    }

    public static Decision decide(Case asked) {
        Optional<Rule> denied = first(asked, false);
        Optional<Rule> allowed = first(asked, true);
        // A denial that hides what nobody allowed anyway is not the reason.
        if (allowed.isEmpty()) {
            return new Decision(false, Optional.empty());
        }
        return denied.isPresent() ? new Decision(false, denied) : new Decision(true, allowed);
    }

    private static Optional<Rule> first(Case asked, boolean allowing) {
        return Arrays.stream(values())
                .filter(rule -> rule.allows == allowing && rule.when.test(asked))
                .findFirst();
    }

    public boolean allows() {
        return allows;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
