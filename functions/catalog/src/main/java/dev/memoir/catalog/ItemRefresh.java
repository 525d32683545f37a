package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Edits;
import dev.memoir.media.Facts;
import dev.memoir.media.GeoPoint;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import dev.memoir.media.TakenAt;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Brings the items of an asset, of every owner, in line with its objects, its description, its sidecars and its analyses. Works out
 * the whole anew each time, so that it does not matter what changed or how often it is said; the asset's row is locked by
 * the caller, so that it happens once at a time.
 */
final class ItemRefresh {
    private static final SortedSet<String> NONE = new TreeSet<>();
    private static final Slot NO_SLOT = new Slot(0, -1);

    private final Handle handle;
    private final Sha256 asset;
    private final ItemChanges changes;

    ItemRefresh(Handle handle, Sha256 asset, ItemChanges changes) {
        this.handle = handle;
        this.asset = asset;
        this.changes = changes;
    }

    /** After something new was said of an asset; what it lies beneath, or what lies beneath it, does not depend on that. */
    static void said(Handle handle, Sha256 asset) {
        ItemChanges changes = new ItemChanges(handle);
        new ItemRefresh(handle, asset, changes).run(true);
        changes.write();
    }

    private record Described(Facts facts, AssetState state) {}

    private record Held(String bucket, String key, OffsetDateTime lastModified, long size, boolean current) {}

    private record Verdict(List<Label> labels, OptionalDouble nsfw, List<PersonTerms.Seen> people) {}

    private record ItemRow(
            UUID id,
            OffsetDateTime sortTime,
            Edits edits,
            Optional<String> sidecarProblem,
            Optional<Double> latitude,
            Optional<Double> longitude,
            Optional<Double> nsfw,
            boolean present,
            boolean covered,
            SortedSet<String> terms,
            Slot slot) {

        ListedTerms.Entry listing() {
            return new ListedTerms.Entry(
                    slot, present && !trashed() && !covered ? terms : NONE, Filter.NsfwRange.flagged(nsfw));
        }

        boolean trashed() {
            return edits.trashed().isPresent();
        }

        boolean hidden() {
            return trashed() || Filter.NsfwRange.flagged(nsfw);
        }
    }

    /** @param said whether something new is said of the asset, which changes all its items */
    void run(boolean said) {
        run(items(), objects(), said);
    }

    /** Only one owner's item, which is locked: so that the asset's row need not be, which not everybody may. */
    void run(String owner) {
        Map<String, ItemRow> item = items();
        item.keySet().retainAll(Set.of(owner));
        Map<String, List<Held>> held = objects();
        held.keySet().retainAll(item.keySet());
        run(item, held, false);
    }

    private void run(Map<String, ItemRow> items, Map<String, List<Held>> objects, boolean said) {
        Described described = handle.createQuery("SELECT * FROM asset WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .map((row, context) ->
                        new Described(AssetRow.facts(row), AssetState.ofWireName(row.getString("state"))))
                .one();
        Verdict verdict = verdict();
        objects.forEach((owner, held) -> {
            boolean known = items.containsKey(owner);
            if (!known && held.stream().noneMatch(Held::current)) {
                return;
            }
            ItemRow before = known ? items.get(owner) : blank(owner, held.getFirst());
            ItemRow after = after(owner, before, described, held, verdict);
            boolean same = known && after.equals(before);
            if (said || !same) {
                changes.note(owner, after.id(), (!known || before.hidden()) && after.hidden());
            }
            if (!known) {
                insert(owner, after);
            } else if (!same) {
                update(after);
            } else {
                return;
            }
            index(owner, before, after);
            if (before.present() != after.present()) {
                count(owner, after.present() ? 1 : -1, held.getFirst().size());
            }
            new AlbumGathering(handle)
                    .follow(new AlbumGathering.Found(
                            owner,
                            asset,
                            after.covered(),
                            after.terms(),
                            after.sortTime().toInstant(),
                            after.latitude(),
                            after.longitude()));
        });
    }

    private ItemRow blank(String owner, Held first) {
        return new ItemRow(
                ItemId.of(owner, asset),
                first.lastModified(),
                Edits.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                NONE,
                NO_SLOT);
    }

    private ItemRow after(String owner, ItemRow item, Described described, List<Held> held, Verdict verdict) {
        List<Held> current = held.stream().filter(Held::current).toList();
        boolean present = !current.isEmpty();
        Optional<SidecarRows.Row> sidecar = new SidecarRows(handle)
                .of(
                        owner,
                        asset,
                        current.stream()
                                .map(object -> new SidecarRows.Original(object.bucket(), object.key()))
                                .toList());
        Edits edits = present ? sidecar.map(SidecarRows.Row::edits).orElse(Edits.NONE) : item.edits();
        Facts facts = edits.over(described.facts());
        OffsetDateTime sortTime = facts.takenAt()
                .map(TakenAt::instant)
                .map(instant -> instant.atOffset(ZoneOffset.UTC))
                .orElse(held.getFirst().lastModified());
        List<String> written = new ArrayList<>();
        facts.title().ifPresent(written::add);
        facts.description().ifPresent(written::add);
        List<String> fileNames = current.stream()
                .map(object -> object.key().substring(object.key().lastIndexOf('/') + 1))
                .toList();
        SortedSet<String> terms = ItemTerms.of(new ItemTerms.Searchable(
                facts,
                described.state(),
                sortTime.toInstant(),
                edits,
                written,
                fileNames,
                verdict.labels(),
                verdict.nsfw()));
        terms.addAll(PersonTerms.of(verdict.people()));
        Optional<Double> nsfw =
                verdict.nsfw().isPresent() ? Optional.of(verdict.nsfw().getAsDouble()) : Optional.empty();
        return new ItemRow(
                item.id(),
                sortTime,
                edits,
                sidecar.flatMap(SidecarRows.Row::problem),
                facts.location().map(GeoPoint::latitude),
                facts.location().map(GeoPoint::longitude),
                nsfw,
                present,
                item.covered(),
                present ? terms : item.terms(),
                slot(owner, item, sortTime.toInstant()));
    }

    private Slot slot(String owner, ItemRow item, Instant sortTime) {
        boolean stays = !item.slot().equals(NO_SLOT) && item.slot().holds(sortTime);
        return stays ? item.slot() : Slot.take(handle, owner, sortTime);
    }

    private void index(String owner, ItemRow before, ItemRow after) {
        ListedTerms listed = new ListedTerms(handle, owner);
        listed.change(before.listing(), after.listing());
        listed.write();
    }

    /** @param size of the content, which all that hold it have */
    private void count(String owner, int by, long size) {
        handle.createUpdate("INSERT INTO stored (owner, assets, bytes) VALUES (:owner, :by, :by * :size)"
                        + " ON CONFLICT (owner) DO UPDATE SET assets = stored.assets + excluded.assets,"
                        + " bytes = stored.bytes + excluded.bytes")
                .bind("owner", owner)
                .bind("by", (long) by)
                .bind("size", size)
                .execute();
    }

    private void insert(String owner, ItemRow item) {
        handle.createUpdate("INSERT INTO item (id, owner, sha256, sort_time, latitude, longitude, nsfw, added_at,"
                        + " present, terms, block, slot, edits, trashed_at, sidecar_problem) VALUES (:id, :owner, :sha256,"
                        + " :sortTime, :latitude, :longitude, :nsfw, clock_timestamp(), true, :terms, :block, :slot,"
                        + " cast(:edits AS jsonb), :trashedAt, :problem)")
                .bind("owner", owner)
                .bind("sha256", asset.bytes())
                .bindMap(changing(item))
                .execute();
    }

    private void update(ItemRow item) {
        handle.createUpdate("UPDATE item SET sort_time = :sortTime, latitude = :latitude, longitude = :longitude,"
                        + " nsfw = :nsfw, present = :present, terms = :terms, block = :block, slot = :slot,"
                        + " edits = cast(:edits AS jsonb), trashed_at = :trashedAt, sidecar_problem = :problem"
                        + " WHERE id = :id")
                .bind("present", item.present())
                .bindMap(changing(item))
                .execute();
    }

    private static Map<String, Object> changing(ItemRow item) {
        Map<String, Object> values = new TreeMap<>();
        values.put("id", item.id());
        values.put("sortTime", item.sortTime());
        values.put("latitude", item.latitude().orElse(null));
        values.put("longitude", item.longitude().orElse(null));
        values.put("nsfw", item.nsfw().orElse(null));
        values.put("terms", item.terms().toArray(String[]::new));
        values.put("block", item.slot().block());
        values.put("slot", item.slot().slot());
        values.put("edits", EditsJson.write(item.edits()));
        values.put(
                "trashedAt",
                item.edits()
                        .trashed()
                        .map(since -> since.atOffset(ZoneOffset.UTC))
                        .orElse(null));
        values.put("problem", item.sidecarProblem().orElse(null));
        return values;
    }

    /** Each owner's objects, oldest first. */
    private Map<String, List<Held>> objects() {
        Map<String, List<Held>> objects = new TreeMap<>();
        handle.createQuery("SELECT owner, bucket, key, last_modified, size, current FROM object WHERE sha256 = :sha256"
                        + " ORDER BY owner, last_modified, key")
                .bind("sha256", asset.bytes())
                .map((row, context) -> Map.entry(
                        row.getString("owner"),
                        new Held(
                                row.getString("bucket"),
                                new String(row.getBytes("key"), StandardCharsets.UTF_8),
                                AssetRow.time(row, "last_modified"),
                                row.getLong("size"),
                                row.getBoolean("current"))))
                .forEach(held -> objects.computeIfAbsent(held.getKey(), owner -> new ArrayList<>())
                        .add(held.getValue()));
        return objects;
    }

    private Map<String, ItemRow> items() {
        Map<String, ItemRow> items = new TreeMap<>();
        handle.createQuery("SELECT * FROM item WHERE sha256 = :sha256 ORDER BY id FOR UPDATE")
                .bind("sha256", asset.bytes())
                .map((row, context) -> Map.entry(
                        row.getString("owner"),
                        new ItemRow(
                                row.getObject("id", UUID.class),
                                AssetRow.time(row, "sort_time"),
                                edits(row),
                                AssetRow.text(row, "sidecar_problem"),
                                AssetRow.number(row, "latitude"),
                                AssetRow.number(row, "longitude"),
                                AssetRow.number(row, "nsfw"),
                                row.getBoolean("present"),
                                row.getObject("cover") != null,
                                new TreeSet<>(AssetRow.strings(row, "terms")),
                                new Slot(row.getLong("block"), row.getInt("slot")))))
                .forEach(item -> items.put(item.getKey(), item.getValue()));
        return items;
    }

    /** Whether it is in the trash, its column alone tells of a library that is older than such edits. */
    private static Edits edits(ResultSet row) throws SQLException {
        return EditsJson.read(row.getString("edits"))
                .withTrashed(
                        Optional.ofNullable(AssetRow.time(row, "trashed_at")).map(OffsetDateTime::toInstant));
    }

    /** What the models say together: all labels, the newest NSFW score, who is seen. */
    private Verdict verdict() {
        List<Label> labels = handle.createQuery(
                        "SELECT name, confidence FROM label WHERE sha256 = :sha256 ORDER BY task, model, position")
                .bind("sha256", asset.bytes())
                .map((row, context) -> new Label(row.getString("name"), row.getDouble("confidence")))
                .list();
        Optional<Double> score = handle.createQuery(
                        "SELECT score FROM analysis WHERE sha256 = :sha256 AND task = 'nsfw'"
                                + " AND score IS NOT NULL ORDER BY at DESC LIMIT 1")
                .bind("sha256", asset.bytes())
                .mapTo(Double.class)
                .findOne();
        return new Verdict(
                labels,
                score.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                PersonTerms.seen(handle, List.of(asset)).getOrDefault(asset, List.of()));
    }
}
