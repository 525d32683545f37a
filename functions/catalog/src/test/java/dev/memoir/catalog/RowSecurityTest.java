package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Edits;
import dev.memoir.media.Label;
import dev.memoir.media.access.AlbumRole;
import dev.memoir.media.access.Grantee;
import dev.memoir.people.Decided;
import dev.memoir.people.Decision;
import dev.memoir.people.Region;
import dev.memoir.people.Suggestion;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSecurityTest {
    private static CatalogDatabase database;

    @BeforeAll
    static void record() {
        database = CatalogDatabase.create();
        IngestCatalog catalog = IngestCatalog.over(database.ingest());
        catalog.record(Samples.arrival("ann", "users/ann/a.jpg", "A", Samples.holiday()));
        catalog.record(Samples.arrival("ben", "users/ben/b.jpg", "B", Samples.holiday()));
        for (String content : List.of("A", "B")) {
            catalog.analysed(
                    Samples.content(content),
                    List.of(new Analysis(
                            "labels",
                            "m",
                            "1",
                            List.of(new Label("sea", 1)),
                            List.of(new Detection("boat", 1, new Region(0, 0, 1, 1), 0)),
                            OptionalDouble.empty())));
        }
        people();
        AlbumCatalog albums = AlbumCatalog.over(database.ingest());
        albums.settle(Albums.of("ann", Samples.content("A")));
        albums.settle(Albums.of("ben", Samples.content("B"))
                .given(Map.of(Grantee.subject("carl"), AlbumRole.VIEW), Samples.UPLOADED));
        for (String owner : List.of("ann", "ben")) {
            catalog.record(new FoundSidecar(
                    "originals",
                    "users/" + owner + "/x.jpg.xmp",
                    owner,
                    "etag",
                    1,
                    Optional.empty(),
                    Edits.NONE,
                    Optional.empty()));
        }
    }

    /** One face and one person each, two who may be one in ann's photo alone, and a decision. */
    private static void people() {
        FaceCatalog faces = FaceCatalog.over(database.ingest());
        faces.want(true);
        UUID person = new UUID(0, 1);
        faces.record(Samples.content("A"), PeopleTest.MODELS, List.of(PeopleTest.face(0.1, 1)), (id, e) -> person);
        faces.record(Samples.content("B"), PeopleTest.MODELS, List.of(PeopleTest.face(0.1, 9)), (id, e) -> id);
        Decision named = Decision.of(
                Instant.parse("2026-01-01T00:00:00Z"),
                new UUID(1, 1),
                "ann",
                new Decision.Name(person, "Ada", List.of()));
        faces.learn(List.of(named));
        faces.describe(Decided.of(List.of(named)), List.of(new Suggestion(person, person, 0.5)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item",
                "term_block WHERE term = 'w:holiday'",
                "term_count WHERE term = 'k:image'",
                "object",
                "asset",
                "analysis WHERE task = 'labels'",
                "label",
                "detection",
                "(SELECT id FROM face) f",
                "person",
                "suggestion",
                "decision",
                "choice",
                "sidecar",
                "period",
                "change_count",
                "item_change",
                "album",
                "album_item",
                "stored"
            })
    void aPooledConnectionForgetsTheClaimsOfTheTransactionBefore(String rows) throws SQLException {
        try (Connection pooled = database.api().getConnection()) {
            assertEquals(0, count(pooled, rows), "no claims were ever set");

            pooled.setAutoCommit(false);
            claim(pooled, "ann");
            assertEquals(1, count(pooled, rows), "ann sees her own");
            pooled.commit();

            assertEquals(0, count(pooled, rows), "the next transaction carries no claims");
            pooled.commit();

            claim(pooled, "");
            assertEquals(0, count(pooled, rows), "an empty subject is nobody");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE item SET trashed_at = now()",
                "UPDATE term_block SET items = ~items",
                "UPDATE term_count SET items = 0",
                "UPDATE sidecar SET edits = '{}'",
                "UPDATE period SET slots = 0",
                "UPDATE change_count SET number = 0",
                "UPDATE item_change SET number = 0",
                "UPDATE face SET person = NULL",
                "UPDATE person SET name = 'x'",
                "DELETE FROM face",
                "UPDATE album SET name = 'x', viewers = '{s:carl}', managers = '{s:carl}'",
                "UPDATE album_item SET position = 0",
                "DELETE FROM album",
                "DELETE FROM album_item",
                "DELETE FROM suggestion"
            })
    void aWriteReachesOnlyOwnRows(String write) throws SQLException {
        try (Connection pooled = database.api().getConnection()) {
            pooled.setAutoCommit(false);
            claim(pooled, "carl");
            assertEquals(0, pooled.createStatement().executeUpdate(write));
            pooled.rollback();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE item SET owner = 'ben' WHERE owner = 'ann'",
                "INSERT INTO term_block VALUES ('ben', 'w:x', 0, cast(0 AS bit(1024)))",
                "INSERT INTO sidecar VALUES ('originals', 'k', 'ben', 'e', 1, NULL, '{}', NULL)",
                "UPDATE sidecar SET owner = 'ben'",
                "DELETE FROM sidecar",
                "INSERT INTO period VALUES ('ben', 1, 1)",
                "DELETE FROM period",
                "UPDATE asset SET state = 'damaged'",
                "DELETE FROM item",
                "DELETE FROM term_block",
                "INSERT INTO note VALUES ('a', 'b')",
                "UPDATE stored SET bytes = 0",
                "INSERT INTO pending_upload VALUES ('ben', 'originals', 'k', 1, now())",
                "SELECT * FROM note",
                "SELECT embedding FROM face",
                "SELECT sha256 FROM vector",
                "DELETE FROM vector",
                "INSERT INTO searchable VALUES ('words', 'm', '1')",
                "DELETE FROM searchable",
                "UPDATE face SET sha256 = sha256",
                "INSERT INTO unrecognised VALUES (cast('nobody' AS bytea), 0, 0, 1, 1)",
                "DELETE FROM unrecognised",
                "DELETE FROM decision",
                "UPDATE decision SET body = ''",
                "UPDATE choice SET value = 'on'",
                "INSERT INTO person VALUES ('00000000-0000-0000-0000-000000000077', 'x', false, NULL)",
                "UPDATE album SET owner = 'ben'",
                "UPDATE album SET rule = '{}', kind = 'rule'",
                "UPDATE album SET gathers = '{ben}'",
                "UPDATE album_item SET owner = 'ben'",
                "INSERT INTO album VALUES (gen_random_uuid(), 'ben', 'x', '', NULL, NULL, 'manual', 'manual', NULL, '{}',"
                        + " '{}', '{}', '{}', now(), now())",
                "INSERT INTO album VALUES (gen_random_uuid(), 'ann', 'x', '', NULL, NULL, 'manual', 'rule', '{}', '{ben}',"
                        + " '{}', '{}', '{}', now(), now())",
                "INSERT INTO album_item SELECT id, 'ben', sha256(convert_to('B', 'UTF8')), 1, 'ann', now() FROM album",
                "INSERT INTO album_item SELECT id, 'ann', sha256(convert_to('B', 'UTF8')), 1, 'ben', now() FROM album",
                "ALTER TABLE item DISABLE ROW LEVEL SECURITY",
                "SET ROLE memoir_owner"
            })
    void theApiMayNotWriteForOthersNorTouchWhatIsNotItsOwn(String statement) throws SQLException {
        try (Connection pooled = database.api().getConnection()) {
            pooled.setAutoCommit(false);
            claim(pooled, "ann");
            SQLException refused = assertThrows(
                    SQLException.class, () -> pooled.createStatement().execute(statement));
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
        }
    }

    @Test
    void whoHasAnAlbumSeesWhatIsInItAndNeitherFacesNorPeopleNorWhatItIsFoundBy() throws SQLException {
        try (Connection pooled = database.api().getConnection()) {
            pooled.setAutoCommit(false);
            claim(pooled, "carl");
            for (String there :
                    List.of("item", "asset", "object", "analysis WHERE task = 'labels'", "label", "detection")) {
                assertEquals(1, count(pooled, there), there);
            }
            for (String hidden : List.of(
                    "(SELECT id FROM face) f",
                    "person",
                    "suggestion",
                    "term_block",
                    "term_count",
                    "sidecar",
                    "period",
                    "change_count",
                    "item_change")) {
                assertEquals(0, count(pooled, hidden), hidden);
            }
        }
    }

    @Test
    void noRoleOfOursMayBypassRowSecurityAndNoTableIsWithoutIt() throws SQLException {
        try (Connection administrator = database.administrator().getConnection()) {
            assertEquals(
                    4,
                    count(
                            administrator,
                            "pg_roles WHERE rolname LIKE 'memoir\\_%' AND NOT rolsuper"
                                    + " AND NOT rolbypassrls AND NOT rolcreaterole AND NOT rolcreatedb"));
            assertEquals(
                    0,
                    count(
                            administrator,
                            "pg_class WHERE relnamespace = 'memoir'::regnamespace AND relkind = 'r'"
                                    + " AND relname <> 'schema_history' AND NOT (relrowsecurity AND relforcerowsecurity)"));
            administrator.createStatement().execute("SET ROLE memoir_owner");
            assertEquals(0, count(administrator, "memoir.item"), "not even the tables' owner sees rows");
        }
    }

    @Test
    void setUpAgainChangesNothingButThePasswords() throws SQLException {
        Schema.roles(database.administrator(), "api secret", "ingest secret");
        assertEquals(0, Schema.migrate(database.administrator()).applied());
        try (Connection api = database.api().getConnection()) {
            assertTrue(api.isValid(1));
        }
    }

    private static void claim(Connection connection, String subject) throws SQLException {
        connection.createStatement().execute("SELECT set_config('memoir.subject', '" + subject + "', true)");
    }

    private static long count(Connection connection, String rows) throws SQLException {
        try (var result = connection.createStatement().executeQuery("SELECT count(*) FROM " + rows)) {
            result.next();
            return result.getLong(1);
        }
    }
}
