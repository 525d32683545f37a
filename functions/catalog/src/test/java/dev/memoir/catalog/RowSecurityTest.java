package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.memoir.media.Label;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
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
                    List.of(new Analysis("labels", "m", "1", List.of(new Label("sea", 1)), OptionalDouble.empty())));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item",
                "term_block WHERE term = 'w:holiday'",
                "term_count WHERE term = 'k:image'",
                "object",
                "asset",
                "analysis",
                "label"
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
                "UPDATE term_count SET items = 0"
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
                "UPDATE asset SET state = 'damaged'",
                "DELETE FROM item",
                "DELETE FROM term_block",
                "SELECT * FROM period",
                "INSERT INTO note VALUES ('a', 'b')",
                "SELECT * FROM note",
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
    void noRoleOfOursMayBypassRowSecurityAndNoTableIsWithoutIt() throws SQLException {
        try (Connection administrator = database.administrator().getConnection()) {
            assertEquals(
                    3,
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
