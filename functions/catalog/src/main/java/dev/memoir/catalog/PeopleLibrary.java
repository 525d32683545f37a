package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import dev.memoir.people.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * People as a person sees them, by the database role {@code memoir_api}: those in photos that the caller sees. Each call is one
 * transaction that carries the caller's claims. Failures of the database are thrown as they are.
 */
public interface PeopleLibrary {

    /** @param household who owns what belongs to all of the family */
    static PeopleLibrary over(DataSource database, String household) {
        return new JdbiPeopleLibrary(database, household);
    }

    /** Whether the library wants faces to be found. */
    boolean wanted(Claims who);

    /** The named first, then those in the most photos. */
    Page page(Claims who, PeopleFilter filter, int first, Optional<PersonCursor> after);

    /**
     * Those of the people whom the caller sees, by the ids that were asked for. An id that is a face's means that face's person,
     * and one of somebody who became another means that one: ids stay good.
     */
    Map<UUID, Person> people(Claims who, Collection<UUID> ids);

    /** As {@link #people} of one id. */
    default Optional<Person> person(Claims who, UUID id) {
        return Optional.ofNullable(people(who, Set.of(id)).get(id));
    }

    /** Those of the assets that the caller may change an item of: who may change a photo says who is in it. */
    Set<Sha256> changeable(Claims who, Collection<Sha256> assets);

    /** The faces of assets, from the left to the right. */
    Map<Sha256, List<Face>> faces(Claims who, Set<Sha256> assets);

    /** Those of the faces that the caller sees. */
    List<Face> faces(Claims who, Collection<UUID> ids);

    /** The person's faces, {@code most} at most. */
    List<Face> facesOf(Claims who, UUID person, int most);

    /** The surest first; none of somebody hidden. */
    List<Suggestion> suggestions(Claims who, int first);

    /** What was decided, the newest last. */
    List<Decision> decisions(Claims who);

    /** Lets a decision, which is in the bucket already, take effect on what the caller sees. */
    void decide(Claims who, Decision decision);

    /**
     * @param text all its words must be in the name
     * @param hidden true: only the hidden; false: only the others
     * @param least photos that somebody without a name must be in
     */
    record PeopleFilter(Optional<String> text, boolean hidden, int least) {}

    /** @param photos in which the caller sees the person */
    record Person(UUID id, Optional<String> name, boolean hidden, long photos, Optional<Face> cover) {}

    /** @param more whether there are people after these */
    record Page(List<Person> people, boolean more) {}

    /**
     * A face in a photo.
     *
     * @param points x and y of five points, in parts of the upright picture
     * @param usable whether it is good enough to say whose it is
     */
    record Face(
            UUID id,
            Sha256 asset,
            Region box,
            List<Double> points,
            double score,
            boolean usable,
            Optional<UUID> person) {
        public FaceRef ref() {
            return new FaceRef(asset, box);
        }
    }
}
