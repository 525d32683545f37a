package dev.memoir.catalog;

import dev.memoir.media.Edits;
import dev.memoir.media.Sha256;
import dev.memoir.media.SidecarName;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The sidecars that are known, and which of an owner's items each speaks of. */
final class SidecarRows {
    private final Handle handle;

    SidecarRows(Handle handle) {
        this.handle = handle;
    }

    /** What a sidecar says. */
    record Row(String bucket, String key, Edits edits, Optional<String> problem) {}

    /** An original that holds an item's content now. */
    record Original(String bucket, String key) {}

    /** One that can't be read leaves what was read before. */
    void write(FoundSidecar found) {
        handle.createUpdate("INSERT INTO sidecar (bucket, key, owner, etag, size, sha256, edits, problem)"
                        + " VALUES (:bucket, :key, :owner, :etag, :size, :sha256, cast(:edits AS jsonb), :problem)"
                        + " ON CONFLICT (bucket, key) DO UPDATE SET owner = excluded.owner, etag = excluded.etag,"
                        + " size = excluded.size, problem = excluded.problem,"
                        + " sha256 = CASE WHEN excluded.problem IS NULL THEN excluded.sha256 ELSE sidecar.sha256 END,"
                        + " edits = CASE WHEN excluded.problem IS NULL THEN excluded.edits ELSE sidecar.edits END")
                .bind("bucket", found.bucket())
                .bind("key", bytes(found.key()))
                .bind("owner", found.owner())
                .bind("etag", found.etag())
                .bind("size", found.size())
                .bind("sha256", found.content().map(Sha256::bytes).orElse(null))
                .bind("edits", EditsJson.write(found.edits()))
                .bind("problem", found.problem().orElse(null))
                .execute();
    }

    /** @return whether there was one */
    boolean remove(String bucket, String key) {
        return handle.createUpdate("DELETE FROM sidecar WHERE bucket = :bucket AND key = :key")
                        .bind("bucket", bucket)
                        .bind("key", bytes(key))
                        .execute()
                > 0;
    }

    Optional<String> etag(String bucket, String key) {
        return handle.createQuery("SELECT etag FROM sidecar WHERE bucket = :bucket AND key = :key")
                .bind("bucket", bucket)
                .bind("key", bytes(key))
                .mapTo(String.class)
                .findOne();
    }

    /** The contents of which the sidecar speaks, or did by what is known of it so far: hexadecimal, sorted. */
    TreeSet<String> speaksOf(String bucket, String key) {
        String own = SidecarName.speaksOf(key);
        TreeSet<String> contents = new TreeSet<>();
        handle
                .createQuery("SELECT key, sha256 FROM object WHERE bucket = :bucket AND current"
                        + " AND (key = :own OR key > :from AND key < :end)")
                .bind("bucket", bucket)
                .bind("own", bytes(own))
                .bind("from", bytes(own + "."))
                .bind("end", bytes(own + "/"))
                .map((row, context) -> Map.entry(
                        new String(row.getBytes("key"), StandardCharsets.UTF_8), Sha256.of(row.getBytes("sha256"))))
                .stream()
                .filter(object -> object.getKey().equals(own) || SidecarName.hasStem(object.getKey(), own))
                .forEach(object -> contents.add(object.getValue().hex()));
        handle.createQuery("SELECT sha256 FROM sidecar WHERE bucket = :bucket AND key = :key AND sha256 IS NOT NULL")
                .bind("bucket", bucket)
                .bind("key", bytes(key))
                .map((row, context) -> Sha256.of(row.getBytes("sha256")).hex())
                .forEach(contents::add);
        return contents;
    }

    /**
     * The sidecar that speaks of an owner's item: the one beside its oldest original that has one. Where none has, it is one that
     * was left behind when its original moved, and says for which content it was written.
     *
     * @param originals the owner's, the oldest first
     */
    Optional<Row> of(String owner, Sha256 asset, List<Original> originals) {
        Map<Original, Row> beside = new HashMap<>();
        handle.createQuery("SELECT bucket, key, sha256, edits, problem FROM sidecar"
                        + " WHERE bucket = ANY(:buckets) AND key = ANY(:keys) AND owner = :owner")
                .bind(
                        "buckets",
                        originals.stream().map(Original::bucket).distinct().toArray(String[]::new))
                .bind(
                        "keys",
                        candidates(originals)
                                .map(candidate -> bytes(candidate.key()))
                                .toArray(byte[][]::new))
                .bind("owner", owner)
                .map((row, context) -> row(row, asset))
                .forEach(row -> beside.put(new Original(row.bucket(), row.key()), row));
        return candidates(originals)
                .filter(beside::containsKey)
                .findFirst()
                .map(beside::get)
                .or(() -> handle.createQuery("SELECT bucket, key, sha256, edits, problem FROM sidecar"
                                + " WHERE sha256 = :asset AND owner = :owner ORDER BY bucket, key LIMIT 1")
                        .bind("asset", asset.bytes())
                        .bind("owner", owner)
                        .map((row, context) -> row(row, asset))
                        .findOne());
    }

    private static Stream<Original> candidates(List<Original> originals) {
        return originals.stream()
                .flatMap(original -> SidecarName.candidates(original.key()).stream()
                        .map(key -> new Original(original.bucket(), key)));
    }

    private static Row row(ResultSet row, Sha256 asset) throws SQLException {
        Edits edits = EditsJson.read(row.getString("edits"));
        byte[] content = row.getBytes("sha256");
        // Something else under the same name was put into the trash, not this.
        boolean ofThis = content == null || Sha256.of(content).equals(asset);
        return new Row(
                row.getString("bucket"),
                new String(row.getBytes("key"), StandardCharsets.UTF_8),
                ofThis ? edits : edits.withTrashed(Optional.empty()),
                AssetRow.text(row, "problem"));
    }

    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
