package dev.memoir.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.output.MigrateResult;
import org.postgresql.PGConnection;

/**
 * Makes and changes the catalog's tables: for the setup only, never at a function's start. All methods may be called
 * again and again. The administrator whom they need may create roles, and a schema in the database that the
 * {@link DataSource} leads to.
 */
public final class Schema {
    /** The schema of all tables; the roles find it without naming it. */
    public static final String NAME = "memoir";

    /** Owns the tables and can't log in. Row security is forced, so that even it sees no rows. */
    public static final String OWNER = "memoir_owner";

    /** What the API logs in as: sees the rows of its transaction's claims. */
    public static final String API = "memoir_api";

    /** What the API becomes for a link's guest: sees the rows of its transaction's link, and no other role's. */
    public static final String GUEST = "memoir_guest";

    /** What the functions that take media in log in as: sees all owners' rows, by a policy. */
    public static final String INGEST = "memoir_ingest";

    private Schema() {}

    /**
     * Where the schema stands after a migration.
     *
     * @param version of the newest migration, such as {@code 1}
     * @param applied how many migrations this call applied
     */
    public record Migrated(String version, int applied) {}

    /**
     * Creates the roles and the schema, and sets the two passwords. The server receives only their SCRAM verifiers, so
     * that they can't get into its logs.
     */
    public static void roles(DataSource administrator, String apiPassword, String ingestPassword) {
        try (Connection connection = administrator.getConnection();
                Statement statement = connection.createStatement()) {
            for (String role : List.of(OWNER, API, GUEST, INGEST)) {
                if (!exists(connection, role)) {
                    statement.execute("CREATE ROLE " + role);
                }
            }
            statement.execute("ALTER ROLE " + OWNER + " WITH NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
            statement.execute("GRANT " + OWNER + " TO CURRENT_USER");
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME + " AUTHORIZATION " + OWNER);
            for (String role : List.of(API, INGEST)) {
                statement.execute("ALTER ROLE " + role + " WITH LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
                statement.execute("ALTER ROLE " + role + " SET search_path = " + NAME);
                statement.execute("GRANT USAGE ON SCHEMA " + NAME + " TO " + role);
            }
            statement.execute("ALTER ROLE " + GUEST + " WITH NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS");
            statement.execute("GRANT USAGE ON SCHEMA " + NAME + " TO " + GUEST);
            // What guests may is not added to what others may.
            statement.execute("ALTER ROLE " + API + " WITH NOINHERIT");
            statement.execute("GRANT " + GUEST + " TO " + API);
            PGConnection server = connection.unwrap(PGConnection.class);
            server.alterUserPassword(API, apiPassword.toCharArray(), "scram-sha-256");
            server.alterUserPassword(INGEST, ingestPassword.toCharArray(), "scram-sha-256");
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "can't create the catalog's roles: " + e.getMessage()
                            + ". The user that setup logs in as must be allowed to create roles and schemas.",
                    e);
        }
    }

    /** Brings the tables to this version of the code. {@link #roles} must have been called before. */
    public static Migrated migrate(DataSource administrator) {
        MigrateResult result = Flyway.configure(Schema.class.getClassLoader())
                .dataSource(administrator)
                .initSql("SET ROLE " + OWNER)
                .defaultSchema(NAME)
                .createSchemas(false)
                .table("schema_history")
                .locations("classpath:dev/memoir/catalog/migrations")
                .validateMigrationNaming(true)
                .loggers("slf4j")
                .load()
                .migrate();
        return new Migrated(result.targetSchemaVersion, result.migrationsExecuted);
    }

    /**
     * Clears away dead rows and refreshes what the planner knows. A database that sleeps between uses never gets round to
     * it by itself.
     */
    public static void vacuum(DataSource administrator) {
        try (Connection connection = administrator.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of(
                    "asset",
                    "object",
                    "item",
                    "term_block",
                    "period",
                    "term_count",
                    "analysis",
                    "label",
                    "detection",
                    "note",
                    "unrecognised",
                    "face",
                    "person",
                    "suggestion",
                    "decision",
                    "album",
                    "album_item",
                    "share_link",
                    "link_item",
                    "link_use",
                    "change_count",
                    "item_change",
                    "stored",
                    "pending_upload")) {
                statement.execute("VACUUM (ANALYZE) " + NAME + "." + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("can't vacuum the catalog: " + e.getMessage(), e);
        }
    }

    private static boolean exists(Connection connection, String role) throws SQLException {
        try (var query = connection.prepareStatement("SELECT 1 FROM pg_roles WHERE rolname = ?")) {
            query.setString(1, role);
            return query.executeQuery().next();
        }
    }
}
