package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.media.SidecarName;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * What happens within one transaction when something arrives, goes, or is analysed. Always in the same order: the
 * key's current row is locked, then the owners, then their assets, sorted; whatever else belongs to them changes under those locks.
 */
final class Intake {
    private final Handle handle;

    Intake(Handle handle) {
        this.handle = handle;
    }

    void record(Arrival arrival) {
        TreeSet<String> touched = new TreeSet<>(lockCurrent(arrival.bucket(), arrival.key()));
        touched.add(arrival.sha256().hex());
        lockOwners(touched, arrival.owner());
        boolean described = arrival.description()
                .filter(description -> describe(arrival.sha256(), description))
                .isPresent();
        if (!lock(touched).contains(arrival.sha256().hex())) {
            throw new IllegalStateException("asset " + arrival.sha256()
                    + " is not described yet: an arrival without a description needs one that came before");
        }
        hold(arrival);
        refresh(touched, asset -> described && asset.equals(arrival.sha256()));
    }

    private void refresh(Set<String> assets, Predicate<Sha256> said) {
        ItemChanges changes = new ItemChanges(handle);
        assets.stream()
                .map(Sha256::new)
                .forEach(asset -> new ItemRefresh(handle, asset, changes).run(said.test(asset)));
        Stacking.follow(handle, changes, assets.stream().map(Sha256::new).toList());
        changes.write();
    }

    /** Its items follow it, whether it speaks of others now or says something else. */
    void record(FoundSidecar found) {
        SidecarRows sidecars = new SidecarRows(handle);
        TreeSet<String> touched = sidecars.speaksOf(found.bucket(), found.key());
        found.content().map(Sha256::hex).ifPresent(touched::add);
        lockOwners(touched, found.owner());
        TreeSet<String> known = lock(touched);
        sidecars.write(found);
        refresh(known, asset -> false);
    }

    private boolean sidecarGone(String bucket, String key) {
        SidecarRows sidecars = new SidecarRows(handle);
        TreeSet<String> spokenOf = sidecars.speaksOf(bucket, key);
        lockOwners(spokenOf);
        TreeSet<String> known = lock(spokenOf);
        boolean removed = sidecars.remove(bucket, key);
        refresh(known, asset -> false);
        return removed;
    }

    boolean gone(String bucket, String key) {
        if (SidecarName.is(key)) {
            return sidecarGone(bucket, key);
        }
        TreeSet<String> held = new TreeSet<>(lockCurrent(bucket, key));
        lockOwners(held);
        TreeSet<String> touched = lock(held);
        int changed = handle.createUpdate("UPDATE object SET current = false, gone_at = clock_timestamp()"
                        + " WHERE bucket = :bucket AND key = :key AND current")
                .bind("bucket", bucket)
                .bind("key", bytes(key))
                .execute();
        refresh(touched, asset -> false);
        return changed > 0;
    }

    void analysed(Sha256 sha256, int frames, List<Analysis> analyses) {
        TreeSet<String> looked = new TreeSet<>(List.of(sha256.hex()));
        lockOwners(looked);
        if (lock(looked).isEmpty()) {
            return;
        }
        boolean changed = false;
        for (Analysis analysis : analyses) {
            changed |= replace(sha256, frames, analysis);
        }
        if (changed) {
            ItemRefresh.said(handle, sha256);
        }
    }

    /**
     * A description by older code never replaces one by newer code, and the same again leaves the row alone.
     *
     * @return whether it says anything new
     */
    private boolean describe(Sha256 sha256, Description description) {
        Map<String, Object> row = AssetRow.columns(description);
        String columns = String.join(", ", row.keySet());
        String values = row.keySet().stream()
                .map(column -> column.equals("raw_tags") ? "cast(:raw_tags AS jsonb)" : ":" + column)
                .collect(Collectors.joining(", "));
        return handle.createUpdate("INSERT INTO asset (sha256, described_at, " + columns + ")"
                                + " VALUES (:sha256, clock_timestamp(), " + values + ")"
                                + " ON CONFLICT (sha256) DO UPDATE SET described_at = excluded.described_at, "
                                + joined(row, column -> column + " = excluded." + column)
                                + " WHERE excluded.pipeline >= asset.pipeline AND ("
                                + joined(row, column -> "asset." + column) + ") IS DISTINCT FROM ("
                                + joined(row, column -> "excluded." + column) + ")")
                        .bind("sha256", sha256.bytes())
                        .bindMap(row)
                        .execute()
                > 0;
    }

    private static String joined(Map<String, Object> row, UnaryOperator<String> each) {
        return row.keySet().stream().map(each).collect(Collectors.joining(", "));
    }

    /** @return what the key holds so far; nobody else changes that until this transaction ends */
    private List<String> lockCurrent(String bucket, String key) {
        return handle.createQuery(
                        "SELECT sha256 FROM object WHERE bucket = :bucket AND key = :key AND current FOR UPDATE")
                .bind("bucket", bucket)
                .bind("key", bytes(key))
                .map((row, context) -> Sha256.of(row.getBytes(1)).hex())
                .list();
    }

    /** @param more an owner of whose item nothing may be known yet */
    private void lockOwners(TreeSet<String> assets, String... more) {
        Set<String> owners = new TreeSet<>(List.of(more));
        handle.createQuery("SELECT DISTINCT owner FROM item WHERE sha256 = ANY(:assets)")
                .bind(
                        "assets",
                        assets.stream().map(hex -> new Sha256(hex).bytes()).toArray(byte[][]::new))
                .mapTo(String.class)
                .forEach(owners::add);
        Stacking.lock(handle, owners);
    }

    /** @return those that are known */
    private TreeSet<String> lock(TreeSet<String> assets) {
        TreeSet<String> known = new TreeSet<>();
        for (String asset : assets) {
            handle.createQuery("SELECT 1 FROM asset WHERE sha256 = :sha256 FOR UPDATE")
                    .bind("sha256", new Sha256(asset).bytes())
                    .mapTo(Integer.class)
                    .findOne()
                    .ifPresent(one -> known.add(asset));
        }
        return known;
    }

    /** The key's current version is the one that arrived; the one before stays, no longer current. */
    private void hold(Arrival arrival) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("bucket", arrival.bucket());
        row.put("key", bytes(arrival.key()));
        row.put("version_id", arrival.versionId().orElse(""));
        row.put("sha256", arrival.sha256().bytes());
        row.put("owner", arrival.owner());
        row.put("etag", arrival.etag());
        row.put("size", arrival.size());
        row.put(
                "last_modified",
                arrival.lastModified().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
        handle.createUpdate("UPDATE object SET current = false, gone_at = clock_timestamp()"
                        + " WHERE bucket = :bucket AND key = :key AND current"
                        + " AND (version_id, sha256) IS DISTINCT FROM (:version_id, :sha256)")
                .bindMap(row)
                .execute();
        handle.createUpdate("INSERT INTO object (bucket, key, version_id, sha256, owner, etag, size, last_modified,"
                        + " current, seen_at) VALUES (:bucket, :key, :version_id, :sha256, :owner, :etag, :size,"
                        + " :last_modified, true, clock_timestamp())"
                        + " ON CONFLICT (bucket, key, version_id, sha256) DO UPDATE SET owner = excluded.owner,"
                        + " etag = excluded.etag, size = excluded.size, last_modified = excluded.last_modified,"
                        + " current = true, seen_at = excluded.seen_at, gone_at = NULL"
                        + " WHERE NOT object.current OR (object.owner, object.etag, object.size, object.last_modified)"
                        + " IS DISTINCT FROM (excluded.owner, excluded.etag, excluded.size, excluded.last_modified)")
                .bindMap(row)
                .execute();
    }

    /** @return whether this says anything new */
    private boolean replace(Sha256 sha256, int frames, Analysis analysis) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("sha256", sha256.bytes());
        row.put("task", analysis.task());
        row.put("model", analysis.model());
        row.put("version", analysis.version());
        row.put("frames", frames);
        row.put("score", analysis.score().isPresent() ? analysis.score().getAsDouble() : null);
        boolean same = handle.createQuery(
                                "SELECT 1 FROM analysis WHERE sha256 = :sha256 AND task = :task"
                                        + " AND model = :model AND version = :version AND frames = :frames AND score IS NOT DISTINCT FROM :score")
                        .bindMap(row)
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent()
                && Sayings.labels(handle, row).equals(analysis.labels())
                && Sayings.detections(handle, row).equals(analysis.detections())
                && VectorRows.of(handle, row).equals(analysis.vectors());
        if (!same) {
            Sayings.replace(handle, row, analysis);
        }
        return !same;
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
