package dev.memoir.imaging;

import com.drew.lang.GeoLocation;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.GpsDirectory;
import dev.memoir.media.GeoPoint;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a picture was taken, by its GPS tags or its container's. */
final class Whereabouts {
    private static final int BELOW_SEA = 1;

    private Whereabouts() {}

    static Optional<GeoPoint> of(Metadata metadata, Map<String, String> container) {
        return metadata.getDirectoriesOfType(GpsDirectory.class).stream()
                .flatMap(gps -> of(gps).stream())
                .findFirst()
                .or(() -> new XmpTags(metadata).place())
                .or(() -> Stream.of("com.apple.quicktime.location.iso6709", "location", "location-eng")
                        .map(container::get)
                        .filter(text -> text != null)
                        .flatMap(text -> Places.iso6709(text).stream())
                        .findFirst())
                .or(() -> ContainerTags.place(metadata));
    }

    private static Optional<GeoPoint> of(GpsDirectory gps) {
        GeoLocation place = gps.getGeoLocation(); // takes the hemispheres into account
        if (place == null) {
            return Optional.empty();
        }
        Double height = gps.getDoubleObject(GpsDirectory.TAG_ALTITUDE);
        Integer reference = gps.getInteger(GpsDirectory.TAG_ALTITUDE_REF);
        Optional<Double> altitude = Optional.ofNullable(height)
                .filter(Double::isFinite)
                .map(h -> reference != null && reference == BELOW_SEA ? -h : h);
        return Places.of(place.getLatitude(), place.getLongitude(), altitude);
    }
}
