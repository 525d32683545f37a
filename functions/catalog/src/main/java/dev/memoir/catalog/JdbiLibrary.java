package dev.memoir.catalog;

import dev.memoir.media.AssetState;
import dev.memoir.media.Claims;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Action;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Each method is one transaction with the caller's claims; see {@link ItemSearch}, {@link FacetCounts}, {@link Editing}. */
final class JdbiLibrary implements Library {
    /** An item with its asset, the raw tags left where they are. */
    static final String COLUMNS = "i.id, i.owner, i.sha256, i.sort_time, i.added_at, i.trashed_at, i.present,"
            + " i.nsfw, i.edits, i.sidecar_problem,"
            + " a.state, a.reason, a.media_type, a.width, a.height, a.orientation, a.duration, a.taken_local,"
            + " a.taken_offset, a.taken_source, a.latitude, a.longitude, a.altitude, a.camera_make, a.camera_model,"
            + " a.lens, a.exposure, a.f_number, a.focal_length, a.focal_length_35, a.iso, a.rating, a.title,"
            + " a.description, a.keywords, a.live_photo_id, a.renditions, a.thumbhash";

    /** By its own index each time: a join might read all assets. */
    static final String ASSET = " CROSS JOIN LATERAL (SELECT * FROM asset WHERE asset.sha256 = i.sha256 LIMIT 1) a";

    /** Items whose models are told as those in use. */
    private static final int NEWEST = 20;

    private final Jdbi jdbi;
    private final String household;

    JdbiLibrary(DataSource database, String household) {
        this.household = household;
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public Page page(Claims who, Filter filter, int first, Optional<Cursor> after) {
        return as(who, handle -> {
            List<String> owners = AccessPolicy.owners(who, household);
            List<UUID> found = newest(handle, owners, filter, after, first + 1);
            List<Item> items = handle.createQuery("SELECT " + COLUMNS + " FROM item i" + ASSET
                            + " WHERE i.id = ANY(:ids) ORDER BY i.sort_time DESC, i.id DESC LIMIT :limit")
                    .bind("ids", found.toArray(UUID[]::new))
                    .bind("limit", first + 1)
                    .map((row, context) -> told(item(row), owners))
                    .list();
            boolean more = items.size() > first;
            return new Page(
                    more ? List.copyOf(items.subList(0, first)) : items,
                    more,
                    new FacetCounts(handle, owners).total(filter));
        });
    }

    /** The newest of each search: together more than asked for, if several have as many. */
    static List<UUID> newest(Handle handle, List<String> owners, Filter filter, Optional<Cursor> after, int limit) {
        return searches(handle, owners, filter, after).stream()
                .flatMap(search -> search.first(limit).stream())
                .toList();
    }

    /** One for each owner; in an album, what is others' is looked for otherwise. */
    private static List<ItemSearch> searches(
            Handle handle, List<String> owners, Filter filter, Optional<Cursor> after) {
        return filter.album()
                .map(album -> AlbumSearch.of(handle, album, owners, filter, after))
                .orElseGet(() -> owners.stream()
                        .map(owner -> new ItemSearch(handle, owner, filter, after))
                        .toList());
    }

    /** As somebody may know it who sees it only in an album. */
    private static Item told(Item item, List<String> owners) {
        return owners.contains(item.owner()) ? item : item.toOthers();
    }

    @Override
    public Set<UUID> changeable(Claims who, Collection<Item> items) {
        return items.stream()
                .filter(item -> AccessPolicy.allows(who, Action.CHANGE, item.thing(), household))
                .map(Item::id)
                .collect(Collectors.toSet());
    }

    @Override
    public List<Stretch> timeline(Claims who, Filter filter) {
        return as(
                who,
                handle -> Stretch.of(
                        searches(handle, AccessPolicy.owners(who, household), filter, Optional.empty()),
                        Stretch.MOST_ITEMS));
    }

    @Override
    public List<Spot> map(Claims who, Filter filter, GeoBox box, int zoom) {
        List<GeoCell> cells = GeoCell.drawn(box, zoom);
        return as(who, handle -> {
            Map<GeoCell, Spot.Found> found = new HashMap<>();
            searches(handle, AccessPolicy.owners(who, household), filter, Optional.empty())
                    .forEach(search -> search.perCell(cells, GeoCell.levelDrawn(zoom))
                            .forEach((cell, own) -> found.merge(cell, own, Spot.Found::and)));
            Map<UUID, Item> shown = byId(
                    who, handle, found.values().stream().map(Spot.Found::shown).toList());
            return found.entrySet().stream()
                    .filter(entry -> shown.containsKey(entry.getValue().shown()))
                    .map(entry -> new Spot(
                            entry.getKey().box(),
                            entry.getValue().items(),
                            entry.getValue().place(),
                            shown.get(entry.getValue().shown())))
                    .toList();
        });
    }

    @Override
    public List<Memory> memories(Claims who, LocalDate day) {
        List<LocalDate> days = Memory.before(day);
        return as(who, handle -> {
            List<UUID> found = AccessPolicy.owners(who, household).stream()
                    .flatMap(owner -> Memory.find(handle, owner, days).stream())
                    .toList();
            return Memory.of(byId(who, handle, found).values());
        });
    }

    @Override
    public Optional<Item> item(Claims who, UUID id) {
        return items(who, List.of(id)).stream().findFirst();
    }

    @Override
    public Optional<Item> item(Claims who, Sha256 asset) {
        return as(
                who,
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM item i" + ASSET
                                + " WHERE i.sha256 = :sha256"
                                + " ORDER BY (i.owner = :owner) DESC, (i.owner = :household) DESC, i.id LIMIT 1")
                        .bind("sha256", asset.bytes())
                        .bind("owner", who.subject())
                        .bind("household", household)
                        .map((row, context) -> told(item(row), AccessPolicy.owners(who, household)))
                        .findOne());
    }

    @Override
    public List<Item> items(Claims who, Collection<UUID> ids) {
        return as(who, handle -> told(who, handle, ids));
    }

    @Override
    public List<Item> among(Claims who, Filter filter, List<Sha256> assets) {
        Map<Sha256, Integer> order = new HashMap<>();
        assets.forEach(asset -> order.putIfAbsent(asset, order.size()));
        return as(who, handle -> {
            List<String> owners = AccessPolicy.owners(who, household);
            List<UUID> found = searches(handle, owners, filter, Optional.empty()).stream()
                    .flatMap(search -> search.among(assets).stream())
                    .toList();
            return told(handle, owners, found).stream()
                    .sorted(Comparator.<Item>comparingInt(item -> order.get(item.sha256()))
                            .thenComparing(item -> !item.owner().equals(who.subject())))
                    .toList();
        });
    }

    @Override
    public Optional<ModelVersion> searchable(Claims who, String task) {
        return as(who, handle -> VectorRows.searchable(handle, task));
    }

    private Map<UUID, Item> byId(Claims who, Handle handle, Collection<UUID> ids) {
        return told(who, handle, ids).stream().collect(Collectors.toMap(Item::id, Function.identity()));
    }

    private List<Item> told(Claims who, Handle handle, Collection<UUID> ids) {
        return told(handle, AccessPolicy.owners(who, household), ids);
    }

    /** @param owners whose items the caller sees without any album */
    static List<Item> told(Handle handle, List<String> owners, Collection<UUID> ids) {
        return items(handle, ids).stream().map(item -> told(item, owners)).toList();
    }

    /** With all that is known of them. */
    static List<Item> items(Handle handle, Collection<UUID> ids) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM item i" + ASSET + " WHERE i.id = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .map((row, context) -> item(row))
                .list();
    }

    @Override
    public Map<Sha256, List<HeldObject>> objects(Claims who, Set<Sha256> assets) {
        return as(
                who,
                handle -> grouped(
                        handle,
                        "SELECT * FROM object WHERE sha256 = ANY(:assets) ORDER BY last_modified DESC, key",
                        assets,
                        JdbiLibrary::object));
    }

    static HeldObject object(ResultSet row) throws SQLException {
        return new HeldObject(
                row.getString("bucket"),
                new String(row.getBytes("key"), StandardCharsets.UTF_8),
                Optional.of(row.getString("version_id")).filter(version -> !version.isEmpty()),
                row.getString("etag"),
                row.getLong("size"),
                AssetRow.time(row, "last_modified").toInstant(),
                AssetRow.time(row, "seen_at").toInstant(),
                row.getBoolean("current"));
    }

    @Override
    public Map<Sha256, List<Spoken>> analyses(Claims who, Set<Sha256> assets) {
        return as(who, handle -> {
            Map<Sha256, List<Said<Label>>> labels = said(handle, "label", assets, Sayings::label);
            Map<Sha256, List<Said<Detection>>> detections = said(handle, "detection", assets, Sayings::detection);
            return grouped(
                    handle, "SELECT * FROM analysis WHERE sha256 = ANY(:assets) ORDER BY task, model", assets, row -> {
                        Sha256 asset = Sha256.of(row.getBytes("sha256"));
                        return spoken(
                                row, labels.getOrDefault(asset, List.of()), detections.getOrDefault(asset, List.of()));
                    });
        });
    }

    @Override
    public Map<UUID, Stack> stacks(Claims who, Collection<UUID> items) {
        return as(who, handle -> {
            StackRows rows = StackRows.of(handle, items);
            Map<UUID, Item> seen = byId(who, handle, rows.all());
            return rows.stacks(seen);
        });
    }

    @Override
    public Optional<String> rawTags(Claims who, Sha256 asset) {
        return as(
                who,
                handle -> handle.createQuery("SELECT raw_tags FROM asset WHERE sha256 = :sha256")
                        .bind("sha256", asset.bytes())
                        .map((row, context) -> row.getString(1))
                        .findOne());
    }

    @Override
    public Facets facets(Claims who, Filter filter) {
        return as(who, handle -> new FacetCounts(handle, AccessPolicy.owners(who, household)).facets(filter));
    }

    @Override
    public long size(Claims who) {
        return as(
                who,
                handle -> new FacetCounts(handle, AccessPolicy.owners(who, household))
                        .total(Filter.NONE)
                        .orElse(0L));
    }

    @Override
    public Set<ModelVersion> models(Claims who) {
        return page(who, Filter.NONE, NEWEST, Optional.empty()).items().stream()
                .map(Item::sha256)
                .collect(Collectors.collectingAndThen(Collectors.toSet(), assets -> analyses(who, assets)))
                .values()
                .stream()
                .flatMap(List::stream)
                .map(Spoken::analysis)
                .map(a -> new ModelVersion(a.task(), a.model(), a.version()))
                .collect(Collectors.toSet());
    }

    @Override
    public ChangeToken now(Claims who) {
        return as(who, handle -> new Following(handle, who, household).now());
    }

    @Override
    public Optional<Changes> changes(Claims who, ChangeToken since, int first) {
        return as(
                who,
                handle -> new Following(handle, who, household)
                        .since(since, first)
                        .map(found -> {
                            Map<UUID, Item> seen = byId(who, handle, found.changed());
                            return new Changes(
                                    found.changed().stream()
                                            .filter(seen::containsKey)
                                            .map(seen::get)
                                            .toList(),
                                    found.changed().stream()
                                            .filter(id -> !seen.containsKey(id))
                                            .toList(),
                                    found.more(),
                                    found.next());
                        }));
    }

    @Override
    public Set<UUID> together(Claims who, Collection<UUID> ids) {
        return as(who, handle -> StackRows.ofOneShot(handle, ids));
    }

    @Override
    public Map<UUID, Editable> editable(Claims who, Collection<UUID> ids) {
        return as(who, handle -> {
            Editing editing = new Editing(handle, who, household);
            return told(who, handle, ids).stream().collect(Collectors.toMap(Item::id, editing::of));
        });
    }

    @Override
    public void record(Claims who, FoundSidecar sidecar) {
        Conflicts.retried(() -> as(who, handle -> {
            new Editing(handle, who, household).record(sidecar);
            return true;
        }));
    }

    private <T> T as(Claims who, Function<Handle, T> work) {
        return Claimed.as(jdbi, who, household, work);
    }

    private record Said<T>(String task, String model, T what) {
        static <T> List<T> by(String task, String model, List<Said<T>> all) {
            return all.stream()
                    .filter(said -> said.task().equals(task) && said.model().equals(model))
                    .map(Said::what)
                    .toList();
        }
    }

    private static <T> Map<Sha256, List<Said<T>>> said(
            Handle handle, String table, Set<Sha256> assets, RowReader<T> reader) {
        return grouped(
                handle,
                "SELECT * FROM " + table + " WHERE sha256 = ANY(:assets) ORDER BY task, model, position",
                assets,
                row -> new Said<>(row.getString("task"), row.getString("model"), reader.read(row)));
    }

    private static Spoken spoken(ResultSet row, List<Said<Label>> labels, List<Said<Detection>> detections)
            throws SQLException {
        String task = row.getString("task");
        String model = row.getString("model");
        Optional<Double> score = AssetRow.number(row, "score");
        return new Spoken(
                new Analysis(
                        task,
                        model,
                        row.getString("version"),
                        Said.by(task, model, labels),
                        Said.by(task, model, detections),
                        score.map(OptionalDouble::of).orElseGet(OptionalDouble::empty)),
                AssetRow.time(row, "at").toInstant());
    }

    private interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static <T> Map<Sha256, List<T>> grouped(
            Handle handle, String sql, Set<Sha256> assets, RowReader<T> reader) {
        Map<Sha256, List<T>> groups = new HashMap<>();
        handle.createQuery(sql)
                .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                .map((row, context) -> Map.entry(Sha256.of(row.getBytes("sha256")), reader.read(row)))
                .forEach(entry -> groups.computeIfAbsent(entry.getKey(), asset -> new ArrayList<>())
                        .add(entry.getValue()));
        return groups;
    }

    static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                Sha256.of(row.getBytes("sha256")),
                AssetState.ofWireName(row.getString("state")),
                AssetRow.text(row, "reason"),
                AssetRow.facts(row),
                EditsJson.read(row.getString("edits")),
                AssetRow.text(row, "sidecar_problem"),
                AssetRow.time(row, "sort_time").toInstant(),
                AssetRow.time(row, "added_at").toInstant(),
                Optional.ofNullable(AssetRow.time(row, "trashed_at")).map(OffsetDateTime::toInstant),
                row.getBoolean("present"),
                AssetRow.renditions(row),
                Optional.ofNullable(row.getBytes("thumbhash")),
                AssetRow.number(row, "nsfw"));
    }
}
