package dev.memoir.media.access;

import dev.memoir.media.Claims;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules, applied to everybody and everything that they tell apart. */
public final class DecisionTable {
    /** Who owns what belongs to all, in the table. */
    public static final String HOUSEHOLD = "home";

    /** Everybody whom the rules tell apart. */
    public static final List<Claims> PEOPLE = List.of(
            person(HOUSEHOLD),
            person("adult", "family"),
            person("child", "family"),
            person("stranger"),
            person("admin", "admin"));

    private DecisionTable() {}

    private static Claims person(String name, String... groups) {
        return new Claims(
                name,
                Set.of(groups),
                name.equals("adult") || name.equals("admin") ? Map.of("adult", "true") : Map.of());
    }

    /**
     * One line.
     *
     * @param given whether the thing is in an album that they have
     */
    public record Row(Claims who, Action action, Thing thing, boolean given, Rule.Decision decision) {}

    /**
     * One line of those who come by a link.
     *
     * @param linked whether the link shows it
     */
    public record GuestRow(Action action, Thing thing, boolean linked, Rule.Decision decision) {}

    public static List<GuestRow> guests() {
        List<GuestRow> rows = new ArrayList<>();
        for (boolean linked : new boolean[] {true, false}) {
            for (String owner : List.of(HOUSEHOLD, "somebody else")) {
                for (Action action : Action.values()) {
                    for (boolean sensitive : new boolean[] {false, true}) {
                        for (boolean trashed : new boolean[] {false, true}) {
                            Thing thing = new Thing(owner, sensitive, trashed);
                            rows.add(new GuestRow(
                                    action, thing, linked, Rule.decide(Case.ofGuest(action, thing, linked))));
                        }
                    }
                }
            }
        }
        return rows;
    }

    public static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Claims who : PEOPLE) {
            for (String owner : List.of(who.subject(), HOUSEHOLD, "somebody else").stream()
                    .distinct()
                    .toList()) {
                for (Action action : Action.values()) {
                    for (boolean sensitive : new boolean[] {false, true}) {
                        for (boolean trashed : new boolean[] {false, true}) {
                            Thing thing = new Thing(owner, sensitive, trashed);
                            rows.add(row(who, action, thing, false));
                            if (!owner.equals(who.subject())) {
                                rows.add(row(who, action, thing, true));
                            }
                        }
                    }
                }
            }
        }
        return rows;
    }

    private static Row row(Claims who, Action action, Thing thing, boolean given) {
        return new Row(who, action, thing, given, Rule.decide(Case.of(who, action, thing, given, HOUSEHOLD)));
    }

    /** What each role may do to an album. */
    public record AlbumRow(AlbumRole role, AlbumAction action, boolean allowed) {}

    public static List<AlbumRow> albums() {
        return Arrays.stream(AlbumRole.values())
                .flatMap(role ->
                        Arrays.stream(AlbumAction.values()).map(action -> new AlbumRow(role, action, role.may(action))))
                .toList();
    }
}
