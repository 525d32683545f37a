package dev.memoir.catalog;

import dev.memoir.media.GeoPoint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * What lies close together on a map.
 *
 * @param box all of it lies within
 * @param items how many
 * @param place where the shown one lies
 * @param shown one of the newest
 */
public record Spot(GeoBox box, int items, GeoPoint place, Item shown) {

    /** Of one owner, with the shown item's id alone. */
    record Found(int items, UUID shown, GeoPoint place) {
        /** @param row with the item's id, latitude and longitude */
        static Found of(int items, ResultSet row) throws SQLException {
            return new Found(
                    items,
                    row.getObject("id", UUID.class),
                    new GeoPoint(row.getDouble("latitude"), row.getDouble("longitude"), Optional.empty()));
        }

        /** Both, of which the other one's is shown. */
        Found and(Found other) {
            return new Found(items + other.items, other.shown, other.place);
        }
    }
}
