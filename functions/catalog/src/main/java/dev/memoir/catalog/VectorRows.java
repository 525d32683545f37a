package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of vectors, and of the models by whose vectors can be searched. */
final class VectorRows {
    private static final byte[] BEFORE_ALL = {};

    private VectorRows() {}

    static List<Embedding> of(Handle handle, Map<String, Object> analysis) {
        return handle.createQuery("SELECT scale, components FROM vector"
                        + " WHERE sha256 = :sha256 AND task = :task AND model = :model ORDER BY frame")
                .bindMap(analysis)
                .map((row, context) -> embedding(row))
                .list();
    }

    /** @param analysis the columns of {@code analysis} */
    static void replace(Handle handle, Map<String, Object> analysis, List<Embedding> frames) {
        handle.createUpdate("DELETE FROM vector WHERE sha256 = :sha256 AND task = :task AND model = :model")
                .bindMap(analysis)
                .execute();
        for (int frame = 0; frame < frames.size(); frame++) {
            handle.createUpdate("INSERT INTO vector (sha256, task, model, frame, version, written, scale, components)"
                            + " SELECT sha256, task, model, :frame, version, at, :scale, :components FROM analysis"
                            + " WHERE sha256 = :sha256 AND task = :task AND model = :model")
                    .bindMap(analysis)
                    .bind("frame", frame)
                    .bind("scale", frames.get(frame).scale())
                    .bind("components", frames.get(frame).components())
                    .execute();
        }
    }

    static List<KnownVectors> since(
            Handle handle, ModelVersion model, Instant written, Optional<Sha256> after, int limit) {
        List<KnownVectors> all = new ArrayList<>();
        handle.createQuery("SELECT v.sha256, v.written, v.scale, v.components, v.frame FROM"
                        + " (SELECT sha256, written FROM vector WHERE task = :task AND model = :model"
                        + "  AND version = :version AND frame = 0 AND (written, sha256) > (:written, :after)"
                        + "  ORDER BY written, sha256 LIMIT :limit) f"
                        + " JOIN vector v ON v.sha256 = f.sha256 AND v.task = :task AND v.model = :model"
                        + " ORDER BY f.written, f.sha256, v.frame")
                .bind("task", model.task())
                .bind("model", model.model())
                .bind("version", model.version())
                .bind("written", written.atOffset(ZoneOffset.UTC))
                .bind("after", after.map(Sha256::bytes).orElse(BEFORE_ALL))
                .bind("limit", limit)
                .map((row, context) -> new KnownVectors(
                        Sha256.of(row.getBytes("sha256")),
                        AssetRow.time(row, "written").toInstant(),
                        List.of(embedding(row))))
                .forEach(one -> add(all, one));
        return all;
    }

    private static void add(List<KnownVectors> all, KnownVectors next) {
        if (all.isEmpty() || !all.getLast().asset().equals(next.asset())) {
            all.add(next);
            return;
        }
        KnownVectors last = all.removeLast();
        List<Embedding> frames = new ArrayList<>(last.frames());
        frames.addAll(next.frames());
        all.add(new KnownVectors(last.asset(), last.written(), frames));
    }

    static void searchable(Handle handle, String task, Optional<ModelVersion> model) {
        if (model.isEmpty()) {
            handle.createUpdate("DELETE FROM searchable WHERE task = :task")
                    .bind("task", task)
                    .execute();
            return;
        }
        handle.createUpdate("INSERT INTO searchable (task, model, version) VALUES (:task, :model, :version)"
                        + " ON CONFLICT (task) DO UPDATE SET model = excluded.model, version = excluded.version")
                .bind("task", task)
                .bind("model", model.get().model())
                .bind("version", model.get().version())
                .execute();
    }

    static Optional<ModelVersion> searchable(Handle handle, String task) {
        return handle.createQuery("SELECT model, version FROM searchable WHERE task = :task")
                .bind("task", task)
                .map((row, context) -> new ModelVersion(task, row.getString("model"), row.getString("version")))
                .findOne();
    }

    private static Embedding embedding(ResultSet row) throws SQLException {
        return new Embedding(row.getFloat("scale"), row.getBytes("components"));
    }
}
