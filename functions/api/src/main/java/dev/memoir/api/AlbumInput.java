package dev.memoir.api;

import dev.memoir.catalog.AlbumRule;
import dev.memoir.media.AlbumOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** What an album shall be; what is left out is null and stays as it is. */
@Input("AlbumInput")
@Description("What an album shall be. What is left out, or null, stays as it is.")
public class AlbumInput {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_DESCRIPTION = 10_000;

    @Description("1 to 200 characters.")
    public String name;

    @Description("At most 10,000 characters.")
    public String description;

    @Id
    @Description("The asset by which it is shown, one that is in it; an empty one: any.")
    public String cover;

    @Id
    @Description(
            "The album that it lies in, one that the caller may change; an empty one: none. Rights don't follow it.")
    public String parent;

    @Description("BY_TIME when nothing is said.")
    public AlbumOrder order;

    @Description(
            "By what it gathers assets of itself, among those that the caller may change. An album has a rule from its making"
                    + " on, or never.")
    public Rule rule;

    @Input("AlbumRuleInput")
    @Description("All conditions that are given must hold; at least one must be given.")
    public static class Rule {
        @Description("All of these people are seen in it, by their ids.")
        public List<@NonNull String> people;

        @Description("All of these labels, objects or broader words for them (animal), as facets name them.")
        public List<@NonNull String> labels;

        @Description("Taken at this instant or later.")
        public Instant takenFrom;

        @Description("Taken before this instant.")
        public Instant takenBefore;

        @Description("Taken within this box on the map.")
        public AssetFilter.Box box;

        /** As a filter it is checked as every other is. */
        AlbumRule read() {
            AssetFilter filter = new AssetFilter();
            filter.people = people;
            filter.labels = labels;
            filter.takenFrom = takenFrom;
            filter.takenBefore = takenBefore;
            filter.box = box;
            var read = AssetFilter.read(filter);
            AlbumRule rule =
                    new AlbumRule(Set.of(), read.people(), read.labels(), read.from(), read.before(), read.box());
            if (rule.isEmpty()) {
                throw new Problem.BadInput("rule: give at least one condition");
            }
            return rule;
        }
    }

    /** Refuses what is wrong whatever it is said of. */
    void check() {
        if (name != null
                && (name.isBlank()
                        || name.strip().length() > LONGEST_NAME
                        || name.chars().anyMatch(Character::isISOControl))) {
            throw new Problem.BadInput("name: 1 to " + LONGEST_NAME + " characters, and all of them visible");
        }
        if (description != null && (description.length() > LONGEST_DESCRIPTION || description.indexOf('\0') >= 0)) {
            throw new Problem.BadInput("description: at most " + LONGEST_DESCRIPTION + " characters of text");
        }
    }

    Optional<AlbumRule> rule() {
        return Optional.ofNullable(rule).map(Rule::read);
    }
}
