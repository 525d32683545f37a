package dev.memoir.api;

import dev.memoir.catalog.AlbumLibrary;
import dev.memoir.catalog.Library;
import dev.memoir.catalog.LinkLibrary;
import dev.memoir.catalog.PeopleLibrary;
import dev.memoir.catalog.StorageLibrary;
import dev.memoir.house.Links;
import dev.memoir.sidecars.Sidecars;
import dev.memoir.store.MediaStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The library over the function's connections. */
@ApplicationScoped
class Catalogs {
    private final DataSource database;
    private final String household;

    Catalogs(
            DataSource database,
            @ConfigProperty(name = "memoir.default.owner", defaultValue = "home") String household) {
        this.database = database;
        this.household = household;
    }

    @Produces
    @ApplicationScoped
    Library library() {
        return Library.over(database, household);
    }

    @Produces
    @ApplicationScoped
    PeopleLibrary people() {
        return PeopleLibrary.over(database, household);
    }

    @Produces
    @ApplicationScoped
    AlbumLibrary albums() {
        return AlbumLibrary.over(database, household);
    }

    @Produces
    @ApplicationScoped
    LinkLibrary links() {
        return LinkLibrary.over(database, household);
    }

    @Produces
    @ApplicationScoped
    StorageLibrary storage() {
        return StorageLibrary.over(database);
    }

    @Produces
    @Singleton
    Links linkDocuments(MediaStore store) {
        return new Links(store.documents(), Clock.systemUTC());
    }

    @Produces
    @Singleton
    Sidecars sidecars(MediaStore store) {
        return new Sidecars(store, household);
    }
}
