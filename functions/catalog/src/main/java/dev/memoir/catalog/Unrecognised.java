package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Where no face is looked for, since it is somebody's who is not to be recognised. */
final class Unrecognised {
    private Unrecognised() {}

    static Set<FaceRef> all(Handle handle) {
        return handle.createQuery("SELECT sha256, x, y, width, height FROM unrecognised")
                .map((row, context) -> PersonRows.ref(row))
                .set();
    }

    static List<Region> in(Handle handle, Sha256 asset) {
        return handle.createQuery("SELECT sha256, x, y, width, height FROM unrecognised WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .map((row, context) -> PersonRows.ref(row).region())
                .list();
    }

    static void add(Handle handle, Collection<FaceRef> refs) {
        for (FaceRef ref : refs) {
            handle.createUpdate("INSERT INTO unrecognised (sha256, x, y, width, height)"
                            + " VALUES (:sha256, :x, :y, :width, :height) ON CONFLICT DO NOTHING")
                    .bind("sha256", ref.asset().bytes())
                    .bind("x", ref.region().left())
                    .bind("y", ref.region().top())
                    .bind("width", ref.region().width())
                    .bind("height", ref.region().height())
                    .execute();
        }
    }

    /**
     * Brings the rows in line with what holds.
     *
     * @return assets where faces are looked for again that were not
     */
    static Set<Sha256> replace(Handle handle, Set<FaceRef> refs) {
        Set<FaceRef> before = all(handle);
        Set<Sha256> again = new HashSet<>();
        before.stream().filter(ref -> !refs.contains(ref)).forEach(ref -> {
            handle.createUpdate("DELETE FROM unrecognised WHERE sha256 = :sha256 AND x = :x AND y = :y"
                            + " AND width = :width AND height = :height")
                    .bind("sha256", ref.asset().bytes())
                    .bind("x", ref.region().left())
                    .bind("y", ref.region().top())
                    .bind("width", ref.region().width())
                    .bind("height", ref.region().height())
                    .execute();
            again.add(ref.asset());
        });
        add(handle, refs.stream().filter(ref -> !before.contains(ref)).toList());
        return again;
    }
}
