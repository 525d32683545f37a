package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.media.sharing.Link;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Reads what is there and hands what comes to {@link Intake}. */
final class JdbiIngestCatalog implements IngestCatalog {
    /** Columns of the current object of an asset, beside its key. */
    private static final String OBJECT = "o.bucket, o.key, o.version_id, o.etag, o.size, o.sha256";

    private static final byte[] BEFORE_ALL = {};

    private final Jdbi jdbi;

    JdbiIngestCatalog(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public Optional<KnownObject> object(String bucket, String key) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT " + OBJECT + " FROM object o WHERE o.bucket = :bucket AND o.key = :key AND o.current")
                .bind("bucket", bucket)
                .bind("key", key.getBytes(StandardCharsets.UTF_8))
                .map((row, context) -> object(row))
                .findOne());
    }

    @Override
    public Optional<KnownAsset> asset(Sha256 sha256) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT sha256, state, renditions, frames, pipeline FROM asset WHERE sha256 = :sha256")
                .bind("sha256", sha256.bytes())
                .map((row, context) -> AssetRow.known(row))
                .findOne());
    }

    @Override
    public void record(Arrival arrival) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> new Intake(handle).record(arrival)));
    }

    @Override
    public Optional<String> sidecar(String bucket, String key) {
        return jdbi.withHandle(handle -> new SidecarRows(handle).etag(bucket, key));
    }

    @Override
    public void record(FoundSidecar sidecar) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> new Intake(handle).record(sidecar)));
    }

    @Override
    public void record(Link link) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> LinkRows.write(handle, link)));
    }

    @Override
    public void rehearse(Arrival arrival) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> {
            new Intake(handle).record(arrival);
            handle.rollback();
        }));
    }

    @Override
    public boolean gone(String bucket, String key) {
        return Conflicts.retried(() -> jdbi.inTransaction(handle -> new Intake(handle).gone(bucket, key)));
    }

    @Override
    public void analysed(Sha256 sha256, int frames, List<Analysis> analyses) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> new Intake(handle).analysed(sha256, frames, analyses)));
    }

    @Override
    public Set<ModelVersion> analyses(Sha256 sha256) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT n.task, n.model, n.version FROM analysis n"
                        + " JOIN asset a ON a.sha256 = n.sha256 AND a.frames = n.frames"
                        + " WHERE n.sha256 = :sha256")
                .bind("sha256", sha256.bytes())
                .map((row, context) ->
                        new ModelVersion(row.getString("task"), row.getString("model"), row.getString("version")))
                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public List<KnownVectors> vectors(ModelVersion model, Instant written, Optional<Sha256> after, int limit) {
        return jdbi.withHandle(handle -> VectorRows.since(handle, model, written, after, limit));
    }

    @Override
    public void searchable(String task, Optional<ModelVersion> model) {
        jdbi.useHandle(handle -> VectorRows.searchable(handle, task, model));
    }

    @Override
    public List<KnownKey> keys(String bucket, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT * FROM ("
                        + "(SELECT bucket, key, etag, size FROM object WHERE bucket = :bucket AND key > :after AND current"
                        + " ORDER BY key LIMIT :limit) UNION ALL "
                        + "(SELECT bucket, key, etag, size FROM sidecar WHERE bucket = :bucket AND key > :after"
                        + " ORDER BY key LIMIT :limit)) k ORDER BY key LIMIT :limit")
                .bind("bucket", bucket)
                .bind("after", after.getBytes(StandardCharsets.UTF_8))
                .bind("limit", limit)
                .map((row, context) -> new KnownKey(
                        row.getString("bucket"),
                        new String(row.getBytes("key"), StandardCharsets.UTF_8),
                        row.getString("etag"),
                        row.getLong("size")))
                .list());
    }

    @Override
    public int stack() {
        return jdbi.withHandle(Stacking::inDoubt).entrySet().stream()
                .mapToInt(item -> Conflicts.retried(
                        () -> jdbi.inTransaction(handle -> stack(handle, item.getValue(), item.getKey()))))
                .sum();
    }

    private static int stack(Handle handle, String owner, UUID item) {
        Stacking.lock(handle, Set.of(owner));
        ItemChanges changes = new ItemChanges(handle);
        int changed = Stacking.follow(handle, changes, owner, Set.of(item));
        changes.write();
        return changed;
    }

    @Override
    public Optional<KnownObject> holder(Sha256 sha256) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + OBJECT + " FROM object o"
                        + " WHERE o.sha256 = :sha256 AND o.current ORDER BY o.last_modified, o.id LIMIT 1")
                .bind("sha256", sha256.bytes())
                .map((row, context) -> object(row))
                .findOne());
    }

    @Override
    public List<KnownObject> describedBefore(int pipeline, Optional<Sha256> after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT " + OBJECT + " FROM asset a CROSS JOIN LATERAL"
                        + " (SELECT * FROM object WHERE sha256 = a.sha256 AND current ORDER BY last_modified, id LIMIT 1) o"
                        + " WHERE a.pipeline < :pipeline AND a.sha256 > :after ORDER BY a.sha256 LIMIT :limit")
                .bind("pipeline", pipeline)
                .bind("after", after.map(Sha256::bytes).orElse(BEFORE_ALL))
                .bind("limit", limit)
                .map((row, context) -> object(row))
                .list());
    }

    @Override
    public List<Sha256> notAnalysedBy(Set<ModelVersion> models, Optional<Sha256> after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT a.sha256 FROM asset a"
                        + " WHERE a.state = 'ready' AND a.sha256 > :after"
                        + " AND EXISTS (SELECT 1 FROM object o WHERE o.sha256 = a.sha256 AND o.current)"
                        + " AND (SELECT count(*) FROM analysis n"
                        + "   JOIN unnest(:tasks, :models, :versions) AS m(task, model, version)"
                        + "   ON n.task = m.task AND n.model = m.model AND n.version = m.version"
                        + "   WHERE n.sha256 = a.sha256 AND n.frames = a.frames) < :all"
                        + " ORDER BY a.sha256 LIMIT :limit")
                .bind("after", after.map(Sha256::bytes).orElse(BEFORE_ALL))
                .bind("tasks", models.stream().map(ModelVersion::task).toArray(String[]::new))
                .bind("models", models.stream().map(ModelVersion::model).toArray(String[]::new))
                .bind("versions", models.stream().map(ModelVersion::version).toArray(String[]::new))
                .bind("all", models.size())
                .bind("limit", limit)
                .map((row, context) -> Sha256.of(row.getBytes("sha256")))
                .list());
    }

    @Override
    public List<KnownAsset> withRenditions(Optional<Sha256> after, int limit) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT sha256, state, renditions, frames, pipeline FROM asset a"
                                + " WHERE a.state = 'ready' AND a.sha256 > :after"
                                + " AND EXISTS (SELECT 1 FROM object o WHERE o.sha256 = a.sha256 AND o.current)"
                                + " ORDER BY a.sha256 LIMIT :limit")
                        .bind("after", after.map(Sha256::bytes).orElse(BEFORE_ALL))
                        .bind("limit", limit)
                        .map((row, context) -> AssetRow.known(row))
                        .list());
    }

    @Override
    public Optional<String> note(String name) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT value FROM note WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne());
    }

    @Override
    public void note(String name, String value) {
        jdbi.useHandle(handle -> handle.createUpdate("INSERT INTO note (name, value) VALUES (:name, :value)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bindMap(Map.of("name", name, "value", value))
                .execute());
    }

    private static KnownObject object(ResultSet row) throws SQLException {
        return new KnownObject(
                row.getString("bucket"),
                new String(row.getBytes("key"), StandardCharsets.UTF_8),
                Optional.of(row.getString("version_id")).filter(version -> !version.isEmpty()),
                row.getString("etag"),
                row.getLong("size"),
                Sha256.of(row.getBytes("sha256")));
    }
}
