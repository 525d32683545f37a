package dev.memoir.media;

import java.util.Optional;

/**
 * A place on the WGS 84 ellipsoid.
 *
 * @param latitude degrees, -90 to 90, north positive
 * @param longitude degrees, -180 to 180, east positive
 * @param altitude metres above sea level
 */
public record GeoPoint(double latitude, double longitude, Optional<Double> altitude) {
    public GeoPoint {
        if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException("not a place: " + latitude + ", " + longitude);
        }
    }
}
