package dev.memoir.catalog;

import dev.memoir.media.Sha256;
import dev.memoir.people.Crowd;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.Distances;
import dev.memoir.people.FaceRef;
import dev.memoir.people.FaceSet;
import dev.memoir.people.Region;
import dev.memoir.people.Suggestion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

final class JdbiFaceCatalog implements FaceCatalog {
    private static final String ON = "on";
    private static final String ERASING = "erasing";
    private static final String OFF = "off";
    private static final int FETCH = 2_000;
    private static final byte[] BEFORE_ALL = {};
    private static final int PAGE = 500;

    private final Jdbi jdbi;

    JdbiFaceCatalog(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    @Override
    public boolean wanted() {
        return jdbi.withHandle(JdbiFaceCatalog::wanted);
    }

    static boolean wanted(Handle handle) {
        return choice(handle, "").equals(Optional.of(ON));
    }

    @Override
    public boolean clean() {
        return jdbi.withHandle(handle -> choice(handle, "")).equals(Optional.of(OFF));
    }

    private static Optional<String> choice(Handle handle, String lock) {
        return handle.createQuery("SELECT value FROM choice WHERE name = 'faces'" + lock)
                .mapTo(String.class)
                .findOne();
    }

    @Override
    public void want(boolean faces) {
        jdbi.useHandle(handle -> choose(handle, faces ? ON : OFF));
    }

    private static void choose(Handle handle, String value) {
        handle.createUpdate("INSERT INTO choice (name, value) VALUES ('faces', :value)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind("value", value)
                .execute();
    }

    private static void grouped(Handle handle) {
        handle.createUpdate("INSERT INTO note (name, value) VALUES ('grouping', :value)"
                        + " ON CONFLICT (name) DO UPDATE SET value = excluded.value")
                .bind("value", UUID.randomUUID().toString())
                .execute();
    }

    @Override
    public boolean record(
            Sha256 asset,
            ModelVersion models,
            int frames,
            List<FoundFace> faces,
            BiFunction<UUID, float[], UUID> personOf) {
        return Conflicts.retried(() -> jdbi.inTransaction(handle -> {
            // Whoever turns faces off waits for this transaction, and removes what it wrote.
            if (!choice(handle, " FOR SHARE").equals(Optional.of(ON))) {
                return false;
            }
            if (locked(handle, asset)) {
                List<Region> unrecognised = Unrecognised.in(handle, asset);
                List<FoundFace> kept = faces.stream()
                        .filter(face -> unrecognised.stream().noneMatch(face.box()::meets))
                        .toList();
                new AssetFaces(handle, asset, models).replace(kept, personOf);
                var looked = new Analysis(TASK, models.model(), models.version(), List.of(), OptionalDouble.empty());
                new Intake(handle).analysed(asset, frames, List.of(looked));
                ItemRefresh.said(handle, asset);
            }
            return true;
        }));
    }

    @Override
    public List<Region> unrecognised(Sha256 asset) {
        return jdbi.withHandle(handle -> Unrecognised.in(handle, asset));
    }

    @Override
    public List<FaceRef> facesOf(UUID person) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT sha256, x, y, width, height FROM face WHERE person = :person ORDER BY id")
                .bind("person", person)
                .map((row, context) -> PersonRows.ref(row))
                .list());
    }

    @Override
    public PersonRecord record(UUID person) {
        return jdbi.inTransaction(handle -> new PersonRecord(
                handle.createQuery("SELECT * FROM face WHERE person = :person ORDER BY id")
                        .bind("person", person)
                        .map((row, context) -> knownFace(row))
                        .list(),
                handle.createQuery(
                                "SELECT a.sha256, a.media_type, a.taken_at,"
                                        + " array(SELECT convert_from(o.key, 'UTF8') FROM object o"
                                        + " WHERE o.sha256 = a.sha256 AND o.current ORDER BY o.key) AS keys FROM asset a"
                                        + " WHERE a.sha256 IN (SELECT sha256 FROM face WHERE person = :person) ORDER BY a.sha256")
                        .bind("person", person)
                        .map((row, context) -> new PersonRecord.Photo(
                                Sha256.of(row.getBytes("sha256")),
                                row.getString("media_type"),
                                Optional.ofNullable(AssetRow.time(row, "taken_at"))
                                        .map(OffsetDateTime::toInstant),
                                AssetRow.strings(row, "keys")))
                        .list()));
    }

    private static PersonRecord.KnownFace knownFace(ResultSet row) throws SQLException {
        FaceRef ref = PersonRows.ref(row);
        return new PersonRecord.KnownFace(
                row.getObject("id", UUID.class),
                ref.asset(),
                ref.region(),
                List.of((Double[]) row.getArray("points").getArray()),
                row.getDouble("score"),
                row.getBoolean("usable"),
                row.getString("model"),
                row.getString("version"),
                AssetFaces.floats(row.getBytes("embedding")));
    }

    @Override
    public Set<UUID> faces(Sha256 asset) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM face WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .mapTo(UUID.class)
                .set());
    }

    @Override
    public long settle(Set<FaceRef> unrecognised) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> Unrecognised.replace(handle, unrecognised)
                .forEach(asset -> handle.createUpdate("DELETE FROM analysis WHERE sha256 = :sha256 AND task = :task")
                        .bind("sha256", asset.bytes())
                        .bind("task", TASK)
                        .execute())));
        long removed = 0;
        Set<Sha256> assets = unrecognised.stream().map(FaceRef::asset).collect(Collectors.toSet());
        for (Sha256 asset : assets) {
            removed += Conflicts.retried(() -> jdbi.inTransaction(handle -> removeUnrecognised(handle, asset)));
        }
        if (!unrecognised.isEmpty()) {
            removeSearchesForNobody();
        }
        return removed;
    }

    /** Rows by which people were found who are in no photo any more: their ids, and the words of their names. */
    private void removeSearchesForNobody() {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM term_block WHERE left(term, 2) IN ('p:', 'q:') AND items = " + Slot.NO_BITS);
            handle.execute("DELETE FROM term_count WHERE kind IN ('p', 'q') AND items = 0");
        }));
    }

    private static int removeUnrecognised(Handle handle, Sha256 asset) {
        if (!locked(handle, asset)) {
            return 0;
        }
        List<Region> unrecognised = Unrecognised.in(handle, asset);
        List<UUID> gone = handle
                .createQuery("SELECT id, sha256, x, y, width, height FROM face WHERE sha256 = :sha256")
                .bind("sha256", asset.bytes())
                .map((row, context) -> Map.entry(
                        row.getObject("id", UUID.class), PersonRows.ref(row).region()))
                .stream()
                .filter(face -> unrecognised.stream().anyMatch(face.getValue()::meets))
                .map(Map.Entry::getKey)
                .toList();
        if (!gone.isEmpty()) {
            handle.createUpdate("DELETE FROM face WHERE id = ANY(:gone)")
                    .bind("gone", gone.toArray(UUID[]::new))
                    .execute();
            grouped(handle);
            ItemRefresh.said(handle, asset);
        }
        return gone.size();
    }

    private static boolean locked(Handle handle, Sha256 asset) {
        return handle.createQuery("SELECT 1 FROM asset WHERE sha256 = :sha256 FOR UPDATE")
                .bind("sha256", asset.bytes())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public Crowd crowd() {
        var crowd = new Crowd();
        jdbi.useTransaction(handle -> handle.createQuery(
                        "SELECT embedding, person FROM face WHERE usable AND person IS NOT NULL ORDER BY id")
                .setFetchSize(FETCH)
                .map((row, context) ->
                        Map.entry(row.getObject("person", UUID.class), AssetFaces.floats(row.getBytes("embedding"))))
                .forEach(face -> crowd.add(face.getValue(), face.getKey())));
        return crowd;
    }

    @Override
    public String crowdVersion() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT (SELECT count(*) FROM decision) AS decisions,"
                        + " (SELECT value FROM note WHERE name = 'grouping') AS grouping")
                .map((row, context) -> row.getLong("decisions") + " " + row.getString("grouping"))
                .one());
    }

    private record FaceRow(UUID id, FaceRef ref, float[] embedding, boolean usable, UUID person) {
        static FaceRow of(ResultSet row) throws SQLException {
            return new FaceRow(
                    row.getObject("id", UUID.class),
                    PersonRows.ref(row),
                    AssetFaces.floats(row.getBytes("embedding")),
                    row.getBoolean("usable"),
                    row.getObject("person", UUID.class));
        }
    }

    @Override
    public Everything everything() {
        List<FaceRow> rows = new ArrayList<>();
        jdbi.useTransaction(handle -> handle.createQuery(
                        "SELECT id, sha256, x, y, width, height, embedding, usable," + " person FROM face")
                .setFetchSize(FETCH)
                .map((row, context) -> FaceRow.of(row))
                .forEach(rows::add));
        rows.sort(Comparator.comparing(FaceRow::id));
        float[] embeddings = new float[rows.size() * Distances.SIZE];
        boolean[] usable = new boolean[rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i).embedding(), 0, embeddings, i * Distances.SIZE, Distances.SIZE);
            usable[i] = rows.get(i).usable();
        }
        return new Everything(
                new FaceSet(rows.stream().map(FaceRow::id).toArray(UUID[]::new), embeddings, usable),
                rows.stream().map(FaceRow::ref).toList(),
                rows.stream().map(FaceRow::person).toArray(UUID[]::new));
    }

    @Override
    public void assign(Map<Sha256, Map<UUID, Optional<UUID>>> persons) {
        persons.forEach((asset, faces) -> refreshed(
                asset,
                handle -> new TreeMap<>(faces)
                        .forEach((face, person) -> handle.createUpdate(
                                        "UPDATE face SET person = :person WHERE id = :face")
                                .bind("face", face)
                                .bindByType("person", person.orElse(null), UUID.class)
                                .execute())));
    }

    private void refreshed(Sha256 asset, Consumer<Handle> change) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> {
            if (locked(handle, asset)) {
                change.accept(handle);
                ItemRefresh.said(handle, asset);
            }
        }));
    }

    @Override
    public void describe(Decided decided, List<Suggestion> suggestions) {
        Set<Sha256> renamed = Conflicts.retried(() -> jdbi.inTransaction(handle -> {
            // An erasure may have begun after these were read, where jobs run side by side.
            if (!choice(handle, " FOR SHARE").equals(Optional.of(ON))) {
                return Set.of();
            }
            Map<UUID, Optional<String>> before = names(handle);
            handle.execute("DELETE FROM person");
            decided.persons().forEach((id, person) -> {
                if (!decided.forgotten().containsKey(id)) {
                    PersonRows.write(handle, id, person);
                }
            });
            handle.execute("DELETE FROM suggestion");
            suggestions.forEach(suggestion -> handle.createUpdate(
                            "INSERT INTO suggestion (person, other, certainty) VALUES (:person, :other, :certainty)")
                    .bind("person", suggestion.person())
                    .bind("other", suggestion.other())
                    .bind("certainty", suggestion.certainty())
                    .execute());
            grouped(handle);
            return shown(handle, changed(before, names(handle)));
        }));
        renamed.forEach(asset -> refreshed(asset, handle -> {}));
    }

    private static Map<UUID, Optional<String>> names(Handle handle) {
        return handle.createQuery("SELECT id, name FROM person")
                .map((row, context) -> Map.entry(row.getObject("id", UUID.class), AssetRow.text(row, "name")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Set<UUID> changed(Map<UUID, Optional<String>> before, Map<UUID, Optional<String>> after) {
        Set<UUID> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        all.removeIf(id -> before.getOrDefault(id, Optional.empty()).equals(after.getOrDefault(id, Optional.empty())));
        return all;
    }

    private static Set<Sha256> shown(Handle handle, Set<UUID> persons) {
        return handle.createQuery("SELECT DISTINCT sha256 FROM face WHERE person = ANY(:persons)")
                .bind("persons", persons.toArray(UUID[]::new))
                .map((row, context) -> Sha256.of(row.getBytes("sha256")))
                .set();
    }

    @Override
    public Set<String> known() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id FROM decision")
                .mapTo(String.class)
                .set());
    }

    @Override
    public List<Decision> decisions() {
        return jdbi.withHandle(Decisions::read);
    }

    @Override
    public void learn(Collection<Decision> decisions) {
        jdbi.useTransaction(handle -> decisions.forEach(decision -> Decisions.write(handle, decision)));
    }

    @Override
    public void forgetDecisions() {
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM decision");
            handle.execute("DELETE FROM unrecognised");
            grouped(handle);
        });
    }

    @Override
    public Erased erase() {
        Erased erased = Conflicts.retried(() -> jdbi.inTransaction(handle -> {
            choose(handle, ERASING);
            long faces = handle.createQuery("SELECT count(*) FROM face")
                    .mapTo(Long.class)
                    .one();
            long people = handle.createQuery("SELECT count(DISTINCT person) FROM face")
                    .mapTo(Long.class)
                    .one();
            // Unlike DELETE it leaves no dead rows in the table's files.
            handle.execute("TRUNCATE face");
            handle.execute("DELETE FROM suggestion");
            handle.execute("DELETE FROM person");
            handle.createUpdate("DELETE FROM analysis WHERE task = :task")
                    .bind("task", TASK)
                    .execute();
            grouped(handle);
            return new Erased(faces, people);
        }));
        List<Sha256> page = foundByPeople(BEFORE_ALL);
        while (!page.isEmpty()) {
            page.forEach(asset -> refreshed(asset, handle -> {}));
            page = foundByPeople(page.getLast().bytes());
        }
        jdbi.useTransaction(handle -> {
            handle.execute("DELETE FROM term_block WHERE left(term, 2) IN ('p:', 'q:')");
            handle.execute("DELETE FROM term_count WHERE kind IN ('p', 'q')");
        });
        return erased;
    }

    /** Items that an interrupted erasure left behind are found, too. */
    private List<Sha256> foundByPeople(byte[] after) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT DISTINCT sha256 FROM item WHERE sha256 > :after"
                        + " AND EXISTS (SELECT 1 FROM unnest(terms) AS t(term) WHERE left(t.term, 2) IN ('p:', 'q:'))"
                        + " ORDER BY sha256 LIMIT " + PAGE)
                .bind("after", after)
                .map((row, context) -> Sha256.of(row.getBytes("sha256")))
                .list());
    }
}
