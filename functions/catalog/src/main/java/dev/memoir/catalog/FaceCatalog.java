package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Crowd;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.FaceSet;
import dev.memoir.people.Region;
import dev.memoir.people.Suggestion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/**
 * Faces and people as the functions see that find and group them: all owners', by the database role {@code memoir_ingest}.
 * Failures of the database are thrown as they are.
 */
public interface FaceCatalog {
    /** The task under which it is noted that an asset was looked at for faces. */
    String TASK = "faces";

    static FaceCatalog over(DataSource database) {
        return new JdbiFaceCatalog(database);
    }

    /** Whether the library wants faces to be found. Its own document in the bucket decides; this is what setup read there. */
    boolean wanted();

    void want(boolean faces);

    /** Whether faces are not wanted and all that was learnt of them is gone, by an {@link #erase} that came to its end. */
    boolean clean();

    /**
     * Replaces the faces of an asset, and notes that the models have looked. What was decided on a face that is found again
     * stays.
     *
     * @param frames so many of a film's further frames did they look at
     * @param personOf tells whose a new face is, by its id and its embedding; may be asked again
     * @return false, and nothing is written, when faces are not wanted
     */
    boolean record(
            Sha256 asset,
            ModelVersion models,
            int frames,
            List<FoundFace> faces,
            BiFunction<UUID, float[], UUID> personOf);

    /** Of what is no film. */
    default boolean record(
            Sha256 asset, ModelVersion models, List<FoundFace> faces, BiFunction<UUID, float[], UUID> personOf) {
        return record(asset, models, 0, faces, personOf);
    }

    /** Where in an asset no face is looked for: there is somebody who is not to be recognised. {@link #record} leaves it out, too. */
    List<Region> unrecognised(Sha256 asset);

    /** All that is known of a person's faces. */
    PersonRecord record(UUID person);

    /** The faces that are a person's at present. */
    List<FaceRef> facesOf(UUID person);

    /**
     * Removes the faces at places where none is looked for, and all that follows from them. Assets where faces are looked for
     * again count as not looked at.
     *
     * @param unrecognised all the places, and no others
     * @return how many faces were removed
     */
    long settle(Set<FaceRef> unrecognised);

    /** The ids of an asset's faces. */
    Set<UUID> faces(Sha256 asset);

    /** The usable faces that have a person. */
    Crowd crowd();

    /** Grows with each grouping and each decision: a {@link #crowd} that is older may be wrong. */
    String crowdVersion();

    /** All faces, sorted by id, how decisions know them, and whose they are now (null: nobody's). */
    record Everything(FaceSet faces, List<FaceRef> refs, UUID[] persons) {}

    Everything everything();

    /**
     * Says anew whose faces are.
     *
     * @param persons asset → face → person; empty for nobody
     */
    void assign(Map<Sha256, Map<UUID, Optional<UUID>>> persons);

    /**
     * Replaces what is known of people and who may be one, and notes that a grouping was made. When faces are not wanted nothing is
     * written.
     */
    void describe(Decided decided, List<Suggestion> suggestions);

    /** The ids of the decisions that are known. */
    Set<String> known();

    /** What those say that can be read. */
    List<Decision> decisions();

    void learn(Collection<Decision> decisions);

    /** Faces and people that were erased. */
    record Erased(long faces, long people) {}

    /** Removes what people decided, as text, names among it. */
    void forgetDecisions();

    /**
     * Removes all faces, groups and what items were found by because of them; decisions stay. Faces are not wanted from its first
     * moment on; {@link #want} says when everything else is gone, too.
     */
    Erased erase();
}
