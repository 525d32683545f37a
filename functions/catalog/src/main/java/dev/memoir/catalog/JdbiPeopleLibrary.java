package dev.memoir.catalog;

import dev.memoir.media.Claims;
import dev.memoir.media.Sha256;
import dev.memoir.media.access.Action;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.FaceRef;
import dev.memoir.people.Suggestion;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.postgres.PostgresPlugin;

final class JdbiPeopleLibrary implements PeopleLibrary {
    static final String FACE = "id, sha256, x, y, width, height, points, score, pixels, usable, person";

    /** A cover is chosen among so many of a person's faces. */
    private static final int CANDIDATES = 20;

    /** People in listed photos, with how many photos show them. */
    private static final String PEOPLE =
            "SELECT c.person, c.photos, p.name, coalesce(p.hidden, false) AS hidden, p.cover,"
                    + " CASE WHEN p.name IS NULL THEN 0 ELSE 1 END AS named FROM (SELECT cast(substr(term, 3) AS uuid) AS person,"
                    + " sum(items) AS photos FROM term_count WHERE kind = 'p' AND items > 0 GROUP BY term) c"
                    + " LEFT JOIN person p ON p.id = c.person";

    private final Jdbi jdbi;
    private final String household;

    JdbiPeopleLibrary(DataSource database, String household) {
        this.household = household;
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    private <T> T as(Claims who, Function<Handle, T> work) {
        return Claimed.as(jdbi, who, household, work);
    }

    @Override
    public boolean wanted(Claims who) {
        return as(who, JdbiFaceCatalog::wanted);
    }

    @Override
    public Page page(Claims who, PeopleFilter filter, int first, Optional<PersonCursor> after) {
        return as(who, handle -> {
            List<String> words = filter.text().map(Words::of).map(List::copyOf).orElse(List.of());
            StringBuilder sql = new StringBuilder(
                    "SELECT * FROM (" + PEOPLE + ") q WHERE hidden = :hidden" + " AND (photos >= :least OR named = 1)");
            after.ifPresent(_ -> sql.append(" AND (named, photos, person) < (:named, :photos, :person)"));
            Query query = handle.createQuery(sql + " ORDER BY named DESC, photos DESC, person DESC"
                            + (words.isEmpty() ? " LIMIT :limit" : ""))
                    .bind("hidden", filter.hidden())
                    .bind("least", filter.least());
            after.ifPresent(cursor -> query.bind("named", cursor.named() ? 1 : 0)
                    .bind("photos", cursor.photos())
                    .bind("person", cursor.person()));
            if (words.isEmpty()) {
                query.bind("limit", first + 1);
            }
            List<PersonRow> rows = query.map((row, context) -> PersonRow.of(row)).stream()
                    .filter(row -> row.isCalled(words))
                    .limit(first + 1L)
                    .toList();
            List<Person> people = withCovers(handle, rows);
            boolean more = people.size() > first;
            return new Page(more ? List.copyOf(people.subList(0, first)) : people, more);
        });
    }

    private record PersonRow(UUID id, Optional<String> name, boolean hidden, long photos, UUID cover) {
        static PersonRow of(ResultSet row) throws SQLException {
            return new PersonRow(
                    row.getObject("person", UUID.class),
                    AssetRow.text(row, "name"),
                    row.getBoolean("hidden"),
                    row.getLong("photos"),
                    row.getObject("cover", UUID.class));
        }

        /** Names are few: words are looked for here. */
        private boolean isCalled(List<String> words) {
            return words.isEmpty() || name.map(Words::of).orElse(Set.of()).containsAll(words);
        }
    }

    @Override
    public Map<UUID, Person> people(Claims who, Collection<UUID> ids) {
        return as(who, handle -> {
            Map<UUID, UUID> meant = meant(handle, ids);
            List<PersonRow> rows = handle.createQuery("SELECT * FROM (" + PEOPLE + ") q WHERE person = ANY(:ids)")
                    .bind("ids", meant.values().toArray(UUID[]::new))
                    .map((row, context) -> PersonRow.of(row))
                    .list();
            Map<UUID, Person> people = new HashMap<>();
            withCovers(handle, rows).forEach(person -> people.put(person.id(), person));
            Map<UUID, Person> asked = new LinkedHashMap<>();
            meant.forEach((id, person) -> {
                if (people.containsKey(person)) {
                    asked.put(id, people.get(person));
                }
            });
            return asked;
        });
    }

    private static Map<UUID, UUID> meant(Handle handle, Collection<UUID> ids) {
        Set<UUID> living = handle.createQuery("SELECT DISTINCT person FROM face WHERE person = ANY(:ids)")
                .bind("ids", ids.toArray(UUID[]::new))
                .mapTo(UUID.class)
                .set();
        Map<UUID, UUID> meant = new HashMap<>();
        ids.forEach(id -> meant.put(id, id));
        List<UUID> gone = ids.stream().filter(id -> !living.contains(id)).toList();
        if (!gone.isEmpty()) {
            Decided decided = Decided.of(Decisions.read(handle));
            handle.createQuery("SELECT id, person FROM face WHERE id = ANY(:ids) AND person IS NOT NULL")
                    .bind("ids", gone.toArray(UUID[]::new))
                    .map((row, context) ->
                            Map.entry(row.getObject("id", UUID.class), row.getObject("person", UUID.class)))
                    .forEach(face -> meant.put(face.getKey(), face.getValue()));
            gone.stream()
                    .filter(id -> !decided.resolve(id).equals(id))
                    .forEach(id -> meant.put(id, decided.resolve(id)));
        }
        return meant;
    }

    private static List<Person> withCovers(Handle handle, List<PersonRow> rows) {
        Map<UUID, Face> chosen = new HashMap<>();
        handle.createQuery("SELECT " + FACE + " FROM face WHERE id = ANY(:ids)")
                .bind(
                        "ids",
                        rows.stream()
                                .map(PersonRow::cover)
                                .filter(Objects::nonNull)
                                .toArray(UUID[]::new))
                .map((row, context) -> face(row))
                .forEach(face -> chosen.put(face.id(), face));
        Map<UUID, Face> best = new HashMap<>();
        handle.createQuery("SELECT f.* FROM unnest(:ids) AS q(id) CROSS JOIN LATERAL (SELECT * FROM (SELECT " + FACE
                        + " FROM face WHERE person = q.id ORDER BY id LIMIT " + CANDIDATES
                        + ") c ORDER BY usable DESC, pixels DESC, id LIMIT 1) f")
                .bind("ids", rows.stream().map(PersonRow::id).toArray(UUID[]::new))
                .map((row, context) -> face(row))
                .forEach(face -> best.put(face.person().orElseThrow(), face));
        return rows.stream()
                .map(row -> new Person(
                        row.id(),
                        row.name(),
                        row.hidden(),
                        row.photos(),
                        Optional.ofNullable(chosen.get(row.cover())).or(() -> Optional.ofNullable(best.get(row.id())))))
                .toList();
    }

    static Face face(ResultSet row) throws SQLException {
        Array points = row.getArray("points");
        FaceRef ref = PersonRows.ref(row);
        return new Face(
                row.getObject("id", UUID.class),
                ref.asset(),
                ref.region(),
                Arrays.asList((Double[]) points.getArray()),
                row.getDouble("score"),
                row.getBoolean("usable"),
                Optional.ofNullable(row.getObject("person", UUID.class)));
    }

    @Override
    public Map<Sha256, List<Face>> faces(Claims who, Set<Sha256> assets) {
        return as(who, handle -> {
            Map<Sha256, List<Face>> faces = new HashMap<>();
            handle.createQuery("SELECT " + FACE + " FROM face WHERE sha256 = ANY(:assets) ORDER BY x, y, id")
                    .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                    .map((row, context) -> face(row))
                    .forEach(face -> faces.computeIfAbsent(face.asset(), a -> new ArrayList<>())
                            .add(face));
            return faces;
        });
    }

    @Override
    public List<Face> faces(Claims who, Collection<UUID> ids) {
        return as(
                who,
                handle -> handle.createQuery("SELECT " + FACE + " FROM face WHERE id = ANY(:ids) ORDER BY id")
                        .bind("ids", ids.toArray(UUID[]::new))
                        .map((row, context) -> face(row))
                        .list());
    }

    @Override
    public List<Face> facesOf(Claims who, UUID person, int most) {
        return as(
                who,
                handle -> handle.createQuery(
                                "SELECT " + FACE + " FROM face WHERE person = :person ORDER BY id LIMIT :most")
                        .bind("person", person)
                        .bind("most", most)
                        .map((row, context) -> face(row))
                        .list());
    }

    @Override
    public Set<Sha256> changeable(Claims who, Collection<Sha256> assets) {
        return as(
                who,
                handle -> handle.createQuery("SELECT DISTINCT sha256 FROM item WHERE sha256 = ANY(:assets)"
                                + " AND owner = ANY(:owners)")
                        .bind("assets", assets.stream().map(Sha256::bytes).toArray(byte[][]::new))
                        .bind(
                                "owners",
                                AccessPolicy.owners(who, Action.CHANGE, household)
                                        .toArray(String[]::new))
                        .map((row, context) -> Sha256.of(row.getBytes("sha256")))
                        .set());
    }

    @Override
    public List<Suggestion> suggestions(Claims who, int first) {
        return as(
                who,
                handle -> handle.createQuery("SELECT s.person, s.other, s.certainty FROM suggestion s"
                                + " WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.hidden AND p.id IN (s.person, s.other))"
                                + " ORDER BY s.certainty DESC, s.person, s.other LIMIT :first")
                        .bind("first", first)
                        .map((row, context) -> new Suggestion(
                                row.getObject("person", UUID.class),
                                row.getObject("other", UUID.class),
                                row.getDouble("certainty")))
                        .list());
    }

    @Override
    public List<Decision> decisions(Claims who) {
        return as(who, Decisions::read);
    }

    @Override
    public void decide(Claims who, Decision decision) {
        Conflicts.retried(() -> as(who, handle -> {
            new DecisionEffect(handle, who, household).take(decision);
            return true;
        }));
    }
}
