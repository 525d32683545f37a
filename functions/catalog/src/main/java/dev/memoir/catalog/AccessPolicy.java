package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.access.Action;
import dev.memoir.media.access.AlbumAction;
import dev.memoir.media.access.Case;
import dev.memoir.media.access.Rule;
import dev.memoir.media.access.Thing;
import java.util.List;
import java.util.stream.Stream;

/** Who may change what. Row security decides the same in the database; a change has to pass both. */
final class AccessPolicy {
    private AccessPolicy() {}

    /** By any rule but that of albums, which let somebody see and never change. */
    static boolean allows(Claims who, Action action, Thing thing, String household) {
        return Rule.decide(Case.of(who, action, thing, false, household)).allowed();
    }

    static boolean allows(Claims who, AlbumAction action, Album album) {
        return album.role(who).filter(role -> role.may(action)).isPresent();
    }

    /** Whose items somebody may see without any album: of these their queries ask. */
    static List<String> owners(Claims who, String household) {
        return owners(who, Action.SEE, household);
    }

    /** Whose items somebody may do that to, if nothing hides them. */
    static List<String> owners(Claims who, Action action, String household) {
        return Stream.of(who.subject(), household)
                .distinct()
                .filter(owner -> allows(who, action, new Thing(owner, false, false), household))
                .toList();
    }
}
