package dev.memoir.catalog;

import java.util.List;

/**
 * A box on the map, borders included, in degrees (WGS 84). One whose west lies east of its east crosses the date line.
 */
public record GeoBox(double south, double west, double north, double east) {
    public GeoBox {
        boolean valid = south >= -90
                && south <= north
                && north <= 90
                && west >= -180
                && west <= 180
                && east >= -180
                && east <= 180;
        if (!valid) {
            throw new IllegalArgumentException("not a box: latitudes are -90 to 90 with south below north, longitudes"
                    + " -180 to 180; given were south " + south + ", west " + west + ", north " + north + ", east "
                    + east);
        }
    }

    /** Itself, or its two halves when it crosses the date line. */
    public List<GeoBox> parts() {
        return west <= east
                ? List.of(this)
                : List.of(new GeoBox(south, west, north, 180), new GeoBox(south, -180, north, east));
    }

    boolean contains(double latitude, double longitude) {
        return contains(new GeoBox(latitude, longitude, latitude, longitude));
    }

    boolean contains(GeoBox other) {
        return parts().stream()
                .anyMatch(p -> p.south <= other.south
                        && p.west <= other.west
                        && p.north >= other.north
                        && p.east >= other.east);
    }

    boolean touches(GeoBox other) {
        return parts().stream()
                .anyMatch(p -> p.south <= other.north
                        && p.west <= other.east
                        && p.north >= other.south
                        && p.east >= other.west);
    }
}
