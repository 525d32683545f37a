package dev.memoir.api;

import dev.memoir.catalog.Library;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import javax.sql.DataSource;

/** The library over the function's connections. */
@ApplicationScoped
class Catalogs {
    @Produces
    @ApplicationScoped
    Library library(DataSource database) {
        return Library.over(database);
    }
}
