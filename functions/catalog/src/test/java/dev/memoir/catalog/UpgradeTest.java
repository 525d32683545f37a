package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

/** A library that an older version filled keeps all it had. */
class UpgradeTest {
    /** Two in one period, one before 1970, one in the trash, one gone, and one of another person. */
    private static final String ITEMS = """
            INSERT INTO memoir.asset (sha256, state, media_type, keywords, renditions, pipeline, described_at, raw_tags)
            SELECT sha256(convert_to(n::text, 'UTF8')), 'ready', 'image/jpeg', '{}', '{}', 1, now(), '{}'
            FROM generate_series(1, 7) AS n;
            INSERT INTO memoir.item (id, owner, sha256, sort_time, added_at, present, trashed_at, terms, nsfw)
            SELECT gen_random_uuid(), owner, sha256(convert_to(n::text, 'UTF8')), cast(sort_time AS timestamptz), now(),
                   present, CASE WHEN trashed THEN now() END, cast(terms AS text[]), nsfw
            FROM (VALUES (1, 'ann', '2020-05-01T10:00Z', true, false, '{k:image,w:beach}', 0.1),
                         (2, 'ann', '2020-05-01T11:00Z', true, false, '{k:image,w:beach,w:dog}', NULL),
                         (3, 'ann', '1969-12-31T23:00Z', true, false, '{k:image,w:dog}', NULL),
                         (4, 'ann', '2020-05-01T12:00Z', true, true, '{k:image,w:dog}', 0.9),
                         (5, 'ann', '2020-05-01T13:00Z', false, false, '{k:image,w:dog}', 0.9),
                         (6, 'ben', '2020-05-01T10:00Z', true, false, '{k:image,w:dog}', NULL),
                         (7, 'ben', '2020-05-01T11:00Z', true, false, '{k:image,w:dog}', 0.9))
                 AS v(n, owner, sort_time, present, trashed, terms, nsfw);
            INSERT INTO memoir.object (bucket, key, version_id, sha256, owner, etag, size, last_modified, current, seen_at)
            SELECT 'originals', convert_to(key, 'UTF8'), '', sha256(convert_to(n::text, 'UTF8')), owner, 'e', 100 * n, now(), current, now()
            FROM (VALUES (1, 'a', 'ann', true), (1, 'again', 'ann', true), (4, 'd', 'ann', true), (5, 'e', 'ann', false),
                         (6, 'f', 'ben', true)) AS v(n, key, owner, current);
            INSERT INTO memoir.term_count (owner, kind, term, items) VALUES ('ann', 'k', 'k:image', 3), ('ben', 'k', 'k:image', 2);
            """;

    @Test
    void itemsOfTheFirstVersionAreFoundAsBefore() {
        CatalogDatabase database = CatalogDatabase.empty();
        Schema.roles(database.administrator(), "api secret", "ingest secret");
        flyway(database, "1").migrate();
        Jdbi.create(database.administrator())
                .useHandle(handle -> handle.createScript(ITEMS).execute());

        int later = flyway(database, "latest").info().pending().length;
        assertEquals(later, Schema.migrate(database.administrator()).applied());

        assertEquals(0, database.count(IngestCatalogTest.bitsThatDiffer()));
        assertEquals(2, found(database, "ann", "dog"));
        assertEquals(2, found(database, "ann", "beach"));
        assertEquals(1, found(database, "ann", "beach dog"));
        assertEquals(2, found(database, "ben", "dog"));
        assertEquals(0, database.count(IngestCatalogTest.countsThatDiffer()));
        assertEquals(1, database.count("term_count WHERE owner = 'ben' AND sensitive AND items = 1"));
        assertEquals(1, database.count("stored WHERE owner = 'ann' AND assets = 2 AND bytes = 500"));
        assertEquals(1, database.count("stored WHERE owner = 'ben' AND assets = 1 AND bytes = 600"));
        assertEquals(7, database.count("asset WHERE pipeline = 2"), "no photo is read again for films' sake");
        AlbumCatalog.over(database.ingest()).settle(Albums.of("ann").gathering(Albums.rule("ann", "beach")));
        assertEquals(0, database.count("album_item"), "nothing of it has a label");
        Slot next = Jdbi.create(database.ingest())
                .inTransaction(handle -> Slot.take(handle, "ann", Instant.parse("2020-05-01T10:00:00Z")));
        assertEquals(4, next.slot(), "the slots of all items of that period are taken");
    }

    private static Flyway flyway(CatalogDatabase database, String target) {
        return Flyway.configure()
                .dataSource(database.administrator())
                .initSql("SET ROLE " + Schema.OWNER)
                .defaultSchema(Schema.NAME)
                .createSchemas(false)
                .table("schema_history")
                .locations("classpath:dev/memoir/catalog/migrations")
                .target(target)
                .load();
    }

    private static int found(CatalogDatabase database, String owner, String words) {
        return Jdbi.create(database.api()).installPlugin(new PostgresPlugin()).inTransaction(handle -> {
            handle.execute("SELECT set_config('memoir.subject', ?, true)", owner);
            return new ItemSearch(handle, owner, FilterMaker.make().text(words).filter(), Optional.empty())
                    .first(10)
                    .size();
        });
    }
}
