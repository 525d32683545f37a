package dev.memoir.catalog;

import dev.memoir.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A database of its own on a real PostgreSQL, with the roles and tables that the setup makes. */
final class CatalogDatabase {
    private final PGSimpleDataSource administrator;

    private CatalogDatabase(PGSimpleDataSource administrator) {
        this.administrator = administrator;
    }

    static CatalogDatabase create() {
        CatalogDatabase database = empty();
        Schema.roles(database.administrator(), "api secret", "ingest secret");
        Schema.migrate(database.administrator());
        return database;
    }

    static CatalogDatabase empty() {
        TestPostgres.Database made = TestPostgres.shared().newDatabase();
        return new CatalogDatabase(source(made.url(), made.user(), made.password()));
    }

    private static PGSimpleDataSource source(String url, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    DataSource administrator() {
        return administrator;
    }

    DataSource api() {
        return source(administrator.getUrl(), Schema.API, "api secret");
    }

    DataSource ingest() {
        return source(administrator.getUrl(), Schema.INGEST, "ingest secret");
    }

    /** For looking at what is really there, past row security. */
    long count(String sql) {
        return number("SELECT count(*) FROM memoir." + sql);
    }

    /** How many items can be found by terms: by all of those that meet the condition, together. */
    long carriers(String condition) {
        return number("SELECT coalesce(sum(bit_count(items)), 0) FROM memoir.term_block WHERE " + condition);
    }

    private long number(String sql) {
        try (Connection connection = administrator.getConnection();
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
