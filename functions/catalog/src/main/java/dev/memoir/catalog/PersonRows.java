package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Decided;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Region;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What was decided on people, as rows. */
final class PersonRows {
    private PersonRows() {}

    static void write(Handle handle, UUID id, Decided.Person person) {
        handle.createUpdate("INSERT INTO person (id, name, hidden, cover) VALUES (:id, :name, :hidden, :cover)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, hidden = excluded.hidden,"
                        + " cover = excluded.cover")
                .bind("id", id)
                .bind("name", person.name().orElse(null))
                .bind("hidden", person.hidden())
                .bindByType(
                        "cover",
                        person.cover().flatMap(ref -> face(handle, ref)).orElse(null),
                        UUID.class)
                .execute();
    }

    /** The face that a decision means, as it is known now. */
    static Optional<UUID> face(Handle handle, FaceRef ref) {
        return handle
                .createQuery("SELECT id, sha256, x, y, width, height FROM face WHERE sha256 = :sha256")
                .bind("sha256", ref.asset().bytes())
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), ref(row)))
                .stream()
                .filter(face -> face.getValue().meets(ref))
                .max(Comparator.comparingDouble(face -> face.getValue().region().overlap(ref.region())))
                .map(Map.Entry::getKey);
    }

    /** How decisions know the face of a row. */
    static FaceRef ref(ResultSet row) throws SQLException {
        return new FaceRef(
                Sha256.of(row.getBytes("sha256")),
                new Region(row.getDouble("x"), row.getDouble("y"), row.getDouble("width"), row.getDouble("height")));
    }
}
