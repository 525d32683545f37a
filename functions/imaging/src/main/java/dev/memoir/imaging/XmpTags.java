package dev.memoir.imaging;

import com.drew.metadata.Metadata;
import com.drew.metadata.xmp.XmpDirectory;
import dev.memoir.media.GeoPoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What XMP repeats of EXIF: programs that drop EXIF (for the web, as PNG) often leave it. */
final class XmpTags {
    /** {@code 33,30.0S} or {@code 33,30,0S} (XMP specification, part 2, GPSCoordinate). */
    private static final Pattern COORDINATE =
            Pattern.compile("(\\d{1,3}),(\\d{1,2}(?:\\.\\d{1,20})?)(?:,(\\d{1,2}(?:\\.\\d{1,20})?))?([NSEW])");

    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,15}(?:\\.\\d{1,15})?)(?:/(\\d{1,15}))?");

    private final Map<String, String> tags = new HashMap<>();

    XmpTags(Metadata metadata) {
        metadata.getDirectoriesOfType(XmpDirectory.class)
                .forEach(directory -> directory.getXmpProperties().forEach(tags::putIfAbsent));
    }

    /** The first of these properties that has a text. */
    Optional<String> text(int most, String... properties) {
        return Stream.of(properties)
                .map(tags::get)
                .flatMap(text -> Texts.some(text, most).stream())
                .findFirst();
    }

    /** Written as {@code 2.8} or {@code 28/10}. */
    Optional<Double> number(String property) {
        Matcher m = NUMBER.matcher(tags.getOrDefault(property, "").strip());
        return m.matches()
                ? Optional.of(Double.parseDouble(m.group(1))
                                / (m.group(2) == null ? 1 : Double.parseDouble(m.group(2))))
                        .filter(Double::isFinite)
                : Optional.empty();
    }

    Optional<GeoPoint> place() {
        boolean belowSea = "1".equals(tags.get("exif:GPSAltitudeRef"));
        Optional<Double> altitude = number("exif:GPSAltitude").map(metres -> belowSea ? -metres : metres);
        return degrees("exif:GPSLatitude", "NS")
                .flatMap(latitude -> degrees("exif:GPSLongitude", "EW")
                        .flatMap(longitude -> Places.of(latitude, longitude, altitude)));
    }

    private Optional<Double> degrees(String property, String hemispheres) {
        Matcher m = COORDINATE.matcher(tags.getOrDefault(property, "").strip());
        if (!m.matches() || !hemispheres.contains(m.group(4))) {
            return Optional.empty();
        }
        double seconds = m.group(3) == null ? 0 : Double.parseDouble(m.group(3));
        double degrees = Integer.parseInt(m.group(1)) + Double.parseDouble(m.group(2)) / 60 + seconds / 3600;
        return Optional.of(m.group(4).matches("[SW]") ? -degrees : degrees);
    }
}
