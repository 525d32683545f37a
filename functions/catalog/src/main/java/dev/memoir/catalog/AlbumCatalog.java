package dev.memoir.catalog;

import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** Albums as the custodian sees them: all owners', by the database role {@code memoir_ingest}. */
public final class AlbumCatalog {
    private final Jdbi jdbi;

    private AlbumCatalog(DataSource database) {
        this.jdbi = Jdbi.create(database).installPlugin(new PostgresPlugin());
    }

    public static AlbumCatalog over(DataSource database) {
        return new AlbumCatalog(database);
    }

    /** The albums that there are rows of. */
    public Set<UUID> known() {
        return jdbi.withHandle(handle ->
                handle.createQuery("SELECT id FROM album").mapTo(UUID.class).set());
    }

    /** Makes the rows of an album what its document says, and has it gather anew what its rule finds. */
    public void settle(Album album) {
        Conflicts.retried(() -> jdbi.useTransaction(handle -> new AlbumRows(handle).settle(album)));
    }

    /** Removes the rows of an album that has no document. */
    public void forget(UUID album) {
        jdbi.useTransaction(handle -> new AlbumRows(handle).remove(album));
    }
}
