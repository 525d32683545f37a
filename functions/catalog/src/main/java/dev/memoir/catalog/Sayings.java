package dev.memoir.catalog;

import dev.memoir.media.Label;
import dev.memoir.people.Region;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.ObjIntConsumer;
import org.jdbi.v3.core.Handle;

/** The rows of what a model said of an asset. */
final class Sayings {
    private static final String OF_THE_ANALYSIS = " WHERE sha256 = :sha256 AND task = :task AND model = :model";

    private Sayings() {}

    static List<Label> labels(Handle handle, Map<String, Object> analysis) {
        return handle.createQuery("SELECT name, confidence FROM label" + OF_THE_ANALYSIS + " ORDER BY position")
                .bindMap(analysis)
                .map((row, context) -> label(row))
                .list();
    }

    static List<Detection> detections(Handle handle, Map<String, Object> analysis) {
        return handle.createQuery("SELECT * FROM detection" + OF_THE_ANALYSIS + " ORDER BY position")
                .bindMap(analysis)
                .map((row, context) -> detection(row))
                .list();
    }

    static Label label(ResultSet row) throws SQLException {
        return new Label(row.getString("name"), row.getDouble("confidence"));
    }

    static Detection detection(ResultSet row) throws SQLException {
        return new Detection(
                row.getString("name"),
                row.getDouble("confidence"),
                new Region(row.getDouble("x"), row.getDouble("y"), row.getDouble("width"), row.getDouble("height")),
                row.getInt("frame"));
    }

    /** @param row the columns of {@code analysis}, all but {@code at} */
    static void replace(Handle handle, Map<String, Object> row, Analysis analysis) {
        handle.createUpdate("INSERT INTO analysis (sha256, task, model, version, frames, score, at)"
                        + " VALUES (:sha256, :task, :model, :version, :frames, :score, clock_timestamp())"
                        + " ON CONFLICT (sha256, task, model) DO UPDATE SET version = excluded.version,"
                        + " frames = excluded.frames, score = excluded.score, at = excluded.at")
                .bindMap(row)
                .execute();
        handle.createUpdate("DELETE FROM label" + OF_THE_ANALYSIS).bindMap(row).execute();
        handle.createUpdate("DELETE FROM detection" + OF_THE_ANALYSIS)
                .bindMap(row)
                .execute();
        VectorRows.replace(handle, row, analysis.vectors());
        each(
                analysis.labels(),
                (label, position) -> handle.createUpdate(
                                "INSERT INTO label (sha256, task, model, position, name, confidence)"
                                        + " VALUES (:sha256, :task, :model, :position, :name, :confidence)")
                        .bindMap(row)
                        .bind("position", position)
                        .bindMethods(label)
                        .execute());
        each(
                analysis.detections(),
                (thing, position) -> handle.createUpdate("INSERT INTO detection"
                                + " (sha256, task, model, position, name, confidence, x, y, width, height, frame)"
                                + " VALUES (:sha256, :task, :model, :position, :name, :confidence, :box.left, :box.top,"
                                + " :box.width, :box.height, :frame)")
                        .bindMap(row)
                        .bind("position", position)
                        .bindMethods(thing)
                        .execute());
    }

    private static <T> void each(List<T> all, ObjIntConsumer<T> write) {
        for (int position = 0; position < all.size(); position++) {
            write.accept(all.get(position), position);
        }
    }
}
