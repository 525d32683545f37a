package dev.memoir.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.memoir.media.Claims;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.Test;

/** Photos of the family and of one of its members, all of the same second. */
class StretchTest {
    private static final String FAMILY = "home";
    private static final Claims ANN = new Claims("ann", Set.of("family"), Map.of("adult", "true"));
    private static final int MOST = 3;

    @Test
    void stretchesOfSeveralOwnersReadAsOneTimeline() {
        CatalogDatabase database = CatalogDatabase.create();
        IngestCatalog ingest = IngestCatalog.over(database.ingest());
        for (String owner : List.of("ann", FAMILY, "somebody")) {
            for (int photo = 0; photo < 7; photo++) {
                ingest.record(Samples.arrival(
                        owner, "users/" + owner + "/" + photo + ".jpg", owner + photo, Samples.holiday()));
            }
        }
        Library library = Library.over(database.api(), FAMILY);
        Jdbi api = Jdbi.create(database.api()).installPlugin(new PostgresPlugin());

        List<Stretch> stretches = Claimed.as(
                api,
                ANN,
                FAMILY,
                handle -> Stretch.of(
                        List.of(
                                new ItemSearch(handle, "ann", Filter.NONE, Optional.empty()),
                                new ItemSearch(handle, FAMILY, Filter.NONE, Optional.empty())),
                        MOST));

        assertEquals(
                List.of(3, 3, 3, 3, 2), stretches.stream().map(Stretch::items).toList());
        List<UUID> read = new ArrayList<>();
        for (Stretch stretch : stretches) {
            Filter during = FilterMaker.make()
                    .from(stretch.from())
                    .before(stretch.before())
                    .filter();
            library.page(ANN, during, stretch.items(), stretch.after()).items().stream()
                    .map(Item::id)
                    .forEach(read::add);
        }
        assertEquals(
                library.page(ANN, Filter.NONE, 100, Optional.empty()).items().stream()
                        .map(Item::id)
                        .toList(),
                read);
    }
}
