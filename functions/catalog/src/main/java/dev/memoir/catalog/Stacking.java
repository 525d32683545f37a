package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Sha256;
import dev.memoir.media.StackKind;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Has stacks follow their items. Works out anew what lies beneath what among all that may belong together with what changed, so
 * that it does not matter what came first. The caller holds the owner's {@link #lock}.
 */
final class Stacking {
    private static final SortedSet<String> NONE = new TreeSet<>();

    /** More files with one identifier are no live photo. */
    private static final int MOST = 50;

    private static final String STEM = "regexp_replace(convert_from(o.key, 'UTF8'), '\\.[^./]*$', '')";

    /** A film whose still is there, a raw file beside another file, what is by a word with another, and what lies beneath nothing. */
    private static final String IN_DOUBT = "SELECT i.id, i.owner FROM item i JOIN asset a ON a.sha256 = i.sha256"
            + " WHERE i.present AND i.cover IS NULL AND i.stack IS NULL AND a.media_type LIKE 'video/%'"
            + " AND a.live_photo_id IS NOT NULL AND EXISTS (SELECT 1 FROM asset b JOIN item s ON s.sha256 = b.sha256"
            + "  WHERE b.live_photo_id = a.live_photo_id AND b.media_type LIKE 'image/%' AND s.owner = i.owner"
            + "  AND s.present AND (s.trashed_at IS NULL) = (i.trashed_at IS NULL))"
            + " UNION ALL SELECT i.id, i.owner FROM item i JOIN asset a ON a.sha256 = i.sha256"
            + " JOIN object o ON o.sha256 = i.sha256 AND o.owner = i.owner AND o.current"
            + " WHERE i.present AND i.cover IS NULL AND i.stack IS NULL AND a.media_type LIKE 'image/x-%'"
            + " AND EXISTS (SELECT 1 FROM object p WHERE p.bucket = o.bucket AND p.current AND p.sha256 <> o.sha256"
            + "  AND p.key > convert_to(" + STEM + " || '.', 'UTF8') AND p.key < convert_to(" + STEM
            + " || '/', 'UTF8'))"
            + " UNION ALL SELECT i.id, i.owner FROM item i WHERE i.present AND i.trashed_at IS NULL AND i.cover IS NULL"
            + " AND i.stack <> '" + EditsJson.ALONE + "' AND EXISTS (SELECT 1 FROM item s WHERE s.owner = i.owner"
            + "  AND s.stack = i.stack AND s.id <> i.id AND s.present AND s.trashed_at IS NULL AND s.cover IS NULL)"
            + " UNION ALL SELECT i.id, i.owner FROM item i LEFT JOIN item c ON c.id = i.cover AND c.present"
            + "  AND (c.trashed_at IS NULL) = (i.trashed_at IS NULL)"
            + " WHERE i.cover IS NOT NULL AND (c.id IS NULL OR NOT i.present)";

    private static final String SHOTS =
            "SELECT i.*, a.media_type, a.state, a.live_photo_id, a.taken_local, a.camera_model FROM item i"
                    + " CROSS JOIN LATERAL (SELECT * FROM asset WHERE asset.sha256 = i.sha256 LIMIT 1) a"
                    + " WHERE i.id = ANY(:ids) ORDER BY i.id FOR UPDATE OF i";

    private final Handle handle;
    private final ItemChanges changes;
    private final String owner;
    private final Map<UUID, Row> rows = new TreeMap<>();

    private Stacking(Handle handle, ItemChanges changes, String owner) {
        this.handle = handle;
        this.changes = changes;
        this.owner = owner;
    }

    private record Row(
            Shot shot,
            List<Place> places,
            boolean present,
            boolean sensitive,
            Optional<Shot.Beneath> beneath,
            SortedSet<String> terms,
            Slot slot,
            Optional<Double> latitude,
            Optional<Double> longitude) {

        private ListedTerms.Entry listing(Optional<Shot.Beneath> beneath) {
            boolean listed = present && !shot.trashed() && beneath.isEmpty();
            return new ListedTerms.Entry(slot, listed ? terms : NONE, sensitive);
        }
    }

    /** Has nobody else change these owners' items until the transaction ends. Comes before every lock on assets and items. */
    static void lock(Handle handle, Collection<String> owners) {
        for (String owner : new TreeSet<>(owners)) {
            handle.createUpdate("INSERT INTO stacking (owner) VALUES (:owner) ON CONFLICT DO NOTHING")
                    .bind("owner", owner)
                    .execute();
            handle.createQuery("SELECT 1 FROM stacking WHERE owner = :owner FOR UPDATE")
                    .bind("owner", owner)
                    .mapTo(Integer.class)
                    .one();
        }
    }

    /** After something changed of these assets' items, whosever they are. Notes what lies otherwise now. */
    static void follow(Handle handle, ItemChanges changes, Collection<Sha256> assets) {
        handle.createQuery("SELECT DISTINCT owner FROM item WHERE sha256 = ANY(:assets) ORDER BY owner")
                .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                .mapTo(String.class)
                .list()
                .forEach(owner -> follow(handle, changes, owner, assets));
    }

    /** After something changed of an owner's items for these assets. */
    static void follow(Handle handle, ItemChanges changes, String owner, Collection<Sha256> assets) {
        follow(
                handle,
                changes,
                owner,
                assets.stream().map(asset -> ItemId.of(owner, asset)).collect(Collectors.toSet()));
    }

    /**
     * After something changed of these items.
     *
     * @return how many lie otherwise now
     */
    static int follow(Handle handle, ItemChanges changes, String owner, Set<UUID> items) {
        Stacking stacking = new Stacking(handle, changes, owner);
        stacking.gather(items);
        return stacking.settle();
    }

    /** Items that should perhaps lie beneath others, or no more, with their owners. */
    static Map<UUID, String> inDoubt(Handle handle) {
        return handle
                .createQuery(IN_DOUBT)
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), row.getString("owner")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (same, again) -> same, TreeMap::new));
    }

    /** These and all that may belong together with them. */
    private void gather(Set<UUID> items) {
        Set<UUID> fresh = items;
        while (!fresh.isEmpty()) {
            List<Row> found = read(fresh);
            found.forEach(row -> rows.put(row.shot().id(), row));
            fresh = near(found);
            fresh.removeAll(rows.keySet());
        }
    }

    private Set<UUID> near(List<Row> found) {
        Set<UUID> near = new HashSet<>();
        found.forEach(row -> row.beneath().map(Shot.Beneath::cover).ifPresent(near::add));
        UUID[] ids = found.stream().map(row -> row.shot().id()).toArray(UUID[]::new);
        add(near, "SELECT id FROM item WHERE cover = ANY(:these) AND owner = :owner", ids);
        List<Shot> present = found.stream().filter(Row::present).map(Row::shot).toList();
        String[] words = present.stream()
                .flatMap(shot -> shot.word().stream())
                .filter(word -> !word.equals(EditsJson.ALONE))
                .distinct()
                .toArray(String[]::new);
        add(near, "SELECT id FROM item WHERE owner = :owner AND stack = ANY(:these) AND present", words);
        present.stream()
                .flatMap(shot -> shot.livePhotoId().stream())
                .distinct()
                .forEach(id -> add(
                        near,
                        "SELECT i.id FROM asset a JOIN item i ON i.sha256 = a.sha256 AND i.owner = :owner"
                                + " WHERE a.live_photo_id = ANY(:these) AND i.present ORDER BY i.id LIMIT " + MOST,
                        new String[] {id}));
        found.stream()
                .filter(Row::present)
                .flatMap(row -> row.places().stream())
                .flatMap(place -> place.stem().stream())
                .distinct()
                .forEach(stem -> besides(near, stem));
        return near;
    }

    private void add(Set<UUID> near, String sql, Object[] these) {
        if (these.length > 0) {
            handle.createQuery(sql)
                    .bind("owner", owner)
                    .bind("these", these)
                    .mapTo(UUID.class)
                    .forEach(near::add);
        }
    }

    /** What lies in one folder under one name but for the extension. */
    private void besides(Set<UUID> near, Stem stem) {
        handle
                .createQuery(
                        "SELECT o.key, i.id FROM object o JOIN item i ON i.sha256 = o.sha256 AND i.owner = o.owner"
                                + " WHERE o.bucket = :bucket AND o.current AND o.key > :from AND o.key < :end AND o.owner = :owner")
                .bind("bucket", stem.bucket())
                .bind("from", (stem.path() + ".").getBytes(StandardCharsets.UTF_8))
                .bind("end", (stem.path() + "/").getBytes(StandardCharsets.UTF_8))
                .bind("owner", owner)
                .map((row, context) -> Map.entry(key(row), row.getObject("id", UUID.class)))
                .stream()
                .filter(object -> Stem.of(stem.bucket(), object.getKey()).equals(Optional.of(stem)))
                .forEach(object -> near.add(object.getValue()));
    }

    /** A bucket and a key in it without its last extension. */
    private record Stem(String bucket, String path) {
        static Optional<Stem> of(String bucket, String key) {
            int dot = key.lastIndexOf('.');
            return dot > key.lastIndexOf('/') + 1
                    ? Optional.of(new Stem(bucket, key.substring(0, dot)))
                    : Optional.empty();
        }

        String text() {
            return bucket + "/" + path;
        }
    }

    private record Place(String key, Optional<Stem> stem) {}

    private List<Row> read(Set<UUID> ids) {
        Map<Sha256, List<Place>> places = places(ids);
        return new ArrayList<>(handle.createQuery(SHOTS)
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> row(row, places.getOrDefault(Sha256.of(row.getBytes("sha256")), List.of())))
                .list());
    }

    private Map<Sha256, List<Place>> places(Set<UUID> ids) {
        Map<Sha256, List<Place>> places = new HashMap<>();
        handle.createQuery("SELECT o.sha256, o.bucket, o.key FROM item i JOIN object o ON o.sha256 = i.sha256"
                        + " AND o.owner = i.owner AND o.current WHERE i.id = ANY(:ids) ORDER BY o.bucket, o.key")
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> Map.entry(
                        Sha256.of(row.getBytes("sha256")),
                        new Place(key(row), Stem.of(row.getString("bucket"), key(row)))))
                .forEach(place -> places.computeIfAbsent(place.getKey(), asset -> new ArrayList<>())
                        .add(place.getValue()));
        return places;
    }

    private static String key(ResultSet row) throws SQLException {
        return new String(row.getBytes("key"), StandardCharsets.UTF_8);
    }

    private static Row row(ResultSet row, List<Place> places) throws SQLException {
        SortedSet<String> stems = new TreeSet<>();
        places.forEach(place -> place.stem().map(Stem::text).ifPresent(stems::add));
        Shot shot = new Shot(
                row.getObject("id", UUID.class),
                Sha256.of(row.getBytes("sha256")),
                AssetRow.time(row, "sort_time").toInstant(),
                row.getObject("trashed_at") != null,
                AssetRow.text(row, "stack"),
                row.getString("media_type"),
                AssetState.ofWireName(row.getString("state")) == AssetState.DAMAGED,
                AssetRow.text(row, "live_photo_id"),
                Optional.ofNullable(row.getObject("taken_local", LocalDateTime.class))
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
                AssetRow.text(row, "camera_model"),
                stems,
                places.isEmpty() ? "" : places.getFirst().key());
        return new Row(
                shot,
                places,
                row.getBoolean("present"),
                row.getBoolean("sensitive"),
                beneath(row),
                new TreeSet<>(AssetRow.strings(row, "terms")),
                new Slot(row.getLong("block"), row.getInt("slot")),
                AssetRow.number(row, "latitude"),
                AssetRow.number(row, "longitude"));
    }

    private static Optional<Shot.Beneath> beneath(ResultSet row) throws SQLException {
        UUID cover = row.getObject("cover", UUID.class);
        return cover == null
                ? Optional.empty()
                : Optional.of(new Shot.Beneath(cover, StackKind.ofWireName(row.getString("cover_kind"))));
    }

    private int settle() {
        int changed = 0;
        Map<UUID, Shot.Beneath> stacked = Shot.stacked(
                rows.values().stream().filter(Row::present).map(Row::shot).toList());
        ListedTerms listed = new ListedTerms(handle, owner);
        for (Row row : rows.values()) {
            Optional<Shot.Beneath> beneath =
                    Optional.ofNullable(stacked.get(row.shot().id()));
            if (!beneath.equals(row.beneath())) {
                changed++;
                write(row.shot().id(), beneath);
                note(row);
                Stream.of(row.beneath(), beneath)
                        .flatMap(Optional::stream)
                        .map(cover -> rows.get(cover.cover()))
                        .filter(Objects::nonNull)
                        .forEach(this::note);
                listed.change(row.listing(row.beneath()), row.listing(beneath));
                new AlbumGathering(handle)
                        .follow(new AlbumGathering.Found(
                                owner,
                                row.shot().sha256(),
                                beneath.isPresent(),
                                row.terms(),
                                row.shot().sortTime(),
                                row.latitude(),
                                row.longitude()));
            }
        }
        listed.write();
        return changed;
    }

    private void note(Row row) {
        changes.note(owner, row.shot().id(), row.sensitive() || row.shot().trashed());
    }

    private void write(UUID id, Optional<Shot.Beneath> beneath) {
        handle.createUpdate("UPDATE item SET cover = :cover, cover_kind = :kind WHERE id = :id")
                .bind("cover", beneath.map(Shot.Beneath::cover).orElse(null))
                .bind(
                        "kind",
                        beneath.map(Shot.Beneath::kind).map(StackKind::wireName).orElse(null))
                .bind("id", id)
                .execute();
    }
}
