package dev.memoir.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.memoir.media.AssetState;
import dev.memoir.media.Claims;
import dev.memoir.media.Label;
import dev.memoir.media.Sha256;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Each method is one transaction with the caller's claims; see {@link ItemSearch}, {@link FacetCounts}, {@link Trash}. */
final class JdbiLibrary implements Library {
    private static final JsonMapper JSON = new JsonMapper();

    /** An item with its asset, the raw tags left where they are. */
    private static final String COLUMNS = "i.id, i.owner, i.sha256, i.sort_time, i.added_at, i.trashed_at, i.present,"
            + " i.nsfw, i.title AS own_title, i.description AS own_description, i.rating AS own_rating,"
            + " a.state, a.reason, a.media_type, a.width, a.height, a.orientation, a.duration, a.taken_local,"
            + " a.taken_offset, a.taken_source, a.latitude, a.longitude, a.altitude, a.camera_make, a.camera_model,"
            + " a.lens, a.exposure, a.f_number, a.focal_length, a.focal_length_35, a.iso, a.rating, a.title,"
            + " a.description, a.keywords, a.live_photo_id, a.renditions, a.thumbhash";

    /** By its own index each time: a join might read all assets. */
    private static final String ASSET =
            " CROSS JOIN LATERAL (SELECT * FROM asset WHERE asset.sha256 = i.sha256 LIMIT 1) a";

    /** Items whose models are told as those in use. */
    private static final int NEWEST = 20;

    private final Jdbi jdbi;

    JdbiLibrary(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public Page page(Claims who, Filter filter, int first, Optional<Cursor> after) {
        return as(who, handle -> {
            List<UUID> found = new ItemSearch(handle, filter, after).first(first + 1);
            List<Item> items = handle.createQuery("SELECT " + COLUMNS + " FROM item i" + ASSET
                            + " WHERE i.id = ANY(:ids) ORDER BY i.sort_time DESC, i.id DESC")
                    .bind("ids", found.toArray(UUID[]::new))
                    .map((row, context) -> item(row))
                    .list();
            boolean more = items.size() > first;
            return new Page(
                    more ? List.copyOf(items.subList(0, first)) : items, more, new FacetCounts(handle).total(filter));
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
                                + " WHERE i.sha256 = :sha256 AND i.owner = :owner")
                        .bind("sha256", asset.bytes())
                        .bind("owner", who.subject())
                        .map((row, context) -> item(row))
                        .findOne());
    }

    @Override
    public List<Item> items(Claims who, Collection<UUID> ids) {
        return as(
                who,
                handle -> handle.createQuery("SELECT " + COLUMNS + " FROM item i" + ASSET + " WHERE i.id = ANY(:ids)")
                        .bind("ids", ids.toArray(UUID[]::new))
                        .map((row, context) -> item(row))
                        .list());
    }

    @Override
    public Map<Sha256, List<HeldObject>> objects(Claims who, Set<Sha256> assets) {
        return as(
                who,
                handle -> grouped(
                        handle,
                        "SELECT * FROM object WHERE sha256 = ANY(:assets) ORDER BY last_modified DESC, key",
                        assets,
                        row -> new HeldObject(
                                row.getString("bucket"),
                                new String(row.getBytes("key"), StandardCharsets.UTF_8),
                                Optional.of(row.getString("version_id")).filter(version -> !version.isEmpty()),
                                row.getString("etag"),
                                row.getLong("size"),
                                AssetRow.time(row, "last_modified").toInstant(),
                                AssetRow.time(row, "seen_at").toInstant(),
                                row.getBoolean("current"))));
    }

    @Override
    public Map<Sha256, List<Spoken>> analyses(Claims who, Set<Sha256> assets) {
        return as(who, handle -> {
            Map<Sha256, List<NamedLabel>> labels = grouped(
                    handle,
                    "SELECT * FROM label WHERE sha256 = ANY(:assets) ORDER BY task, model, position",
                    assets,
                    row -> new NamedLabel(
                            row.getString("task"),
                            row.getString("model"),
                            new Label(row.getString("name"), row.getDouble("confidence"))));
            return grouped(
                    handle,
                    "SELECT * FROM analysis WHERE sha256 = ANY(:assets) ORDER BY task, model",
                    assets,
                    row -> spoken(row, labels.getOrDefault(Sha256.of(row.getBytes("sha256")), List.of())));
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
        return as(who, handle -> new FacetCounts(handle).facets(filter));
    }

    @Override
    public long size(Claims who) {
        return as(who, handle -> new FacetCounts(handle).total(Filter.NONE).orElse(0L));
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
    public Map<UUID, Change> trash(Claims who, Collection<UUID> ids) {
        return Conflicts.retried(() -> as(who, handle -> new Trash(handle, who).put(ids)));
    }

    @Override
    public Map<UUID, Change> restore(Claims who, Collection<UUID> ids) {
        return Conflicts.retried(() -> as(who, handle -> new Trash(handle, who).takeOut(ids)));
    }

    /** The claims last as long as the transaction, so a pooled connection never carries them to somebody else. */
    private <T> T as(Claims who, Function<Handle, T> work) {
        return jdbi.inTransaction(handle -> {
            handle.createQuery("SELECT set_config('memoir.subject', :subject, true),"
                            + " set_config('memoir.groups', :groups, true),"
                            + " set_config('memoir.attributes', :attributes, true)")
                    .bind("subject", who.subject())
                    .bind("groups", json(new TreeSet<>(who.groups())))
                    .bind("attributes", json(who.attributes()))
                    .map((row, context) -> row.getString(1))
                    .one();
            return work.apply(handle);
        });
    }

    private record NamedLabel(String task, String model, Label label) {}

    private static Spoken spoken(ResultSet row, List<NamedLabel> labels) throws SQLException {
        String task = row.getString("task");
        String model = row.getString("model");
        Optional<Double> score = AssetRow.number(row, "score");
        return new Spoken(
                new Analysis(
                        task,
                        model,
                        row.getString("version"),
                        labels.stream()
                                .filter(l -> l.task().equals(task) && l.model().equals(model))
                                .map(NamedLabel::label)
                                .toList(),
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

    private static Item item(ResultSet row) throws SQLException {
        return new Item(
                row.getObject("id", UUID.class),
                row.getString("owner"),
                Sha256.of(row.getBytes("sha256")),
                AssetState.ofWireName(row.getString("state")),
                AssetRow.text(row, "reason"),
                AssetRow.facts(row),
                or(AssetRow.text(row, "own_title"), AssetRow.text(row, "title")),
                or(AssetRow.text(row, "own_description"), AssetRow.text(row, "description")),
                or(AssetRow.whole(row, "own_rating"), AssetRow.whole(row, "rating")),
                AssetRow.time(row, "sort_time").toInstant(),
                AssetRow.time(row, "added_at").toInstant(),
                Optional.ofNullable(AssetRow.time(row, "trashed_at")).map(OffsetDateTime::toInstant),
                row.getBoolean("present"),
                AssetRow.renditions(row),
                Optional.ofNullable(row.getBytes("thumbhash")),
                AssetRow.number(row, "nsfw"));
    }

    private static <T> Optional<T> or(Optional<T> own, Optional<T> files) {
        return own.or(() -> files);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("claims can't be written as JSON", e);
        }
    }
}
